//! Texts between the questions that are none.

/// 小計, 合計, 「統制」の平均, ○の数, 実施率.
pub fn is_sum(text: &str) -> bool {
    let plain = super::super::words::plain(text);
    let bare = plain.trim_matches(['(', ')']);
    let counted = bare
        .trim_end_matches(['人', '名', '点', '問', '個', '%'])
        .trim_end_matches(|c: char| c.is_ascii_digit());
    let exact = [
        "計",
        "合計",
        "小計",
        "総計",
        "累計",
        "総合計",
        "中計",
        "部計",
        "平均",
        "平均点",
        "集計",
        "得点",
        "得点計",
        "実施率",
        "達成率",
        "件数",
        "合計点",
        "総得点",
        "回答数",
    ];
    let ends = [
        "の平均",
        "の数",
        "の合計",
        "の小計",
        "小計",
        "合計",
        "の計",
        "の件数",
        "の個数",
        "実施率",
        "の得点",
        "達成率",
        "平均点",
    ];
    exact.contains(&counted) || (plain.chars().count() <= 25 && ends.iter().any(|end| counted.ends_with(end)))
}

/// ※, （注）, 以上, 提出先.
pub fn is_note(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let starts = [
        "※",
        "＊",
        "*",
        "注)",
        "注）",
        "(注",
        "（注",
        "注:",
        "注：",
        "【注",
        "〔注",
        "注１",
        "注1",
        "備考)",
        "(備考",
        "（備考",
        "→",
        "⇒",
        "↑",
        "(例",
        "（例",
        "例)",
        "例）",
        "(参考",
        "（参考",
        "＜注",
        "<注",
    ];
    starts.iter().any(|start| plain.starts_with(start)) || plain == "以上"
}

/// Text beside a number that asks nothing.
pub fn is_aside(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    plain == "欠番" || plain == "(欠番)" || plain == "（欠番）" || is_note(text)
}

/// 【人的対策】, ■人的対策
pub fn is_bracketed(text: &str) -> bool {
    [
        ('【', '】'),
        ('〔', '〕'),
        ('［', '］'),
        ('＜', '＞'),
        ('<', '>'),
        ('《', '》'),
        ('≪', '≫'),
        ('■', ' '),
        ('◆', ' '),
        ('●', ' '),
    ]
    .iter()
    .any(|(open, close)| text.starts_with(*open) && (*close == ' ' || text.ends_with(*close)))
}
