//! Values that hold more than one thing: 「主査　佐伯　美咲」, 「総務課　佐藤　花子」.

use super::place;

/// Titles city halls give; longer ones that end so are titles, too.
const TITLES: [&str; 66] = [
    "部長",
    "次長",
    "課長",
    "課長補佐",
    "補佐",
    "係長",
    "主任",
    "主査",
    "主事",
    "主事補",
    "主幹",
    "副主幹",
    "参事",
    "副参事",
    "主任主事",
    "主任主査",
    "技師",
    "主任技師",
    "技師補",
    "技監",
    "技術員",
    "室長",
    "所長",
    "館長",
    "園長",
    "校長",
    "教頭",
    "局長",
    "支所長",
    "場長",
    "署長",
    "団長",
    "班長",
    "副課長",
    "副館長",
    "副園長",
    "副校長",
    "センター長",
    "事務局長",
    "書記",
    "書記長",
    "司書",
    "保育士",
    "保健師",
    "看護師",
    "栄養士",
    "管理栄養士",
    "出納員",
    "指導主事",
    "専門員",
    "調査員",
    "相談員",
    "事務員",
    "事務職員",
    "再任用職員",
    "会計年度任用職員",
    "任用職員",
    "嘱託員",
    "臨時職員",
    "主席主査",
    "教諭",
    "養護教諭",
    "消防士",
    "消防司令",
    "消防士長",
    "理事",
];
/// What titles end with.
const ENDS: [&str; 18] = [
    "長", "事", "査", "幹", "員", "師", "士", "監", "補", "補佐", "主任", "官", "司", "教諭", "職", "理事",
    "代理", "心得",
];

fn is_title(word: &str) -> bool {
    TITLES.iter().any(|title| word.ends_with(title))
}

/// Position and name of 職・氏名.
pub fn position(text: &str) -> (Option<String>, String) {
    let (found, name) = known_position(text);
    if found.is_some() {
        return (found, name);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    match &words[..] {
        [first, rest @ ..]
            if !rest.is_empty()
                && ENDS.iter().any(|end| first.ends_with(end))
                && (rest.len() > 1 || first.chars().count() > 1) =>
        {
            (Some((*first).to_string()), rest.join("　"))
        }
        _ => (None, text.trim().to_string()),
    }
}

/// A title that is known, before the name.
pub fn known_position(text: &str) -> (Option<String>, String) {
    let words: Vec<&str> = text.split_whitespace().collect();
    match &words[..] {
        [first, rest @ ..] if is_title(first) => (Some((*first).to_string()), rest.join("　")),
        [_, .., last] if is_title(last) && words.len() >= 3 => {
            (Some((*last).to_string()), words[..words.len() - 1].join("　"))
        }
        _ => (None, text.trim().to_string()),
    }
}

/// The departments a text begins with, and the rest.
pub fn department(text: &str) -> (Option<String>, String) {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == '・' || c == '／')
        .filter(|word| !word.is_empty())
        .collect();
    let count = words.iter().take_while(|word| place::is_department(word)).count();
    match count {
        0 => (None, text.trim().to_string()),
        count => (Some(words[..count].join("　")), words[count..].join("　")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_and_name_are_parted_and_names_stay_whole() {
        let cases = [
            ("出納員　新堂　あかね", Some("出納員"), "新堂　あかね"),
            ("技師　桐生　幹夫", Some("技師"), "桐生　幹夫"),
            ("戸籍住民課長　髙橋　﨑子", Some("戸籍住民課長"), "髙橋　﨑子"),
            ("長谷部　亮", None, "長谷部　亮"),
            ("新堂　あかね", None, "新堂　あかね"),
            ("司書　葛󠄀城　文", Some("司書"), "葛󠄀城　文"),
        ];
        for (text, title, name) in cases {
            assert_eq!(position(text), (title.map(str::to_string), name.to_string()), "{text}");
        }
        assert_eq!(
            department("総務部　総務課　佐藤　花子"),
            (Some("総務部　総務課".to_string()), "佐藤　花子".to_string())
        );
    }
}
