//! To whom a question is shown. A hidden question is not owed: it leaves every denominator.

use super::Attribute;
use crate::answer::Raw;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// When a question is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "when", rename_all = "snake_case")]
pub enum Shown {
    /// To everybody who owes the sheet.
    #[default]
    Always,
    /// Only after one of these answers (keys of [`Raw`]) to an earlier question of the sheet, named by its
    /// identity.
    After { question: Uuid, answers: Vec<String> },
    /// Only to departments that have this.
    Having { attribute: Attribute },
}

/// A question at its place on the sheet.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Its identity over the years.
    pub question: Uuid,
    pub shown: &'a Shown,
    pub raw: Option<&'a Raw>,
}

/// The questions that are hidden, by their identity. `places` come in the order of the sheet.
///
/// A question that depends on a hidden one is hidden with it, whatever was answered there before. One that
/// depends on a question that is not on the sheet is shown: no duty gets lost.
pub fn hidden(places: &[Place<'_>], attributes: &[Attribute]) -> BTreeSet<Uuid> {
    let mut hidden = BTreeSet::new();
    for (index, place) in places.iter().enumerate() {
        let stays = match place.shown {
            Shown::Always => true,
            Shown::Having { attribute } => attributes.contains(attribute),
            Shown::After { question, answers } => {
                let earlier = places.iter().take(index).find(|earlier| earlier.question == *question);
                earlier.is_none_or(|earlier| {
                    let given = earlier.raw.is_some_and(|raw| answers.contains(&raw.key()));
                    given && !hidden.contains(question)
                })
            }
        };
        if !stays {
            hidden.insert(place.question);
        }
    }
    hidden
}
