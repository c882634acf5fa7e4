//! Cutting a text into sentences and a sentence into its parts, without cutting inside brackets.

const OPEN: [char; 6] = ['(', '（', '「', '『', '【', '〔'];
const CLOSE: [char; 6] = [')', '）', '」', '』', '】', '〕'];

/// Cuts a text after every 。 that stands outside brackets, and at line breaks.
///
/// The pieces put together are the text again: nothing is lost. A bracket that is never closed within
/// its line counts for nothing. 「(以下「職員等」という。)」 therefore ends no sentence.
pub fn sentences(text: &str) -> Vec<&str> {
    let depths = depths(text);
    let mut pieces = Vec::new();
    let mut start = 0;
    for ((at, c), depth) in text.char_indices().zip(&depths) {
        let end = at + c.len_utf8();
        let ends = c == '\n' || (c == '。' && *depth == 0);
        if ends && !text[start..end].trim().is_empty() {
            pieces.push(&text[start..end]);
            start = end;
        }
    }
    if text[start..].trim().is_empty() && !pieces.is_empty() {
        let begin = start - pieces.pop().map_or(0, str::len);
        pieces.push(&text[begin..]);
    } else if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

/// How many closed brackets each character stands in; the brackets themselves count as inside.
pub(crate) fn depths(text: &str) -> Vec<usize> {
    let chars: Vec<char> = text.chars().collect();
    let mut change = vec![0isize; chars.len() + 1];
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        if let Some(kind) = OPEN.iter().position(|o| o == c) {
            open.push((at, kind));
        } else if let Some(kind) = CLOSE.iter().position(|o| o == c) {
            close(&mut open, kind, at, &mut change);
        } else if *c == '\n' {
            open.clear();
        }
    }
    running(&change, chars.len())
}

/// ( may be closed by ）: mixed widths are common.
fn close(open: &mut Vec<(usize, usize)>, kind: usize, at: usize, change: &mut [isize]) {
    let same = |a: usize, b: usize| a == b || (a < 2 && b < 2);
    if let Some(place) = open.iter().rposition(|(_, k)| same(*k, kind)) {
        let from = open[place].0;
        open.truncate(place);
        change[from] += 1;
        change[at + 1] -= 1;
    }
}

fn running(change: &[isize], length: usize) -> Vec<usize> {
    let mut depth = 0isize;
    let sum = |step: &isize| {
        depth += step;
        usize::try_from(depth).unwrap_or(0)
    };
    change.iter().take(length).map(sum).collect()
}

/// Cuts a sentence after every 、 outside brackets; the pieces keep their 、.
pub(crate) fn segments(text: &str) -> Vec<String> {
    let depths = depths(text);
    let mut pieces = vec![String::new()];
    for (c, depth) in text.chars().zip(depths) {
        if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
        if c == '、' && depth == 0 {
            pieces.push(String::new());
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_full_stop_inside_brackets_ends_no_sentence() {
        let text = "職員等(以下「職員等」という。)は、守る。なお、別に定める。";
        assert_eq!(sentences(text), ["職員等(以下「職員等」という。)は、守る。", "なお、別に定める。"]);
    }

    #[test]
    fn an_unclosed_bracket_does_not_swallow_the_rest() {
        assert_eq!(sentences("範囲(次に掲げる。守る。"), ["範囲(次に掲げる。", "守る。"]);
    }

    #[test]
    fn a_line_break_ends_a_sentence() {
        assert_eq!(sentences("ネットワーク\n守る。\n"), ["ネットワーク\n", "守る。\n"]);
    }

    proptest! {
        #[test]
        fn splitting_loses_no_character(text in "\\PC*|[あ、。(（「」）)\n \u{3000}]{0,40}") {
            prop_assert_eq!(sentences(&text).concat(), text.clone());
            prop_assert_eq!(segments(&text).concat(), text);
        }
    }
}
