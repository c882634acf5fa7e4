//! A list of nouns under a duty: one question that names what belongs to it. Source: field glossary §5.4 rule 2.

use super::lead::{LIST, announced};
use super::shorten::{enumeration, head};

/// The lead-in with a mark where its list belongs: 「次に掲げる措置を講じる」 → 「□の措置を講じる」.
pub(super) fn marked(body: &str) -> Option<String> {
    let (from, to) = announced(body)?;
    let rest = &body[to..];
    for (tail, left) in [
        ("とおりとする", "を定める"),
        ("とおりとし", "を定め"),
        ("事項に関し", "に関し"),
        ("事項について", "について"),
        ("事項", "に関する事項"),
        ("業務", ""),
        ("事務", ""),
        ("職務", ""),
        ("行為", ""),
        ("媒体", ""),
        ("機器", ""),
        ("文書", ""),
        ("書類", ""),
        ("帳票", ""),
        ("物品", ""),
    ] {
        if let Some(rest) = rest.strip_prefix(tail) {
            return Some(format!("{}{LIST}{left}{rest}", &body[..from]));
        }
    }
    let by_itself = rest.starts_with(['を', 'に']);
    Some(format!("{}{LIST}{}{rest}", &body[..from], if by_itself { "" } else { "の" }))
}

/// 「次のいずれかに該当するときは」 names its first case: 「利用者が退職したときなどは」.
pub(super) fn with_cases(marked: &str, items: &[String]) -> String {
    for joint in [
        "のいずれかに該当するときは",
        "のいずれかに該当する場合には",
        "のいずれかに該当する場合は",
        "に該当するときは",
        "に該当する場合は",
        "に該当する場合には",
        "の場合には",
        "の場合は",
        "に掲げる場合には",
    ] {
        if let Some((before, after)) = marked.split_once(&format!("{LIST}{joint}")) {
            let first = items.first().map_or("定められた場合", String::as_str);
            let case = if first.ends_with("とき") || first.ends_with("場合") {
                first.to_string()
            } else {
                format!("{first}の場合")
            };
            return format!("{before}{case}などは{after}");
        }
    }
    marked.to_string()
}

/// The list in words, from the fullest to the shortest.
pub(super) fn words(items: &[String]) -> Vec<String> {
    let items: Vec<String> = items.iter().map(|item| bare(item)).collect();
    let shorter: Vec<String> = items.iter().map(|item| enumeration(item)).collect();
    let heads: Vec<String> = shorter.iter().map(|item| head(item)).collect();
    let mut ways = vec![row(&items), row(&shorter), row(&heads)];
    for shown in (1..heads.len().min(5)).rev() {
        ways.push(format!("{}など{}項目", heads[..shown].join("、"), items.len()));
    }
    ways
}

fn row(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => {
            let joint = if last.contains("及び") || first.iter().any(|item| item.contains("及び")) {
                "並びに"
            } else {
                "及び"
            };
            format!("{}{joint}{last}", first.join("、"))
        }
    }
}

/// 「秘密の保持に関する事項」 → 「秘密の保持」.
fn bare(item: &str) -> String {
    let item = item.split_once("場合　").map_or(item, |(_, act)| act);
    let item = item
        .split_once("で、次に")
        .or_else(|| item.split_once("であって、次に"))
        .map_or(item, |(noun, _)| noun);
    let item: String = item.trim().trim_end_matches('。').chars().filter(|c| !c.is_whitespace()).collect();
    let ends =
        ["に関する事項", "に関すること", "に係る事項", "についての事項", "すること", "を行うこと", "のこと"];
    ends.iter().find_map(|end| item.strip_suffix(end)).unwrap_or(&item).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_named_as_fully_as_it_fits() {
        assert_eq!(marked("次に掲げる措置を講じる").as_deref(), Some("\u{E000}の措置を講じる"));
        assert_eq!(
            marked("委託契約に次に掲げる事項を定める").as_deref(),
            Some("委託契約に\u{E000}に関する事項を定める")
        );
        let items = [
            "入退室の管理".to_string(),
            "監視カメラの設置".to_string(),
            "地震、火災及び停電への備え".to_string(),
        ];
        let ways = words(&items);
        assert_eq!(ways[0], "入退室の管理、監視カメラの設置並びに地震、火災及び停電への備え");
        assert_eq!(ways[1], "入退室の管理、監視カメラの設置及び地震等への備え");
        assert_eq!(ways.last().map(String::as_str), Some("入退室の管理など3項目"));
    }
}
