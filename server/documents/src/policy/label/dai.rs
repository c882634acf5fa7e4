//! 第1章, 第2条の3, 第1: labels that name their level, or the first level of 公用文.

use super::{Label, Series, goes_on, is_blank, is_digit};
use crate::policy::era::value;
use domain::clause::fold;

/// The label, if a line begins with one.
pub(super) fn label(text: &str) -> Option<Label> {
    let body = text.strip_prefix('第')?;
    let (digits, body) = digits(body)?;
    let number = value(&fold(digits))?;
    let (series, unit, body) = unit(body);
    if series == Series::Article
        && let Some(label) = deleted(text, number, body)
    {
        return Some(label);
    }
    let (branch, body) = branches(body)?;
    let printed = &text[..text.len() - body.len()];
    let (rest, glued) = match series {
        // 第1 needs its blank; 第1位 is no label.
        Series::Dai if !body.is_empty() && !body.starts_with(is_blank) && !stopped(body) => return None,
        _ => (
            body,
            !body.is_empty() && !body.starts_with(|c| is_blank(c) || "(（".contains(c)) && !stopped(body),
        ),
    };
    let rest = rest.trim_start_matches(['．', '.', '、', ':', '：']).trim();
    if glued && goes_on(rest) || ranges(rest) {
        return None;
    }
    Some(Label {
        series,
        number,
        canonical: format!("第{number}{unit}{branch}"),
        printed: printed.trim().to_string(),
        rest: rest.to_string(),
        parts: Vec::new(),
        glued,
    })
}

/// 第4条及び第5条　削除: articles that are kept as numbers only are one clause.
fn deleted(text: &str, first: u32, body: &str) -> Option<Label> {
    let key = fold(body);
    let words = ["及び第", "から第", "・第", "~第"].iter().find(|words| key.starts_with(**words))?;
    let rest = key.strip_prefix(words)?.strip_suffix("削除")?;
    let rest = rest.strip_suffix("まで").unwrap_or(rest);
    let last = value(rest.strip_suffix('条')?).filter(|last| *last > first)?;
    let until = if words.starts_with("から") { "まで" } else { "" };
    let printed = text.trim_end().strip_suffix("削除")?.trim();
    Some(Label {
        series: Series::Article,
        number: last,
        canonical: format!("第{first}条{words}{last}条{until}"),
        printed: printed.to_string(),
        rest: "削除".to_string(),
        parts: Vec::new(),
        glued: false,
    })
}

fn stopped(body: &str) -> bool {
    body.starts_with(['．', '.', ':', '：'])
}

/// The digits after 第; conversion from PDF leaves blanks around them.
fn digits(body: &str) -> Option<(&str, &str)> {
    let body = body.trim_start_matches(is_blank);
    let length: usize = body.chars().take_while(|c| is_digit(*c)).map(char::len_utf8).sum();
    let (digits, rest) = body.split_at(length);
    (!digits.is_empty() && digits.chars().count() <= 6).then_some((digits, rest))
}

fn unit(body: &str) -> (Series, &'static str, &str) {
    const UNITS: [(char, Series, &str); 7] = [
        ('部', Series::Part, "部"),
        ('編', Series::Part, "編"),
        ('章', Series::Chapter, "章"),
        ('節', Series::Section, "節"),
        ('款', Series::Division, "款"),
        ('目', Series::Item, "目"),
        ('条', Series::Article, "条"),
    ];
    let near = body.trim_start_matches(is_blank);
    // 第1 目的 is 第1 with its heading; only a 目 that is followed by a blank is a unit.
    let found = UNITS.iter().find(|(unit, _, _)| {
        near.strip_prefix(*unit).is_some_and(|after| {
            let apart = after.is_empty() || after.starts_with(is_blank);
            match unit {
                '目' => near.len() == body.len() && apart,
                '部' => near.len() == body.len() || apart,
                _ => true,
            }
        })
    });
    match found {
        Some((unit, series, written)) => (*series, written, &near[unit.len_utf8()..]),
        None => (Series::Dai, "", body),
    }
}

/// の2, の2の3. `None` where の only goes on with the sentence.
fn branches(mut body: &str) -> Option<(String, &str)> {
    let mut branch = String::new();
    while let Some(after) = body.strip_prefix('の') {
        let (digits, rest) = digits(after).filter(|_| !after.starts_with(is_blank))?;
        branch.push_str(&format!("の{}", value(&fold(digits))?));
        body = rest;
    }
    Some((branch, body))
}

/// 第3条―第5条, 第3条・第4条: a place named, not a clause.
fn ranges(rest: &str) -> bool {
    rest.starts_with(['―', '－', '～', '〜', '・', '~'])
}
