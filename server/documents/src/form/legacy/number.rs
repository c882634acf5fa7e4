//! Numbers of questions: 1, 1-1, (1), ①, 問1, 第1問, Ⅰ-1, ア, and 1-1 that Excel turned into a date.

/// Longer texts are no numbers, in bytes.
const LONGEST: usize = 40;

/// The number of a cell in plain form, if the whole cell is one.
pub fn number(text: &str, dated: bool) -> Option<String> {
    if dated {
        return of_date(text);
    }
    if text.len() > LONGEST {
        return None;
    }
    // Most are nothing but digits.
    if (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(without_zeros(text));
    }
    let (number, rest) = leading(text)?;
    let rest = rest.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '.' | '．' | ')' | '）' | '、' | ':' | '：')
    });
    rest.is_empty().then_some(number)
}

/// `2026-01-02` was typed as 1-2.
fn of_date(text: &str) -> Option<String> {
    let mut parts = text.split('-').skip(1);
    let (month, day) = (parts.next()?.parse::<u8>().ok()?, parts.next()?.parse::<u8>().ok()?);
    Some(format!("{month}-{day}"))
}

/// A number at the start of a question and the text behind it: `(1) 席を離れるときは…`.
pub fn split(text: &str) -> Option<(String, String)> {
    let (number, rest) = leading(text)?;
    let trimmed = rest.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '.' | '．' | ')' | '）' | '、' | ':' | '：')
    });
    if trimmed.is_empty() {
        return None;
    }
    let first = text.chars().find(|c| !c.is_whitespace())?;
    let marked = matches!(first, '(' | '（' | '問' | '第' | 'Q' | 'Ｑ') || circled(first).is_some();
    // 「24時間以内に」 begins with digits and has no number: something must part them.
    (marked || trimmed.len() < rest.len()).then(|| (number, trimmed.to_string()))
}

/// The longest number a text begins with, and the rest.
fn leading(text: &str) -> Option<(String, String)> {
    let first = text.trim_start().chars().next()?;
    let may_begin = is_part(first)
        || first.is_ascii_alphabetic()
        || "【[［<＜(（〔問第設質項番№".contains(first)
        || matches!(first, 'ア'..='ン' | 'ｱ'..='ﾝ' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十');
    if !may_begin {
        return None;
    }
    let chars: Vec<char> = text.trim().chars().collect();
    let mut at = 0;
    skip(&chars, &mut at, &['【', '[', '［', '<', '＜']);
    prefix(&chars, &mut at);
    let (mut parts, mut joints): (Vec<String>, Vec<char>) = (Vec::new(), Vec::new());
    let mut turns: Vec<(usize, char)> = Vec::new();
    loop {
        skip(&chars, &mut at, &['(', '（', '【', '〔']);
        let Some(part) = part(&chars, &mut at) else { break };
        parts.push(part);
        skip(&chars, &mut at, &[')', '）', '】', '〕']);
        let before = at;
        let joint = separator(&chars, &mut at);
        if joint.is_none() && !chars.get(at).is_some_and(|c| matches!(c, '(' | '（') || circled(*c).is_some())
        {
            break;
        }
        // 「1.」 and 「1 」 end here: what follows is no further part.
        if !chars.get(at).is_some_and(|c| is_part(*c) || matches!(c, '(' | '（')) {
            at = before;
            break;
        }
        joints.push(joint.unwrap_or('-'));
        turns.push((before, joint.unwrap_or('-')));
    }
    // 「3．1日1回」: the full stop ended the number, what follows begins the text.
    let glued = chars.get(at).is_some_and(|c| c.is_alphanumeric() && !matches!(c, '問'));
    if let Some((before, '.')) = turns.pop().filter(|_| glued) {
        parts.pop();
        joints.pop();
        at = before;
    }
    skip(&chars, &mut at, &['問', '】', ']', '］', '>', '＞']);
    if parts.is_empty() || parts.len() > 4 {
        return None;
    }
    let mut number = String::new();
    for (index, part) in parts.iter().enumerate() {
        number.extend(index.checked_sub(1).and_then(|before| joints.get(before)));
        number.push_str(part);
    }
    Some((number, chars[at..].iter().collect()))
}

fn skip(chars: &[char], at: &mut usize, any: &[char]) {
    if chars.get(*at).is_some_and(|c| any.contains(c)) {
        *at += 1;
    }
}

/// 問, 設問, 項目, 第, No., Q.
fn prefix(chars: &[char], at: &mut usize) {
    for word in ["設問", "質問", "項目", "問", "第", "No", "NO", "no", "Ｎｏ", "№", "Q", "Ｑ", "q", "番号"]
    {
        let length = word.chars().count();
        if chars[*at..].iter().take(length).copied().eq(word.chars()) {
            let mut next = *at + length;
            while chars.get(next).is_some_and(|c| c.is_whitespace() || matches!(c, '.' | '．' | ':' | '：'))
            {
                next += 1;
            }
            if chars.get(next).is_some_and(|c| is_part(*c) || matches!(c, '(' | '（')) {
                *at = next;
            }
            return;
        }
    }
}

/// Dashes of every kind become one; a full stop stays one.
fn separator(chars: &[char], at: &mut usize) -> Option<char> {
    let joint = match chars.get(*at)? {
        '-' | '－' | '‐' | '−' | '–' | '—' | '―' | 'ー' | '・' | '_' | 'の' | '/' => '-',
        '.' | '．' => '.',
        _ => return None,
    };
    *at += 1;
    Some(joint)
}

fn is_part(c: char) -> bool {
    digit(c).is_some() || circled(c).is_some() || roman(c).is_some()
}

/// Digits, a circled number, a Roman numeral, one katakana or letter that stands alone.
fn part(chars: &[char], at: &mut usize) -> Option<String> {
    let c = *chars.get(*at)?;
    if digit(c).is_some() {
        let mut number = String::new();
        while let Some(d) = chars.get(*at).copied().and_then(digit) {
            number.push(d);
            *at += 1;
        }
        if number.len() > 4 {
            return None;
        }
        return Some(without_zeros(&number));
    }
    if let Some(number) = circled(c) {
        *at += 1;
        return Some(number.to_string());
    }
    let alone = |next: Option<&char>| next.is_none_or(|c| !c.is_alphanumeric() || *c == 'ー');
    if let Some(number) = roman(c) {
        *at += 1;
        return Some(number.to_string());
    }
    let letter = matches!(c, 'ア'..='ン' | 'ｱ'..='ﾝ' | 'A'..='Z' | 'a'..='z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十');
    if letter && alone(chars.get(*at + 1)) {
        *at += 1;
        return Some(c.to_string());
    }
    // A-1, B12
    if c.is_ascii_uppercase() && chars.get(*at + 1).copied().and_then(digit).is_some() {
        *at += 1;
        let digits = part(chars, at)?;
        return Some(format!("{c}{digits}"));
    }
    None
}

fn without_zeros(digits: &str) -> String {
    let plain = digits.trim_start_matches('0');
    if plain.is_empty() { "0" } else { plain }.to_string()
}

fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(u32::from(c) - 0xFF10 + 0x30),
        _ => None,
    }
}

