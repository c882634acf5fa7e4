//! Japanese verbs: from the end of a rule to 「〜していますか。」.

/// Final 〜る of verbs whose stem looks like ichidan or whose kanji does not tell.
const GODAN_RU: &str = "執図守作取限知送戻断至係預破切要残減渡配走練握触張映回計侵帰入掲割贈因";

/// The て-form of an act that ends in a predicate: 「確認しなければならない」 gives 「確認して」.
///
/// `None` where the end is no predicate this knows.
pub(super) fn te_form(act: &str) -> Option<String> {
    let act = act.trim().trim_end_matches(['。', '、']);
    let act =
        act.strip_suffix("ようにすること").map_or_else(|| act.to_string(), |a| format!("{a}ようにする"));
    if let Some(stem) = strip_any(
        &act,
        &["なければならないものとする", "なければならない", "ねばならない", "なければいけない"],
    ) {
        return from_negative(stem);
    }
    let ends = [
        "ことに努めるものとする",
        "ことが望ましい",
        "ことが求められる",
        "こととする",
        "ものとする",
        "義務を負う",
        "こと",
        "とともに",
        "必要がある",
    ];
    let plain = strip_any(&act, &ends).unwrap_or(&act);
    from_dictionary(plain)
}

fn strip_any<'a>(text: &'a str, ends: &[&str]) -> Option<&'a str> {
    ends.iter().find_map(|end| text.strip_suffix(end))
}

fn split_last(text: &str) -> Option<(&str, char)> {
    let last = text.chars().last()?;
    Some((&text[..text.len() - last.len_utf8()], last))
}

/// 遵守し(なければ) → 遵守して, 守ら → 守って, 受け → 受けて, 行わ → 行って.
fn from_negative(stem: &str) -> Option<String> {
    let (body, last) = split_last(stem)?;
    let end = match last {
        'わ' | 'ら' | 'た' => "って",
        'か' => "いて",
        'が' => "いで",
        'さ' => "して",
        'な' | 'ば' | 'ま' => "んで",
        _ => return Some(format!("{stem}て")),
    };
    Some(format!("{body}{end}"))
}

/// 講じる → 講じて, 図る → 図って, 行う → 行って, 実施する → 実施して.
fn from_dictionary(plain: &str) -> Option<String> {
    if let Some(body) = plain.strip_suffix("ずる") {
        return Some(format!("{body}じて"));
    }
    if let Some(body) = plain.strip_suffix("する") {
        return Some(format!("{body}して"));
    }
    let (body, last) = split_last(plain)?;
    let end = match last {
        'る' if godan(body) => "って",
        'る' => "て",
        'う' | 'つ' => "って",
        'く' => "いて",
        'ぐ' => "いで",
        'す' => "して",
        'ぬ' | 'ぶ' | 'む' => "んで",
        _ => return None,
    };
    Some(format!("{body}{end}"))
}

fn godan(body: &str) -> bool {
    body.chars().last().is_some_and(|c| GODAN_RU.contains(c) || "らりるろかさたなまわがばだくつ".contains(c))
}

/// The て-form of a link in a chain: 「確認し」 → 「確認して」, 「定め」 → 「定めて」, 「検討した上で」 → 「検討して」.
///
/// `None` if the words are no link but an adverb (「〜に応じ」, 「〜に関し」).
pub(super) fn link(words: &str) -> Option<String> {
    if let Some(plain) = words.strip_suffix("とともに") {
        return from_dictionary(plain);
    }
    if let Some(past) = strip_any(words, &["た上で", "たうえで", "た上", "たうえ"]) {
        return Some(format!("{past}て"));
    }
    if ADVERBS.iter().any(|end| words.ends_with(end)) {
        return None;
    }
    from_stem(words)
}

const ADVERBS: [&str; 34] = [
    "ため",
    "に関し",
    "に対し",
    "応じ",
    "基づき",
    "に際し",
    "通じ",
    "踏まえ",
    "鑑み",
    "備え",
    "当たり",
    "あたり",
    "より",
    "に伴い",
    "限り",
    "除き",
    "含め",
    "従い",
    "即し",
    "照らし",
    "準じ",
    "及び",
    "並びに",
    "必ず",
    "として",
    "とし",
    "つき",
    "わたり",
    "において",
    "見直し",
    "取扱い",
    "取り扱い",
    "漏えい",
    "始め",
];

fn from_stem(words: &str) -> Option<String> {
    let (body, last) = split_last(words)?;
    let end = match last {
        'し' | 'え' | 'け' | 'げ' | 'せ' | 'て' | 'ね' | 'べ' | 'め' | 'れ' | 'じ' if last != 'て' =>
        {
            return Some(format!("{words}て"));
        }
        'い' if body.ends_with(['用', '率', '報']) => return Some(format!("{words}て")),
        'い' | 'ち' => "って",
        'り' if !body.ends_with('ま') || body.ends_with("始ま") => "って",
        'き' => "いて",
        'ぎ' => "いで",
        'み' | 'び' => "んで",
        '得' | '経' => return Some(format!("{words}て")),
        _ => return None,
    };
    Some(format!("{body}{end}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_rules_become_te_forms() {
        for (act, wanted) in [
            ("遵守しなければならない", "遵守して"),
            ("受けなければならない", "受けて"),
            ("守らなければならない", "守って"),
            ("行わなければならない", "行って"),
            ("聴かなければならない", "聴いて"),
            ("記さなければならない", "記して"),
            ("得なければならない", "得て"),
            ("講ずるものとする", "講じて"),
            ("策定するものとする", "策定して"),
            ("対策を講じる", "対策を講じて"),
            ("向上を図る", "向上を図って"),
            ("流出を防ぐ", "流出を防いで"),
            ("ポリシーを見直す", "ポリシーを見直して"),
            ("規定を定める", "規定を定めて"),
            ("届け出る", "届け出て"),
            ("教育を行うこと", "教育を行って"),
            ("努めなければならない", "努めて"),
            ("明らかにする", "明らかにして"),
        ] {
            assert_eq!(te_form(act).as_deref(), Some(wanted), "{act}");
        }
    }

    #[test]
    fn links_of_a_chain_are_told_from_adverbs() {
        for (words, wanted) in [
            ("契約を締結し", Some("契約を締結して")),
            ("規定を定め", Some("規定を定めて")),
            ("教育を行い", Some("教育を行って")),
            ("認識を持ち", Some("認識を持って")),
            ("リスクを検討したうえで", Some("リスクを検討して")),
            ("事項を定めるとともに", Some("事項を定めて")),
            ("その重要度に応じ", None),
            ("情報セキュリティに関し", None),
            ("許可を得て", None),
        ] {
            assert_eq!(link(words).as_deref(), wanted, "{words}");
        }
    }
}
