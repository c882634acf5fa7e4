//! A sentence cut at its marks, for the screen.

use super::{Mark, Part};

/// The sentence in pieces, each with what it was marked as. Where marks overlap, the first one wins.
pub fn marked(text: &str, marks: &[Mark]) -> Vec<(Option<Part>, String)> {
    let chars: Vec<char> = text.chars().collect();
    let piece = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    let mut sorted: Vec<&Mark> = marks.iter().collect();
    sorted.sort_by_key(|mark| (mark.from, mark.to));
    let mut pieces = Vec::new();
    let mut done = 0;
    for mark in sorted {
        let (from, to) = (mark.from.max(done).min(chars.len()), mark.to.min(chars.len()));
        if from >= to {
            continue;
        }
        if done < from {
            pieces.push((None, piece(done, from)));
        }
        pieces.push((Some(mark.part), piece(from, to)));
        done = to;
    }
    if done < chars.len() {
        pieces.push((None, piece(done, chars.len())));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_sentence_is_cut_at_its_marks() {
        let marks = [
            Mark { part: Part::Verb, from: 6, to: 8 },
            Mark { part: Part::Subject, from: 0, to: 2 },
            Mark { part: Part::Condition, from: 1, to: 4 },
        ];
        let pieces = marked("あいうえおかきく。", &marks);
        let words: Vec<(Option<Part>, &str)> =
            pieces.iter().map(|(part, text)| (*part, text.as_str())).collect();
        assert_eq!(
            words,
            [
                (Some(Part::Subject), "あい"),
                (Some(Part::Condition), "うえ"),
                (None, "おか"),
                (Some(Part::Verb), "きく"),
                (None, "。"),
            ]
        );
    }

    proptest! {
        #[test]
        fn nothing_of_the_sentence_is_lost(text in ".{0,20}", ends in prop::collection::vec((0usize..25, 0usize..25), 0..4)) {
            let marks: Vec<Mark> = ends.iter().map(|(from, to)| Mark { part: Part::Verb, from: *from, to: *to }).collect();
            let whole: String = marked(&text, &marks).into_iter().map(|(_, piece)| piece).collect();
            prop_assert_eq!(whole, text);
        }
    }
}
