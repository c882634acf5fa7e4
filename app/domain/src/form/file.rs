//! Files answers are written into: which ones take them, and how a file with answers in it is called.

/// The file can't take answers, and what to do instead.
pub const TAKES_NONE: &str = "回答を書き込めるのは、Excelブック（.xlsx、.xlsm）だけです。Excelで開いて「Excelブック（.xlsx）」で保存し直すか、このシステムの点検票を受け取ってください。";

/// Endings of the names of workbooks that take answers.
const ENDINGS: [&str; 2] = [".xlsx", ".xlsm"];

/// Whether a file with this name takes answers: a workbook of today's kind does.
pub fn may_be_filled(name: &str) -> bool {
    let name = name.to_lowercase();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Whether a file with this name holds cells at all.
pub fn may_be_read(name: &str) -> bool {
    let name = name.to_lowercase();
    ENDINGS.iter().chain(&[".xls", ".ods", ".csv", ".tsv"]).any(|ending| name.ends_with(ending))
}

/// The last part of a name; some browsers, and packages, send the folder with it.
pub fn last_part(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// 「自己点検票_人事課_平野智子_回答入り.xlsx」: what it was, whose answers stand in it (所属 and 氏名, where it is one
/// person), and that they do.
pub fn filled_name(original: &str, whose: Option<(&str, &str)>) -> String {
    let name = last_part(original);
    let (stem, ending) = name.rsplit_once('.').map_or((name, ""), |(stem, ending)| (stem, ending));
    let bare = |text: &str| -> String {
        text.chars()
            .filter(|c| !c.is_whitespace() && !c.is_control() && !"\\/:*?\"<>|".contains(*c))
            .collect()
    };
    let whose = whose.map(|(department, person)| [bare(department), bare(person)]).unwrap_or_default();
    // What the name says already is not said twice.
    let whose = whose.iter().filter(|part| !part.is_empty() && !bare(stem).contains(part.as_str()));
    let parts: Vec<&str> =
        std::iter::once(stem).chain(whose.map(String::as_str)).chain(["回答入り"]).collect();
    match ending {
        "" => parts.join("_"),
        ending => format!("{}.{ending}", parts.join("_")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workbooks_of_today_take_answers_and_nothing_else_does() {
        for (name, takes) in [
            ("点検票.xlsx", true),
            ("点検票.XLSM", true),
            ("総務部/人事課.xlsx", true),
            ("点検票.xls", false),
            ("点検票.ods", false),
            ("点検票.csv", false),
            ("xlsx", false),
            ("", false),
        ] {
            assert_eq!(may_be_filled(name), takes, "{name}");
            assert_eq!(may_be_read(name), name.contains('.'), "{name}");
        }
    }

    #[test]
    fn a_filled_file_says_what_it_was_and_whose_answers_stand_in_it() {
        for (original, whose, name) in [
            ("自己点検票.xlsx", None, "自己点検票_回答入り.xlsx"),
            ("自己点検票.xlsx", Some(("人事課", "平野　智子")), "自己点検票_人事課_平野智子_回答入り.xlsx"),
            (
                "R6自己点検_人事課.xlsm",
                Some(("人事課", "平野 智子")),
                "R6自己点検_人事課_平野智子_回答入り.xlsm",
            ),
            ("総務部/人事課.xlsx", None, "人事課_回答入り.xlsx"),
            ("C:\\様式\\票.v2.xlsx", Some(("", "")), "票.v2_回答入り.xlsx"),
            ("票.xlsx", Some(("総務/人事", "a:b")), "票_総務人事_ab_回答入り.xlsx"),
            ("票", None, "票_回答入り"),
        ] {
            assert_eq!(filled_name(original, whose), name);
        }
    }
}
