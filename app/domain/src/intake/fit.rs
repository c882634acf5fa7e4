//! Which question of an edition does a row of a form mean? By its hidden key, else by number and wording.

use super::Sureness;
use crate::clause::fold;
use crate::lineage::likeness;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A question as a form has it; empty where the form says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The hidden key of one of our own forms.
    pub item_key: String,
    /// Its number in plain form.
    pub no: String,
    /// Its text, without the number.
    pub text: String,
}

/// A question of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The place in the edition.
    pub item: Uuid,
    /// Its number on the sheet.
    pub no: i32,
    /// Its text.
    pub text: String,
}

/// What a row was found to mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// The place in the edition.
    pub item: Uuid,
    /// How alike the texts are, 0..=1.
    pub likeness: f64,
    /// How sure the match is.
    pub sureness: Sureness,
}

/// From here on two wordings are the same question whatever its number.
const SAME: f64 = 0.85;
/// From here on they are if the number agrees.
const SAME_WITH_NUMBER: f64 = 0.6;
/// Below, nothing connects them.
const ALIKE: f64 = 0.4;

/// For each row its question. The same words come first, then the likest pairs; no question is given to two rows.
pub fn fit(found: &[Found], wanted: &[Wanted]) -> Vec<Option<Fit>> {
    let mut fits: Vec<Option<Fit>> = vec![None; found.len()];
    let mut given = vec![false; wanted.len()];
    exact(found, wanted, &mut fits, &mut given);
    let mut pairs: Vec<(usize, usize, Fit)> = Vec::new();
    for (row, one) in found.iter().enumerate().filter(|(row, _)| fits.get(*row) == Some(&None)) {
        for (place, other) in wanted.iter().enumerate().filter(|(place, _)| given.get(*place) == Some(&false))
        {
            pairs.extend(pair(one, other).map(|fit| (row, place, fit)));
        }
    }
    pairs.sort_by(|(_, _, a), (_, _, b)| b.sureness.cmp(&a.sureness).then(b.likeness.total_cmp(&a.likeness)));
    for (row, place, fit) in pairs {
        if let (Some(slot @ None), Some(taken @ false)) = (fits.get_mut(row), given.get_mut(place)) {
            *slot = Some(fit);
            *taken = true;
        }
    }
    fits
}

/// Comparing every row with every question is slow, and most rows are worded as the question is.
fn exact(found: &[Found], wanted: &[Wanted], fits: &mut [Option<Fit>], given: &mut [bool]) {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, one) in wanted.iter().enumerate().rev() {
        places.entry(fold(&one.text)).or_default().push(place);
    }
    for (one, slot) in found.iter().zip(fits) {
        let place = match one.item_key.is_empty() && !one.text.is_empty() {
            true => places.get_mut(&fold(&one.text)).and_then(Vec::pop),
            false => None,
        };
        if let Some((other, taken)) =
            place.and_then(|place| Some((wanted.get(place)?, given.get_mut(place)?)))
        {
            *slot = Some(Fit { item: other.item, likeness: 1.0, sureness: Sureness::High });
            *taken = true;
        }
    }
}

fn pair(one: &Found, other: &Wanted) -> Option<Fit> {
    let with = |likeness: f64, sureness: Sureness| Some(Fit { item: other.item, likeness, sureness });
    if !one.item_key.is_empty() {
        return if one.item_key == other.item.to_string() { with(1.0, Sureness::High) } else { None };
    }
    let same_number = fold(&one.no) == other.no.to_string();
    if one.text.is_empty() {
        return if same_number { with(0.0, Sureness::Low) } else { None };
    }
    let likeness = likeness(&one.text, &other.text);
    match likeness {
        SAME.. => with(likeness, Sureness::High),
        SAME_WITH_NUMBER.. if same_number => with(likeness, Sureness::Medium),
        ALIKE.. => with(likeness, Sureness::Low),
        _ => None,
    }
}

/// How well the questions of a form fit an edition, 0..=100: the share of both that found each other.
pub fn share(fits: &[Option<Fit>], wanted: usize) -> u8 {
    let matched = fits.iter().flatten().filter(|fit| fit.sureness > Sureness::Low).count();
    let both = fits.len() + wanted;
    // At most 100, as no question is given to two rows.
    (200 * matched).checked_div(both).and_then(|share| u8::try_from(share).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEMS: [&str; 3] = [
        "離席するときに、端末の画面をロックしていますか。",
        "業務用の端末に、私物の記録媒体を接続していませんか。",
        "個人情報を含む書類を、施錠できる書庫に保管していますか。",
    ];

    fn wanted() -> Vec<Wanted> {
        (1..)
            .zip(ITEMS)
            .map(|(no, text)| Wanted { item: Uuid::from_u128(no as u128), no, text: text.into() })
            .collect()
    }

    fn found(rows: &[(&str, &str, &str)]) -> Vec<Found> {
        let row = |(key, no, text): &(&str, &str, &str)| Found {
            item_key: (*key).into(),
            no: (*no).into(),
            text: (*text).into(),
        };
        rows.iter().map(row).collect()
    }

    fn numbers(fits: &[Option<Fit>]) -> Vec<Option<(u128, Sureness)>> {
        fits.iter().map(|fit| fit.map(|fit| (fit.item.as_u128(), fit.sureness))).collect()
    }

    #[test]
    fn rows_in_another_order_and_with_other_typography_find_their_questions() {
        let rows = found(&[
            ("", "1", "個人情報を含む書類を施錠できる書庫に保管していますか"),
            ("", "2", "離席するときに，端末の画面を ロックしていますか。"),
            ("", "3", "本日の朝食を記入してください。"),
        ]);
        let fits = fit(&rows, &wanted());
        assert_eq!(numbers(&fits), [Some((3, Sureness::High)), Some((1, Sureness::High)), None]);
        assert_eq!(share(&fits, 3), 66);
    }

    #[test]
    fn a_reworded_question_is_sure_only_with_its_number_and_a_bare_number_never() {
        let reworded = "離席するときに端末をロックしていますか。";
        let table = [("1", Sureness::Medium), ("9", Sureness::Low)];
        for (no, expected) in table {
            let fits = fit(&found(&[("", no, reworded)]), &wanted());
            assert_eq!(numbers(&fits), [Some((1, expected))]);
        }
        assert_eq!(numbers(&fit(&found(&[("", "２", "")]), &wanted())), [Some((2, Sureness::Low))]);
    }

    #[test]
    fn a_hidden_key_decides_and_a_foreign_one_is_no_question_of_this_sheet() {
        let own = Uuid::from_u128(2).to_string();
        let foreign = Uuid::from_u128(9).to_string();
        let fits = fit(&found(&[(&own, "1", ITEMS[0]), (&foreign, "1", ITEMS[0])]), &wanted());
        assert_eq!(numbers(&fits), [Some((2, Sureness::High)), None]);
    }

    #[test]
    fn no_question_is_given_to_two_rows() {
        let fits = fit(&found(&[("", "1", ITEMS[0]), ("", "1", ITEMS[0])]), &wanted());
        assert_eq!(fits.iter().flatten().filter(|fit| fit.item == Uuid::from_u128(1)).count(), 1);
    }
}
