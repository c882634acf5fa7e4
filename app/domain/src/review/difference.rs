//! The difference of two texts, word by word, for the 新旧対照表.

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// In both texts.
    Same,
    /// Only in the old one.
    Removed,
    /// Only in the new one.
    Added,
}

/// A run of text of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub part: Part,
    pub text: String,
}

/// More cells than this are not compared; the changed middle is then shown as replaced as a whole.
const CELLS: usize = 4_000_000;

/// The pieces in reading order. Without the added ones they are the old text, without the removed the new.
pub fn difference(old: &str, new: &str) -> Vec<Piece> {
    let (old, new) = (words(old), words(new));
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_middle, tail_words) = old_rest.split_at(old_rest.len() - tail);
    let (new_middle, _) = new_rest.split_at(new_rest.len() - tail);
    let mut pieces = Vec::new();
    old.iter().take(head).for_each(|word| push(&mut pieces, Part::Same, word));
    compare(&mut pieces, old_middle, new_middle);
    tail_words.iter().for_each(|word| push(&mut pieces, Part::Same, word));
    pieces
}

/// The longest common subsequence of the words; what is not in it was removed or added.
fn compare(pieces: &mut Vec<Piece>, old: &[&str], new: &[&str]) {
    if old.len().saturating_mul(new.len()) > CELLS {
        old.iter().for_each(|word| push(pieces, Part::Removed, word));
        new.iter().for_each(|word| push(pieces, Part::Added, word));
        return;
    }
    let lengths = lengths(old, new);
    let length = |a: usize, b: usize| lengths.get(a).and_then(|row| row.get(b)).copied().unwrap_or(0);
    let (mut a, mut b) = (0, 0);
    loop {
        match (old.get(a), new.get(b)) {
            (Some(x), Some(y)) if x == y => {
                push(pieces, Part::Same, x);
                (a, b) = (a + 1, b + 1);
            }
            (Some(x), other) if other.is_none() || length(a + 1, b) >= length(a, b + 1) => {
                push(pieces, Part::Removed, x);
                a += 1;
            }
            (_, Some(y)) => {
                push(pieces, Part::Added, y);
                b += 1;
            }
            _ => return,
        }
    }
}

/// `lengths[a][b]`: how long the common part of `old[a..]` and `new[b..]` is.
fn lengths(old: &[&str], new: &[&str]) -> Vec<Vec<u32>> {
    let mut rows: Vec<Vec<u32>> = vec![vec![0; new.len() + 1]];
    for word in old.iter().rev() {
        let below = rows.last().cloned().unwrap_or_default();
        let mut row = vec![0; new.len() + 1];
        let mut right = 0;
        for (index, other) in new.iter().enumerate().rev() {
            let at = |column: usize| below.get(column).copied().unwrap_or(0);
            right = if word == other { at(index + 1) + 1 } else { at(index).max(right) };
            if let Some(cell) = row.get_mut(index) {
                *cell = right;
            }
        }
        rows.push(row);
    }
    rows.reverse();
    rows
}

fn push(pieces: &mut Vec<Piece>, part: Part, word: &str) {
    match pieces.last_mut().filter(|last| last.part == part) {
        Some(last) => last.text.push_str(word),
        None => pieces.push(Piece { part, text: word.to_string() }),
    }
}

/// Kinds of characters; a word is a run of one kind. Kana and marks stand alone, so that an ending is marked
/// only where it changed.
#[derive(PartialEq, Clone, Copy)]
enum Script {
    Kanji,
    Katakana,
    Latin,
    Digit,
    Single,
}

fn script(c: char) -> Script {
    match c {
        '一'..='鿿' | '㐀'..='䶿' | '々' | '\u{20000}'..='\u{3FFFF}' => Script::Kanji,
        'ァ'..='ヺ' | 'ー' => Script::Katakana,
        'A'..='Z' | 'a'..='z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Script::Latin,
        '0'..='9' | '０'..='９' => Script::Digit,
        _ => Script::Single,
    }
}

fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut begin = 0;
    let mut last: Option<Script> = None;
    for (index, c) in text.char_indices() {
        let this = script(c);
        if last.is_some_and(|last| last != this || this == Script::Single) {
            words.extend(text.get(begin..index));
            begin = index;
        }
        last = Some(this);
    }
    words.extend(text.get(begin..).filter(|rest| !rest.is_empty()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(old: &str, new: &str) -> String {
        let piece = |piece: Piece| match piece.part {
            Part::Same => piece.text,
            Part::Removed => format!("[-{}-]", piece.text),
            Part::Added => format!("[+{}+]", piece.text),
        };
        difference(old, new).into_iter().map(piece).collect()
    }

    #[test]
    fn only_the_changed_words_are_marked() {
        for (old, new, expected) in [
            ("10日以内に停止する。", "5日以内に停止する。", "[-10-][+5+]日以内に停止する。"),
            ("端末を施錠する。", "端末を施錠し、保管する。", "端末を施錠[+し、保管+]する。"),
            ("許可を得る。", "許可を得る。", "許可を得る。"),
            ("", "新設する。", "[+新設する。+]"),
            ("廃止する。", "", "[-廃止する。-]"),
            ("USBメモリを使う。", "クラウドを使う。", "[-USBメモリ-][+クラウド+]を使う。"),
        ] {
            assert_eq!(marked(old, new), expected);
        }
    }

    proptest! {
        #[test]
        fn both_texts_come_back(old in "[端末を施錠する。、AB12アイ𠮷\n]{0,60}", new in "[端末を施錠する。、AB12アイ𠮷\n]{0,60}") {
            let side = |gone: Part| -> String {
                difference(&old, &new).into_iter().filter(|piece| piece.part != gone).map(|piece| piece.text).collect()
            };
            prop_assert_eq!(side(Part::Added), old.clone());
            prop_assert_eq!(side(Part::Removed), new.clone());
        }
    }
}
