//! Names of departments in running text.

/// What names of departments and facilities end with.
const ENDS: [&str; 30] = [
    "課",
    "室",
    "部",
    "局",
    "所",
    "館",
    "センター",
    "署",
    "校",
    "園",
    "院",
    "支所",
    "出張所",
    "委員会",
    "事務局",
    "係",
    "班",
    "団",
    "本部",
    "学校",
    "保育園",
    "幼稚園",
    "事務所",
    "図書館",
    "病院",
    "市場",
    "霊園",
    "寮",
    "分室",
    "会館",
];
/// Words that end so and are none.
const NOT: [&str; 26] = [
    "所属",
    "全課",
    "各課",
    "全部",
    "一部",
    "見本課",
    "内部",
    "外部",
    "本部",
    "場所",
    "箇所",
    "所管課",
    "担当課",
    "主管課",
    "原課",
    "関係課",
    "部局",
    "所",
    "課",
    "部",
    "局",
    "当課",
    "自課",
    "学校",
    "本校",
    "同課",
];

/// True if a word is the name of a department or a facility.
pub fn is_department(word: &str) -> bool {
    let length = word.chars().count();
    (2..=25).contains(&length)
        && ENDS.iter().any(|end| word.ends_with(end))
        && !NOT.contains(&word)
        && !["○○", "〇〇", "◯◯", "××", "△△", "●●"].iter().any(|sample| word.starts_with(sample))
        && !["点検", "チェック", "自己", "提出"].iter().any(|part| word.contains(part))
}

/// The department a title, a sheet or a file is of: 「水道局営業課　情報セキュリティ点検」, 「自己点検票（市民課）」,
/// 「【市民課】自己点検票（髙橋）最終版2.xlsx」.
pub fn within(text: &str) -> Option<String> {
    let stem = text.rsplit_once('/').map_or(text, |(_, name)| name);
    let stem = ["xlsx", "xlsm", "xls", "ods", "csv", "tsv"]
        .iter()
        .find_map(|end| stem.strip_suffix(&format!(".{end}")))
        .unwrap_or(stem);
    let parts = |c: char| c.is_whitespace() || "（）()【】[]［］「」『』_＿・／/.:：、，,-－〔〕".contains(c);
    let mut words = stem.split(parts).filter(|word| !word.is_empty() && is_department(word));
    let first = words.next()?.to_string();
    Some(match words.next() {
        // 「総務部　防災課」: a division before its department.
        Some(second) if first.ends_with(['部', '局', '会']) && !second.ends_with('部') => {
            format!("{first}　{second}")
        }
        _ => first,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn departments_are_found_in_titles_and_names_of_files() {
        let cases = [
            ("水道局営業課　情報セキュリティ点検（料金・施設）", Some("水道局営業課")),
            ("情報セキュリティ　セルフチェックシート（市民課）", Some("市民課")),
            ("【市民課】自己点検票（髙橋）最終版2.xlsx", Some("市民課")),
            ("R6自己点検_道路河川課.xls", Some("道路河川課")),
            ("令和７年度　情報セキュリティ自己点検票（職員用）", None),
            ("総務部　防災課", Some("総務部　防災課")),
            ("Sheet1", None),
            ("点検票", None),
        ];
        for (text, department) in cases {
            assert_eq!(within(text).as_deref(), department, "{text}");
        }
    }
}
