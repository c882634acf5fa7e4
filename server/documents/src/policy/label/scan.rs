//! Labels that are numbers or letters: 1, 1., 1), (1), ①, 1.2.3, 2-4-1, ア, a, 一.

use super::rows::{Reading, bracketed, circled, digits, letter};
use super::{Label, Series, is_blank, is_kanji_digit};
use domain::clause::fold;

/// Every reading of the label.
pub(super) fn labels(text: &str) -> Vec<Label> {
    let Some(first) = text.chars().next() else { return Vec::new() };
    if let Some(number) = circled(first) {
        let reading = (Series::Circled, number, first.to_string());
        return all(text, first.len_utf8(), false, vec![reading]);
    }
    if matches!(first, '(' | '（') {
        return brackets(text);
    }
    if ('⑴'..='⒇').contains(&first) || ('㈠'..='㈩').contains(&first) {
        let key = fold(&text[..first.len_utf8()]);
        return all(text, first.len_utf8(), false, bracketed(key.trim_matches(['(', ')'])));
    }
    if first.is_ascii_digit() || ('０'..='９').contains(&first) || ('⒈'..='⒛').contains(&first) {
        return numbers(text);
    }
    letters(text)
}

fn all(text: &str, end: usize, glued: bool, readings: Vec<Reading>) -> Vec<Label> {
    let (printed, rest) = text.split_at(end);
    let make = |(series, number, canonical): Reading| Label {
        series,
        number,
        canonical,
        printed: printed.trim().to_string(),
        rest: rest.trim().to_string(),
        parts: vec![number],
        glued,
    };
    readings.into_iter().map(make).collect()
}

/// (1), （ア）, ( 1 )
fn brackets(text: &str) -> Vec<Label> {
    let close = text.char_indices().take(10).find(|(_, c)| matches!(c, ')' | '）'));
    let Some((at, c)) = close else { return Vec::new() };
    let key = fold(&text[..at + c.len_utf8()]);
    all(text, at + c.len_utf8(), false, bracketed(key.trim_matches(['(', ')'])))
}

const DASHES: [char; 11] = ['.', '．', '-', '－', '―', '‐', '−', '–', '—', '‑', 'ー'];
const STOPS: [char; 8] = ['.', '．', '、', ')', '）', ':', '：', '，'];

/// 1, 1., 1), 1.2.3, 2-4-1 with or without a blank behind.
fn numbers(text: &str) -> Vec<Label> {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    if text.starts_with(|c| ('⒈'..='⒛').contains(&c)) {
        let end = text.chars().next().map_or(0, char::len_utf8);
        let number = fold(&text[..end]).trim_end_matches('.').parse().unwrap_or(0);
        return all(text, end, false, vec![(Series::Number, number, number.to_string())]);
    }
    let mut end = 0;
    let mut parts: Vec<u32> = Vec::new();
    loop {
        let length: usize = text[end..].chars().take_while(|c| digit(*c)).map(char::len_utf8).sum();
        let Ok(number) = fold(&text[end..end + length]).parse::<u32>() else { break };
        if number >= 100 || parts.len() == 6 {
            return Vec::new();
        }
        parts.push(number);
        end += length;
        let Some(dash) = text[end..].chars().next().filter(|c| DASHES.contains(c)) else { break };
        if !text[end + dash.len_utf8()..].starts_with(digit) {
            break;
        }
        end += dash.len_utf8();
    }
    let label_end = end;
    let stop = text[end..].chars().next().filter(|c| STOPS.contains(c));
    let after = &text[end + stop.map_or(0, char::len_utf8)..];
    let stop_end = end + stop.map_or(0, char::len_utf8);
    let glued = stop.is_none() && !after.is_empty() && !after.starts_with(is_blank);
    // 6、7及び8: numbers of a sentence.
    if matches!(stop, Some('、' | '，')) && after.trim_start().starts_with(digit) {
        return Vec::new();
    }
    let number = parts.last().copied().unwrap_or(0);
    let key = fold(&text[..label_end]);
    let reading = match (parts.len(), stop) {
        (0, _) => return Vec::new(),
        (1, _) if number == 0 => return Vec::new(),
        (1, Some(')' | '）')) => (Series::Half, number, format!("{number})")),
        (1, _) => (Series::Number, number, number.to_string()),
        (count, _) => (Series::Dotted(count), number, key),
    };
    let mut labels = all(text, stop_end, glued, vec![reading]);
    for label in &mut labels {
        label.parts.clone_from(&parts);
    }
    labels
}

/// ア, a, 一, Ⅰ: letters need a blank or a stop behind them.
fn letters(text: &str) -> Vec<Label> {
    let ends = |c: char| is_blank(c) || STOPS.contains(&c);
    let end = text.find(ends).unwrap_or(text.len());
    let token = &text[..end];
    if token.is_empty() || token.chars().count() > 5 {
        return Vec::new();
    }
    let stop = text[end..].chars().next().filter(|c| STOPS.contains(c));
    let stop_end = end + stop.map_or(0, char::len_utf8);
    // a.b.c and アー、 are words.
    if stop.is_some_and(|stop| stop == '.')
        && text[stop_end..].starts_with(|c: char| c.is_ascii_alphanumeric())
    {
        return Vec::new();
    }
    let key = fold(token);
    if token.chars().all(is_kanji_digit) {
        let number = digits(&key).filter(|_| key.chars().count() <= 4);
        let Some(number) = number else { return Vec::new() };
        return all(text, stop_end, false, vec![(Series::Kanji, number, format!("({number})"))]);
    }
    let sign = token.chars().all(|c| ('Ⅰ'..='ⅻ').contains(&c));
    all(text, stop_end, false, letter(&key, sign, stop))
}
