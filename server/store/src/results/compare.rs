//! The year before: what may be compared with what.

use super::load::{Item, Unit, Year};
use domain::question::setting::Setting;
use domain::rate::Tally;
use domain::results::{change, comparable};
use domain::sheet::Change;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The inspection before, with the questions that ask the same.
pub(super) struct Before {
    year: Option<Year>,
    /// By index of this year's item: last year's item.
    same: Vec<Option<usize>>,
}

impl Before {
    /// Pairs the questions of two years by their identity.
    pub fn new(now: &Year, year: Option<Year>) -> Before {
        let earlier: BTreeMap<Uuid, (usize, &Setting)> = year
            .iter()
            .flat_map(|year| year.items.iter().zip(0..))
            .map(|(item, index)| (item.row.question_id, (index, &item.setting)))
            .collect();
        let pair = |item: &Item| {
            let (index, setting) = earlier.get(&item.row.question_id)?;
            // Another scale or threshold, or other people asked, is another question, whatever was declared.
            let same_meaning = item.setting.change_since(setting) != Some(Change::Changed);
            (comparable(&item.row.change) && same_meaning).then_some(*index)
        };
        let same = now.items.iter().map(pair).collect();
        Before { year, same }
    }

    /// The same unit in the year before; none if departments came or went.
    fn departments(&self, unit: Option<&Unit>) -> Option<BTreeSet<Uuid>> {
        let year = self.year.as_ref()?;
        match unit {
            None => Some(year.everything()),
            Some(unit) => year
                .unit(unit.id)
                .map(|before| before.departments)
                .filter(|departments| *departments == unit.departments),
        }
    }

    /// 実施率 in points on the questions that ask the same, over a unit (or the city).
    pub fn done(&self, unit: Option<&Unit>, now: &[Tally]) -> Option<f64> {
        let before = self.year.as_ref()?.per_item(&self.departments(unit)?);
        let pairs =
            || now.iter().zip(&self.same).filter_map(|(now, index)| Some((*now, *before.get((*index)?)?)));
        let now: Tally = pairs().map(|(now, _)| now).sum();
        let before: Tally = pairs().map(|(_, before)| before).sum();
        change(now.done_rate(), before.done_rate())
    }

    /// 実施率 in points of every question over a unit (or the city), by index of the item.
    pub fn questions(&self, unit: Option<&Unit>, now: &[Tally]) -> Vec<Option<f64>> {
        let before = self.year.as_ref().zip(self.departments(unit)).map(|(year, of)| year.per_item(&of));
        now.iter()
            .zip(&self.same)
            .map(|(now, index)| {
                let before = before.as_ref()?.get((*index)?)?;
                change(now.done_rate(), before.done_rate())
            })
            .collect()
    }

    /// 把握率 in points.
    pub fn coverage(&self, unit: Option<&Unit>, now: Option<f64>) -> Option<f64> {
        let before = self.year.as_ref()?.coverage(&self.departments(unit)?, None);
        change(now, before.rate())
    }
}
