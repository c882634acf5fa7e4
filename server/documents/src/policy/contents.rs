//! The table of contents: headings that come again with their clauses.

use super::label::{Series, labels};
use super::lines::Line;
use domain::clause::fold;
use std::collections::{HashMap, HashSet};

/// The lines without the table of contents.
pub(super) fn without(lines: Vec<Line>) -> Vec<Line> {
    let keys: Vec<String> = lines.iter().map(|line| key(&line.text)).collect();
    let last: HashMap<&str, usize> = keys.iter().enumerate().map(|(at, key)| (key.as_str(), at)).collect();
    let mut dropped: HashSet<usize> = HashSet::new();
    let mut at = 0;
    while at < lines.len() {
        if is_head(&lines[at].text) {
            let end = end(&lines, &keys, &last, at + 1);
            dropped.extend(at..end);
            at = end;
        } else {
            if leads_to_page(&lines[at].text) {
                dropped.insert(at);
            }
            at += 1;
        }
    }
    lines.into_iter().enumerate().filter(|(at, _)| !dropped.contains(at)).map(|(_, line)| line).collect()
}

fn is_head(text: &str) -> bool {
    ["目次", "もくじ", "目録"]
        .contains(&fold(text).trim_matches(['[', ']', '〔', '〕', '【', '】', '-', '<', '>']))
}

/// The line after the last entry. The first heading that was an entry already is the heading itself.
fn end(lines: &[Line], keys: &[String], last: &HashMap<&str, usize>, from: usize) -> usize {
    let mut entries: HashSet<&str> = HashSet::new();
    let (mut end, mut strangers) = (from, 0);
    for at in from..lines.len() {
        let text = &lines[at].text;
        let key = keys[at].as_str();
        let short = text.chars().count() <= 60 && !text.ends_with('。');
        let again = last.get(key).is_some_and(|last| *last > at);
        let supplement = labels(text).iter().any(|label| label.series == Series::Supplement);
        if !short || (entries.contains(key) && !supplement) {
            break;
        }
        if again || leads_to_page(text) || supplement {
            entries.insert(key);
            end = at + 1;
            strangers = 0;
        } else {
            strangers += 1;
            if strangers > 2 {
                break;
            }
        }
    }
    end
}

/// What an entry and its heading have in common: no leaders, no page, no （第1条―第4条）. An article has its number
/// once in the whole document; in a table of contents its caption may stand behind it.
fn key(text: &str) -> String {
    if let Some(article) = labels(text).into_iter().find(|label| label.series == Series::Article) {
        return article.canonical;
    }
    let mut key = fold(text);
    key.truncate(key.trim_end_matches(|c: char| c.is_ascii_digit()).len());
    key.truncate(key.trim_end_matches(LEADERS).len());
    if key.ends_with(')')
        && let Some(at) = key.rfind('(').filter(|at| *at > 0)
        && key[at..].contains(['条', '項'])
    {
        key.truncate(at);
    }
    if key.is_empty() { fold(text) } else { key }
}

const LEADERS: [char; 7] = ['.', '…', '‥', '・', '-', '―', '─'];

/// 第1章 総則 ........ 3
fn leads_to_page(text: &str) -> bool {
    let key = fold(text);
    let rest = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let leaders = rest.chars().rev().take_while(|c| ['.', '・', '…', '‥', '─'].contains(c)).count();
    leaders >= 4 && rest.chars().count() > leaders
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::lines::lines;

    fn left(text: &str) -> Vec<String> {
        without(lines(text)).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn entries_go_and_headings_stay() {
        let text = "規程\n目次\n第１章　総則（第１条・第２条）\n第２章　体制（第３条―第５条）\n附則\n\n第１章　総則\n（目的）\n第１条　守る。\n第２章　体制\n（目的）\n附　則\n";
        assert_eq!(
            left(text),
            ["規程", "第１章　総則", "（目的）", "第１条　守る。", "第２章　体制", "（目的）", "附　則"]
        );
    }

    #[test]
    fn entries_of_articles_carry_their_captions() {
        let text = "要綱\n目次\n第１条（目的）\n第２条（定義）\n附則\n（目的）\n第１条　守る。\n（定義）\n第２条　いう。\n附　則\n";
        assert_eq!(
            left(text),
            ["要綱", "（目的）", "第１条　守る。", "（定義）", "第２条　いう。", "附　則"]
        );
    }

    #[test]
    fn leaders_to_page_numbers_show_a_table_of_contents() {
        let text = "目次\n1 目的 ………… 1\n2 定義・・・・・・・ 2\n1 目的\n守る。\n2 定義\nいう。\n";
        assert_eq!(left(text), ["1 目的", "守る。", "2 定義", "いう。"]);
    }
}
