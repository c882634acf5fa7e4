//! How Word writes a counted number: 1, １, ①, 一, ア, イ, a, ⅲ.

/// A number in a format of Word's `numFmt`; an unknown format is written in digits, as Word does.
pub(super) fn written(number: u32, format: &str) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "decimalFullWidth" | "decimalFullWidth2" => wide(number),
        "decimalZero" => format!("{number:02}"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(number),
        "decimalEnclosedFullstop" => format!("{number}."),
        "decimalEnclosedParen" => format!("({number})"),
        "numberInDash" => format!("- {number} -"),
        "japaneseCounting"
        | "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographLegalTraditional" => counted(number, &KANJI, ""),
        "japaneseLegal" | "chineseLegalSimplified" => counted(number, &LEGAL, "壱"),
        "japaneseDigitalTenThousand" | "ideographDigital" | "taiwaneseDigital" => {
            number.to_string().chars().filter_map(|c| c.to_digit(10)).map(kanji).collect()
        }
        "ideographTraditional" => cycled(number, "甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => cycled(number, "子丑寅卯辰巳午未申酉戌亥"),
        "aiueo" | "aiueoFullWidth" => cycled(number, AIUEO),
        "iroha" | "irohaFullWidth" => cycled(number, IROHA),
        "lowerLetter" => repeated(number, 'a'),
        "upperLetter" => repeated(number, 'A'),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        _ => number.to_string(),
    }
}

const AIUEO: &str =
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const IROHA: &str =
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン";
const KANJI: [&str; 3] = ["十", "百", "千"];
const LEGAL: [&str; 3] = ["拾", "百", "阡"];

fn wide(number: u32) -> String {
    number.to_string().chars().filter_map(|c| char::from_u32(u32::from(c) - 0x30 + 0xFF10)).collect()
}

/// ① to ㊿; Word writes greater ones in digits.
fn circled(number: u32) -> String {
    let from = match number {
        1..=20 => 0x2460 - 1,
        21..=35 => 0x3251 - 21,
        36..=50 => 0x32B1 - 36,
        _ => return number.to_string(),
    };
    char::from_u32(from + number).map_or_else(|| number.to_string(), String::from)
}

fn kanji(digit: u32) -> char {
    usize::try_from(digit).ok().and_then(|digit| "〇一二三四五六七八九".chars().nth(digit)).unwrap_or('〇')
}

/// 二十一, 百三; `one` stands before a unit where the style writes it (壱百).
fn counted(number: u32, units: &[&str; 3], one: &str) -> String {
    if number == 0 {
        return "〇".to_string();
    }
    if number >= 10_000 {
        return number.to_string();
    }
    let mut text = String::new();
    for (power, unit) in [(1000, Some(units[2])), (100, Some(units[1])), (10, Some(units[0])), (1, None)] {
        let digit = number / power % 10;
        match (digit, unit) {
            (0, _) => {}
            (1, Some(unit)) => text.extend([one, unit]),
            (digit, unit) => {
                text.push(kanji(digit));
                text.push_str(unit.unwrap_or_default());
            }
        }
    }
    text
}

fn cycled(number: u32, row: &str) -> String {
    let length = row.chars().count();
    let at = usize::try_from(number.saturating_sub(1)).unwrap_or(0) % length.max(1);
    row.chars().nth(at).map(String::from).unwrap_or_default()
}

/// z is followed by aa, bb; Word stops somewhere beyond any list.
fn repeated(number: u32, first: char) -> String {
    let index = number.saturating_sub(1);
    let letter = char::from_u32(u32::from(first) + index % 26).unwrap_or(first);
    let times = usize::try_from(index / 26 + 1).unwrap_or(1).min(30);
    std::iter::repeat_n(letter, times).collect()
}

fn roman(number: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = number.min(4_999);
    let mut text = String::new();
    for (value, letters) in STEPS {
        while left >= value {
            text.push_str(letters);
            left -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        for (number, format, wanted) in [
            (3, "decimal", "3"),
            (12, "decimalFullWidth", "１２"),
            (4, "decimalEnclosedCircle", "④"),
            (21, "decimalEnclosedCircle", "㉑"),
            (40, "decimalEnclosedCircle", "㊵"),
            (10, "japaneseCounting", "十"),
            (21, "japaneseCounting", "二十一"),
            (103, "japaneseCounting", "百三"),
            (20, "japaneseDigitalTenThousand", "二〇"),
            (2, "aiueoFullWidth", "イ"),
            (2, "irohaFullWidth", "ロ"),
            (28, "lowerLetter", "bb"),
            (14, "lowerRoman", "xiv"),
            (2, "ideographTraditional", "乙"),
            (7, "decimalZero", "07"),
            (5, "none", ""),
        ] {
            assert_eq!(written(number, format), wanted, "{number} {format}");
        }
    }
}