/// ① to ⑳, ㉑ to ㊿, ❶, ⑴, ⒈.
fn circled(c: char) -> Option<u32> {
    let code = u32::from(c);
    match c {
        '①'..='⑳' => Some(code - 0x2460 + 1),
        '⑴'..='⒇' => Some(code - 0x2474 + 1),
        '⒈'..='⒛' => Some(code - 0x2488 + 1),
        '㉑'..='㉟' => Some(code - 0x3251 + 21),
        '㊱'..='㊿' => Some(code - 0x32B1 + 36),
        '❶'..='❿' => Some(code - 0x2776 + 1),
        '⓫'..='⓴' => Some(code - 0x24EB + 11),
        '➀'..='➉' => Some(code - 0x2780 + 1),
        _ => None,
    }
}

/// Ⅰ to Ⅻ stay as they are.
fn roman(c: char) -> Option<char> {
    matches!(c, 'Ⅰ'..='Ⅻ' | 'ⅰ'..='ⅻ').then_some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_every_notation_become_plain() {
        let cases = [
            ("1", "1"),
            ("１２", "12"),
            ("①", "1"),
            ("⑳", "20"),
            ("㉑", "21"),
            ("(1)", "1"),
            ("（１０）", "10"),
            ("⑴", "1"),
            ("問1", "1"),
            ("問１２", "12"),
            ("第3問", "3"),
            ("No.4", "4"),
            ("No. 5", "5"),
            ("Q6", "6"),
            ("1-1", "1-1"),
            ("１－２", "1-2"),
            ("1−10", "1-10"),
            ("1.2", "1.2"),
            ("3.", "3"),
            ("3)", "3"),
            ("1-(2)", "1-2"),
            ("Ⅱ-3", "Ⅱ-3"),
            ("ア", "ア"),
            ("(ア)", "ア"),
            ("設問７", "7"),
            ("1-①", "1-1"),
            ("A-1", "A-1"),
            ("A1", "A1"),
            ("01", "1"),
            ("1(3)", "1-3"),
        ];
        for (text, plain) in cases {
            assert_eq!(number(text, false).as_deref(), Some(plain), "{text}");
        }
        assert_eq!(number("2026-01-02", true).as_deref(), Some("1-2"));
        for text in ["", "欠番", "第1 組織体制", "小計", "「統制」の平均", "計", "1 組織", "点検", "令和6年"]
        {
            assert_eq!(number(text, false), None, "{text}");
        }
    }

    #[test]
    fn a_number_before_a_question_is_parted_from_it() {
        let cases = [
            ("(1) 席を離れる", "1", "席を離れる"),
            ("1．席を", "1", "席を"),
            ("①席を", "1", "席を"),
            ("問３　席を", "3", "席を"),
            ("１－２　席を", "1-2", "席を"),
            ("（１０）席を", "10", "席を"),
            ("2、席を", "2", "席を"),
            ("3．1日1回", "3", "1日1回"),
            ("17.24時間", "17", "24時間"),
            ("1.2 席を", "1.2", "席を"),
        ];
        for (text, no, rest) in cases {
            assert_eq!(split(text), Some((no.to_string(), rest.to_string())), "{text}");
        }
        for text in [
            "24時間以内に報告している",
            "席を離れるとき",
            "1日1回確認している",
            "USBメモリを",
            "ア行",
            "年1回",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
