//! Long words made short without losing their meaning: enumerations, modifiers.

use crate::clause::segments;

/// Words that join the last member of an enumeration.
const JOINTS: [&str; 5] = ["及び", "並びに", "又は", "若しくは", "や"];
/// Particles after which an enumeration has ended.
const PARTICLES: [&str; 12] =
    ["その他の", "を", "に", "へ", "の", "が", "は", "で", "と", "から", "等", "、"];

/// 「地震、火災、水害及び停電への備え」 → 「地震等への備え」.
pub(super) fn enumeration(text: &str) -> String {
    let pieces = segments(text);
    let mut out: Vec<String> = Vec::new();
    let mut run: Vec<String> = Vec::new();
    for piece in pieces {
        if member(&piece) {
            run.push(piece);
            continue;
        }
        let shortened = last_member(&run, &piece);
        run.clear();
        out.push(shortened);
    }
    out.extend(run);
    out.concat()
}

/// A short noun before 、.
fn member(piece: &str) -> bool {
    let words = piece.trim_end_matches('、');
    let noun = words.chars().last().is_some_and(|c| {
        ('一'..='龠').contains(&c)
            || ('ァ'..='ー').contains(&c)
            || c.is_ascii_alphanumeric()
            || ('Ａ'..='ｚ').contains(&c)
    });
    let adverb = ["場合", "毎年度", "当該", "結果", "時点", "以上", "毎月", "随時", "際"];
    piece.ends_with('、')
        && noun
        && words.chars().count() <= 24
        && !words.contains(['は', 'が'])
        && !adverb.iter().any(|end| words.ends_with(end))
}

/// The run and the piece with its last member, as 「A等」 and the rest.
fn last_member(run: &[String], piece: &str) -> String {
    let joint = JOINTS.iter().filter_map(|joint| piece.find(joint).map(|at| (at, joint.len()))).min();
    let whole = format!("{}{piece}", run.concat());
    let first = run.first().map(|first| first.trim_end_matches('、').to_string());
    let (first, tail) = match (first, joint) {
        (Some(first), Some((at, length))) if noun_only(&piece[..at]) => (first, &piece[at + length..]),
        (Some(first), None) => (first, piece),
        _ => return whole,
    };
    let end = PARTICLES.iter().filter_map(|particle| tail.find(particle)).filter(|at| *at > 0).min();
    let Some(end) = end.filter(|end| !tail[*end..].starts_with('が')) else { return whole };
    if first.ends_with('等') || !noun_only(&tail[..end]) {
        return format!("{first}{}", &tail[end..]);
    }
    let rest = &tail[end..];
    let rest = rest.strip_prefix("その他の").map_or_else(|| rest.to_string(), |rest| format!("の{rest}"));
    let rest = rest.strip_prefix('等').map_or(rest.clone(), str::to_string);
    format!("{first}等{rest}")
}

fn noun_only(text: &str) -> bool {
    !text.contains(['を', 'は', 'が', 'に']) && text.chars().count() <= 16
}

/// The noun without what modifies it: 「生体認証又はカードによる入退室の管理」 → 「入退室の管理」.
pub(super) fn head(item: &str) -> String {
    let ends = [
        "による",
        "に対する",
        "における",
        "した",
        "された",
        "する",
        "される",
        "のための",
        "場合の",
        "ときの",
        "ある",
    ];
    let cut = ends.iter().filter_map(|end| item.rfind(end).map(|at| at + end.len())).max();
    let bound = |rest: &&str| {
        ["者", "もの", "こと", "場合", "日", "と", "時"].iter().any(|word| rest.starts_with(word))
    };
    match cut.map(|at| &item[at..]).filter(|rest| rest.chars().count() >= 4 && !bound(rest)) {
        Some(rest) => rest.to_string(),
        None => item.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enumerations_keep_their_first_member() {
        for (text, wanted) in [
            ("地震、火災、水害及び停電への備え", "地震等への備え"),
            ("情報システム開発、導入、保守等の調達", "情報システム開発等の調達"),
            ("端末を施錠し、鍵を保管して", "端末を施錠し、鍵を保管して"),
            ("監査及び自己点検を実施して", "監査及び自己点検を実施して"),
        ] {
            assert_eq!(enumeration(text), wanted, "{text}");
        }
        assert_eq!(head("生体認証又はカードによる入退室の管理"), "入退室の管理");
    }
}
