//! What results may be shown and compared.

use crate::rate;

/// The fewest respondents whose answers are shown to a head while only totals may be seen.
pub const FEWEST: i64 = 5;

/// Which cells of a row have to stay hidden, given how many people stand behind each cell.
///
/// A cell nobody answered hides nothing. If only one cell would be hidden, it could be computed from the row's
/// total; then the smallest of the others is hidden with it.
pub fn hidden(respondents: &[i64]) -> Vec<bool> {
    let mut hidden: Vec<bool> = respondents.iter().map(|people| (1..FEWEST).contains(people)).collect();
    if hidden.iter().filter(|hidden| **hidden).count() == 1 {
        let partner = respondents
            .iter()
            .enumerate()
            .filter(|(index, people)| **people > 0 && !hidden.get(*index).copied().unwrap_or(false));
        let partner = partner.min_by_key(|(_, people)| **people).map(|(index, _)| index);
        if let Some(cell) = partner.and_then(|index| hidden.get_mut(index)) {
            *cell = true;
        }
    }
    hidden
}

/// Whether a question may be compared with the year before: `same` or `minor`, never `new` or `changed`.
pub fn comparable(change: &str) -> bool {
    matches!(change, "same" | "minor")
}

/// The change in percentage points, computed from the rounded rates so that a reader can follow it.
/// `None` if either rate does not exist.
pub fn change(now: Option<f64>, before: Option<f64>) -> Option<f64> {
    let points = rate::round(now?) - rate::round(before?);
    // Differences of decimals: 89.6 - 88.3 must be 1.3, not 1.2999999999999972.
    Some((points * 10.0).round() / 10.0)
}

/// The change as it is shown: `▲ ＋1.3`, `▼ －1.4`, `± 0.0`, `―`.
pub fn change_text(points: Option<f64>) -> String {
    match points {
        None => "―".to_string(),
        Some(points) if points > 0.0 => format!("▲ ＋{points:.1}"),
        Some(points) if points < 0.0 => format!("▼ －{:.1}", points.abs()),
        Some(_) => "± 0.0".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_cells_are_hidden_and_can_not_be_computed_from_the_total() {
        for (respondents, expected) in [
            (vec![20, 20, 0], vec![false, false, false]),
            (vec![4, 4, 0], vec![true, true, false]),
            (vec![20, 1, 12], vec![false, true, true]),
            (vec![20, 1, 2], vec![false, true, true]),
            (vec![3], vec![true]),
            (vec![5], vec![false]),
        ] {
            assert_eq!(hidden(&respondents), expected, "{respondents:?}");
        }
    }

    #[test]
    fn a_change_is_the_difference_of_the_shown_rates() {
        for (now, before, text) in [
            (Some(0.896), Some(0.883), "▲ ＋1.3"),
            (Some(0.8), Some(0.814), "▼ －1.4"),
            (Some(0.90001), Some(0.9), "± 0.0"),
            (None, Some(0.9), "―"),
            (Some(0.9), None, "―"),
        ] {
            assert_eq!(change_text(change(now, before)), text);
        }
    }

    #[test]
    fn only_questions_that_ask_the_same_are_compared() {
        for (kind, expected) in [("same", true), ("minor", true), ("new", false), ("changed", false)] {
            assert_eq!(comparable(kind), expected, "{kind}");
        }
    }
}
