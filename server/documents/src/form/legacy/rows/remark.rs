//! Texts between the questions that are none.

/// 小計, 合計, 「統制」の平均, ○の数, 実施率.
pub fn is_sum(text: &str) -> bool {
    // Every one of the words below holds one of these.
    if !text.contains(['計', '平', '点', '率', '数']) {
        return false;
    }
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
    let plain = || text.chars().filter(|c| !c.is_whitespace());
    if !plain().next().is_some_and(|first| "※＊*注(（【〔備→⇒↑例＜<以".contains(first)) {
        return false;
    }
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
    starts.iter().any(|start| plain().take(start.chars().count()).eq(start.chars()))
        || plain().eq("以上".chars())
}

/// True if a text is one of these words, blanks and such signs aside.
pub fn is_one_of(text: &str, signs: &str, words: &[&str]) -> bool {
    let bare = || text.chars().filter(|c| !c.is_whitespace() && !signs.contains(*c));
    words.iter().any(|word| bare().eq(word.chars()))
}

/// Text beside a number that asks nothing.
pub fn is_aside(text: &str) -> bool {
    is_one_of(text, "", &["欠番", "(欠番)", "（欠番）"]) || is_note(text)
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
