//! What the pages of a printed document leave in its text: page numbers and running heads.

use super::lines::{Line, Mark};
use domain::clause::fold;
use std::collections::{HashMap, HashSet};

/// A line of the file with what is known about pages.
#[derive(Debug)]
pub(super) enum Piece {
    Text(Line),
    /// A page number or a form feed.
    Edge,
}

/// `- 3 -`, `3/12`, `P.3`, `3 ページ`.
pub(super) fn page_number(raw: &str) -> bool {
    let folded = fold(raw);
    let dash = |c: char| matches!(c, '-' | '－' | '―' | '—' | '–' | '‐' | '─' | '~' | '〜');
    // "- 3" is an item of a list.
    if folded.starts_with(dash) && !folded.ends_with(dash) {
        return false;
    }
    let key = folded.replace(dash, "").replace('/', "");
    let key = key
        .trim_start_matches("P.")
        .trim_start_matches("p.")
        .trim_end_matches("ページ")
        .trim_end_matches('頁');
    let roman = folded.starts_with(dash) && key.chars().all(|c| "ivx".contains(c));
    !key.is_empty() && key.len() <= 6 && (roman || key.chars().all(|c| c.is_ascii_digit()))
}

/// Whether a line is a number and nothing else; it may be a page number or a label.
pub(super) fn number_alone(raw: &str) -> bool {
    raw.trim().chars().all(char::is_numeric)
}

/// The lines without running heads. A running head returns: three times anywhere for itself, or
/// twice at the edge of a page, or as the document's first line.
pub(super) fn without_running_heads(pieces: Vec<Piece>) -> Vec<Line> {
    let at_edge = at_edge(&pieces);
    let mut counts: HashMap<String, Count> = HashMap::new();
    let mut title = None;
    for (index, piece) in pieces.iter().enumerate() {
        let Piece::Text(line) = piece else { continue };
        let key = key(line, at_edge.contains(&index));
        title.get_or_insert_with(|| key.clone());
        if !short(line) {
            continue;
        }
        let count = counts.entry(key).or_default();
        count.all += 1;
        count.edge += usize::from(at_edge.contains(&index));
        count.apart += usize::from(line.apart && free(line));
    }
    let mut seen: HashSet<String> = HashSet::new();
    let mut kept = Vec::new();
    let mut turned = false;
    for (index, piece) in pieces.into_iter().enumerate() {
        let Piece::Text(mut line) = piece else {
            turned = true;
            continue;
        };
        let key = key(&line, at_edge.contains(&index));
        let count = counts.get(&key).copied().unwrap_or_default();
        let is_title = title.as_ref() == Some(&key);
        let edge = count.edge >= 2 && count.edge * 2 >= count.all.saturating_sub(1);
        let running = edge && at_edge.contains(&index) && short(&line);
        let returns =
            short(&line) && line.apart && free(&line) && (count.apart >= 3 || (is_title && count.apart >= 2));
        // A chapter's heading may run on its pages, and then stands among them once itself.
        let once = !running || is_title || (!unmarked(&line) && !names_two_parts(&line.text));
        if !(running || returns) || (once && seen.insert(key)) {
            line.turned = std::mem::take(&mut turned);
            kept.push(line);
        }
    }
    kept
}

/// What the running heads of two pages have in common: at the edge of a page a number at the end is the page's.
fn key(line: &Line, at_edge: bool) -> String {
    let folded = fold(&line.text);
    if !at_edge || !unmarked(line) {
        return folded;
    }
    let number = |c: char| c.is_ascii_digit() || "〇一二三四五六七八九十百()-―".contains(c);
    match folded.trim_end_matches(number) {
        "" => folded,
        head => head.to_string(),
    }
}

/// 第三編　執行機関　第二章　情報管理: a heading names itself only, a running head where the page stands.
fn names_two_parts(text: &str) -> bool {
    let folded = fold(text);
    let parts = folded.split('第').skip(1).filter(|rest| {
        let unit =
            rest.trim_start_matches(|c: char| c.is_ascii_digit() || "〇一二三四五六七八九十百".contains(c));
        unit.len() < rest.len() && unit.starts_with(['編', '章', '節', '款'])
    });
    parts.count() > 1
}

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    all: usize,
    edge: usize,
    apart: usize,
}

fn short(line: &Line) -> bool {
    let length = line.text.chars().count();
    (4..=40).contains(&length)
        && !line.text.ends_with('。')
        && !matches!(line.mark, Mark::Row(_) | Mark::Bullet)
}

/// Without a number and without brackets: captions and numbered headings return by themselves.
fn free(line: &Line) -> bool {
    line.text.chars().count() >= 5 && unmarked(line)
}

fn unmarked(line: &Line) -> bool {
    let first = line.text.chars().next();
    super::label::labels(&line.text).is_empty() && !first.is_some_and(|c| "(（【［〔<＜".contains(c))
}

/// The lines next to the edge of a page, two deep.
fn at_edge(pieces: &[Piece]) -> HashSet<usize> {
    let mut found = HashSet::new();
    for (index, piece) in pieces.iter().enumerate() {
        if matches!(piece, Piece::Edge) {
            found.extend([index.wrapping_sub(1), index + 1, index + 2]);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::policy::lines::lines;

    fn texts(text: &str) -> Vec<String> {
        lines(text).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn page_numbers_are_no_text() {
        for raw in ["- 2 -", "－３－", "3/15", "P.4", "- ii -", "4ページ"] {
            assert!(super::page_number(raw), "{raw}");
        }
        for raw in ["(1)", "- 1 目的", "- 1", "ii"] {
            assert!(!super::page_number(raw), "{raw}");
        }
    }

    #[test]
    fn running_heads_go_even_without_blank_lines() {
        let text = "基準\n1 目的\n端末を\n- 1 -\n対策の章\n守る。\n- 2 -\n対策の章\n2 定義\n- 3 -\n対策の章\nいう。\n";
        assert_eq!(texts(text), ["基準", "1 目的", "端末を", "守る。", "2 定義", "いう。"]);
    }

    #[test]
    fn heads_with_the_number_of_the_page_or_the_place_of_the_page_go() {
        let page = |number: &str, text: &str| {
            format!("\u{c}凪原市例規集　　（{number}）\n第三編　執行機関　第二章　情報管理\n{text}\n")
        };
        let text =
            format!("基準\n第一章　総則\n{}{}", page("一一", "第一条　端末を"), page("一二", "守る。"));
        assert_eq!(texts(&text), ["基準", "第一章　総則", "第一条　端末を", "守る。"]);
    }

    #[test]
    fn captions_and_numbered_headings_return_by_themselves() {
        let text = "（適用範囲）\n\n(1) 契約の締結\n\n（適用範囲）\n\n(1) 契約の締結\n\n（適用範囲）\n\n(1) 契約の締結\n";
        assert_eq!(texts(text).len(), 6);
    }
}
