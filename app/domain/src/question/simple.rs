//! Plainer words for what rules say in a roundabout way. Source: field glossary §5.5, pair 20.

use super::verb::from_dictionary;

/// Ends that only say that something is to be done.
const ROUNDABOUT: [(&str, &str); 19] = [
    ("に関すること", "を行うこと"),
    ("を行うことを徹底すること", "を行うこと"),
    ("すること。", "すること"),
    ("ようにしておくこと", "ようにすること"),
    ("が必要である", "を行う"),
    ("の措置をとる", "の措置を講じる"),
    ("しなければならないものとする", "しなければならない"),
    ("に努めるようにしなければならない", "に努めなければならない"),
    ("によらなければならない", "を用いなければならない"),
    ("によるものとする", "により行うものとする"),
    ("によること", "により行うこと"),
    ("に心掛けなければならない", "に努めなければならない"),
    ("を心掛けなければならない", "に努めなければならない"),
    ("を徴するものとする", "を提出させるものとする"),
    ("を徴しなければならない", "を提出させなければならない"),
    ("なければならないこと", "なければならない"),
    ("しなければいけない", "しなければならない"),
    ("ることを要する", "るものとする"),
    ("が図られるようにしなければならない", "を図らなければならない"),
];

/// The sentence in plainer words: 「端末をロックする等、〜措置を講じる」 → 「端末をロックする」.
pub(super) fn simple(text: &str) -> String {
    let text = ROUNDABOUT
        .iter()
        .find_map(|(end, plain)| text.strip_suffix(end).map(|body| format!("{body}{plain}")))
        .unwrap_or_else(|| text.to_string());
    concrete(&text).unwrap_or(text)
}

/// What follows 等 if the act before it is an example of a measure.
const MEASURES: [&str; 6] = ["措置を", "対策を", "管理を", "対応を", "処置を", "方法により"];
/// Forms of 等 between an act and the measure it stands for.
const AND_SO_ON: [&str; 8] = ["等の", "等、", "等により", "等により、", "など、", "などの", "等して、", "等"];

/// The concrete act instead of the general measure.
fn concrete(text: &str) -> Option<String> {
    let mut from = 0;
    while let Some(at) = text[from..].find(['等', 'な']).map(|at| at + from) {
        let (before, rest) = text.split_at(at);
        let tail = AND_SO_ON.iter().filter_map(|word| rest.strip_prefix(word)).min_by_key(|rest| rest.len());
        let verb = before.ends_with(['る', 'う', 'く', 'す', 'つ', 'む', 'ぶ', 'ぐ'])
            && from_dictionary(before).is_some();
        let case =
            |tail: &str| ["場合", "とき", "事由", "理由", "者"].iter().any(|word| tail.starts_with(word));
        let measure = tail.is_some_and(|tail| {
            MEASURES.iter().any(|word| tail.contains(word)) && !tail.contains("、また") && !case(tail)
        });
        if verb && measure && before.contains('を') {
            return Some(before.to_string());
        }
        from = at + text[at..].chars().next().map_or(1, char::len_utf8);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_concrete_act_stands_for_the_measure() {
        for (text, wanted) in [
            ("端末をロックする等、第三者に使用されない措置を講じる", "端末をロックする"),
            (
                "端末に固定用のワイヤーを取り付ける等の措置を講じなければならない",
                "端末に固定用のワイヤーを取り付ける",
            ),
            ("十分な教育及び啓発を行う等の人的な対策を講じる", "十分な教育及び啓発を行う"),
            ("認証処理によるログなど物理的な対策を講じる", "認証処理によるログなど物理的な対策を講じる"),
            (
                "処理に急を要する等の場合であって、代替の措置をとるときは、報告する",
                "処理に急を要する等の場合であって、代替の措置をとるときは、報告する",
            ),
            ("許可された手段によらなければならない", "許可された手段を用いなければならない"),
        ] {
            assert_eq!(simple(text), wanted, "{text}");
        }
    }
}
