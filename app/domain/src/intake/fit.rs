//! How well the questions of a form fit an edition.

use crate::form::matching::{Asked, Certainty, Known, matches};
use uuid::Uuid;

/// What a row of a form was found to mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// The place in the edition.
    pub item: Uuid,
    /// How sure the match is.
    pub sureness: Certainty,
}

/// For each row its question; `known` carries the place in the edition as its key.
pub fn fit(asked: &[Asked], known: &[Known]) -> Vec<Option<Fit>> {
    let fit = |one: crate::form::matching::Match| {
        let item = Uuid::parse_str(&known.get(one.known?)?.key).ok()?;
        Some(Fit { item, sureness: one.certainty })
    };
    matches(asked, known).into_iter().map(fit).collect()
}

/// How well the questions of a form fit an edition, 0..=100: the share of both that found each other.
pub fn share(fits: &[Option<Fit>], known: usize) -> u8 {
    let matched = fits.iter().flatten().filter(|fit| fit.sureness > Certainty::Asked).count();
    let both = fits.len() + known;
    // At most 100, as no question is taken twice.
    (200 * matched).checked_div(both).and_then(|share| u8::try_from(share).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_counts_both_sides_and_only_what_is_not_to_be_asked() {
        let fit = |sureness| Some(Fit { item: Uuid::nil(), sureness });
        let fits = [fit(Certainty::Sure), fit(Certainty::Likely), fit(Certainty::Asked), None];
        assert_eq!((share(&fits, 4), share(&fits, 12), share(&[], 0)), (50, 25, 0));
    }
}
