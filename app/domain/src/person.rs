//! Names of people: never changed, but found by the plain form of a character and sorted by their reading.

use crate::refusal::Refusal;
use unicode_normalization::UnicodeNormalization;

/// Characters that names use for the same one; the plain form first. Compatibility ideographs (神, 福 …) are
/// folded by NFKC already; these are not.
const VARIANTS: &[&str] = &[
    "高髙",
    "崎﨑嵜碕",
    "斎齋齊斉",
    "辺邊邉",
    "沢澤",
    "浜濱濵",
    "島嶋嶌",
    "国國",
    "広廣",
    "桜櫻",
    "吉𠮷",
    "富冨",
    "真眞",
    "恵惠",
    "徳德",
    "浅淺",
    "滝瀧",
    "竜龍",
    "黒黑",
    "柳栁",
    "橋槗𣘺",
    "峰峯",
    "館舘",
    "曽曾",
    "関關",
    "豊豐",
    "実實",
    "寿壽",
    "万萬",
    "円圓",
    "来來",
    "栄榮",
    "弥彌",
    "与與",
    "芦蘆",
    "鉄鐵",
    "槙槇",
    "尭堯",
    "巌巖",
    "亀龜",
    "当當",
    "仏佛",
    "緑綠",
    "薫薰",
    "薮藪",
    "桧檜",
    "勲勳",
    "壱壹",
    "伝傳",
    "蔵藏",
    "経經",
    "継繼",
    "権權",
    "静靜",
    "穂穗",
    "瑶瑤",
    "気氣",
    "学學",
    "応應",
    "県縣",
    "鶴靏靍鸖",
    "鴎鷗",
    "頼賴",
    "塩鹽",
    "渋澁",
    "条條",
    "団團",
    "帯帶",
    "歩步",
    "毎每",
    "闘鬪",
    "児兒",
    "沖冲",
    "凉涼",
    "剣劍剱劔",
    "総總",
    "聡聰",
    "稲稻",
    "岩嵓",
    "岳嶽",
    "船舩",
    "増增",
    "薗園",
    "坂阪",
    "渕淵渊",
    "桑桒",
    "隠隱",
    "戸戶",
    "殻殼",
    "為爲",
    "温溫",
    "暁曉",
    "栃杤",
];

/// A shadow of a name for searching only: width and case folded, katakana as hiragana, plain forms of
/// characters, without blanks and variation selectors.
pub fn folded(text: &str) -> String {
    let plain = text.chars().filter(|c| !c.is_whitespace() && !is_selector(*c));
    plain.collect::<String>().nfkc().flat_map(char::to_lowercase).map(plain_form).map(hiragana).collect()
}

/// The key by which readings are sorted: 濁点, 小書き and 長音 are equal at first, then the reading itself decides.
pub fn reading_key(kana: &str) -> (String, String) {
    let hiragana: String = kana.nfkc().filter(|c| !c.is_whitespace()).map(hiragana).collect();
    let mut first = String::new();
    for c in hiragana.nfd().filter(|c| !matches!(c, '\u{3099}' | '\u{309A}')) {
        match c {
            'ー' => first.extend(first.chars().last().map(vowel)),
            other => first.push(large(other)),
        }
    }
    (first, hiragana)
}

/// May somebody be entered by hand (外部監査人 and others no roster knows)?
///
/// # Errors
/// When the name is missing, or a text is too long.
pub fn may_add(name: &str, kana: &str, employment: &str) -> Result<(), Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::field("name", "氏名を入力してください。"));
    }
    if kana.trim().is_empty() {
        return Err(Refusal::field("kana", "ふりがなを入力してください。並べ替えと検索に使います。"));
    }
    let long = [name, kana, employment].iter().any(|text| text.chars().count() > 100);
    if long {
        Err(Refusal::field("name", "長すぎます。100字以内にしてください。"))
    } else {
        Ok(())
    }
}

/// The number of the next person without a 職員番号: G0001, G0002, … (外部).
pub fn next_number<'a>(taken: impl Iterator<Item = &'a str>) -> String {
    let numbers = taken.filter_map(|number| number.strip_prefix(['g', 'G'])?.parse::<u32>().ok());
    format!("g{:04}", numbers.max().unwrap_or_default() + 1)
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn plain_form(c: char) -> char {
    let of = VARIANTS.iter().find(|all| all.chars().any(|one| one == c));
    of.and_then(|all| all.chars().next()).unwrap_or(c)
}

fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        other => other,
    }
}

fn large(c: char) -> char {
    const SMALL: [(char, char); 11] = [
        ('ぁ', 'あ'),
        ('ぃ', 'い'),
        ('ぅ', 'う'),
        ('ぇ', 'え'),
        ('ぉ', 'お'),
        ('っ', 'つ'),
        ('ゃ', 'や'),
        ('ゅ', 'ゆ'),
        ('ょ', 'よ'),
        ('ゎ', 'わ'),
        ('ゖ', 'け'),
    ];
    SMALL.iter().find(|(small, _)| *small == c).map_or(c, |(_, large)| *large)
}

/// The vowel of a kana, which ー lengthens.
fn vowel(c: char) -> char {
    const ROWS: [&str; 5] = [
        "あかさたなはまやらわ",
        "いきしちにひみりゐ",
        "うくすつぬふむゆる",
        "えけせてねへめれゑ",
        "おこそとのほもよろを",
    ];
    let row = ROWS.iter().find(|row| row.chars().any(|one| one == c));
    row.and_then(|row| row.chars().next()).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_found_by_the_plain_form_of_their_name() {
        for (name, typed) in [
            ("髙橋 𠮷子", "高橋"),
            ("髙橋 𠮷子", "吉子"),
            ("山﨑　一", "山崎"),
            ("齋藤", "斉藤"),
            ("斉藤", "齊藤"),
            ("渡邉 葵", "渡辺葵"),
            ("葛\u{E0100}西", "葛西"),
            ("タカハシ", "たかはし"),
            ("ﾀｶﾊｼ", "タカハシ"),
            ("神\u{FE00}田", "神田"),
        ] {
            assert!(folded(name).contains(&folded(typed)), "{name} by {typed}");
        }
        assert!(!folded("高木").contains(&folded("高橋")));
    }

    #[test]
    fn people_from_outside_are_numbered_by_themselves() {
        assert_eq!(next_number(["000101", "g0002", "g0001", "gx"].into_iter()), "g0003");
        assert_eq!(next_number(["000101"].into_iter()), "g0001");
        assert!(may_add("森 一", "もり はじめ", "外部").is_ok());
        assert!(may_add("　", "もり", "外部").is_err() && may_add("森", "", "外部").is_err());
    }

    #[test]
    fn every_character_has_one_plain_form() {
        let mut seen = std::collections::BTreeMap::new();
        for (row, all) in VARIANTS.iter().enumerate() {
            for c in all.chars() {
                assert_eq!(*seen.entry(c).or_insert(row), row, "{c}");
            }
        }
    }

    #[test]
    fn readings_sort_with_marks_and_small_kana_equal_at_first() {
        let mut readings =
            ["はやし", "はせがわ", "パーク", "はあと", "ばば", "しょうじ", "しよた", "カトウ", "がとう"];
        readings.sort_by_key(|kana| reading_key(kana));
        assert_eq!(
            readings,
            ["カトウ", "がとう", "しょうじ", "しよた", "パーク", "はあと", "はせがわ", "ばば", "はやし"]
        );
    }
}
