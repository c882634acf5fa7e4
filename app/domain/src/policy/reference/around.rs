//! What the words around a reference say about it.

use crate::policy::scan::Scan;

/// 前2条, 前三項: how many are meant.
pub(super) fn counted(scan: &mut Scan, unit: &str) -> Option<isize> {
    let begin = scan.at;
    let count = scan.take("前").then(|| scan.number()).flatten();
    let count = count.filter(|_| scan.take(unit)).and_then(|count| isize::try_from(count).ok());
    if count.is_none() {
        scan.at = begin;
    }
    count
}

/// Whether the words before 第3条 name another document.
pub(super) fn elsewhere(before: &str) -> bool {
    let before = before.trim_end();
    if before.ends_with(')') {
        let open = before.rfind('(').map_or(before, |at| &before[at..]);
        return ["法律第", "条例第", "規則第", "政令第", "訓令第", "告示第", "規程第"]
            .iter()
            .any(|act| open.contains(act));
    }
    let own = ["この", "本", "改正後の", "改正前の"];
    ["法", "令", "条例", "規則", "規程", "要綱", "要領"].iter().any(|kind| {
        before.strip_suffix(kind).is_some_and(|rest| !own.iter().any(|word| rest.ends_with(word)))
    })
}

/// Whether a bare number may begin here: at the beginning or behind a comma, not 次の3の要件.
pub(super) fn bare(before: &str) -> bool {
    before.is_empty() || before.ends_with(['、', '。', '「', '('])
}

/// Whether the words behind a bare number show that it is a label: 3の脅威, 6、7及び8に掲げる.
pub(super) fn pointed_at(scan: &Scan) -> bool {
    let mut rest = scan.clone();
    while let Some(_join) = rest.take_any(&["、", "及び", "又は", "並びに", "から"]) {
        if rest.number().is_none() {
            return false;
        }
    }
    rest.take("まで");
    ["に掲げる", "に定める", "に規定", "の規定", "に示す", "に基づ", "により", "の"]
        .iter()
        .any(|word| rest.looks_at(word))
}
