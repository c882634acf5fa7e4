//! Headings that are choices: はい・いいえ, ○△×, 4 3 2 1, 「2　一部実施」.

use super::super::super::value::fold;
use super::super::mark::{DOUBTFUL, Marks, level_of};
use super::super::phrase;
use super::super::value_of;
use super::super::words::{Role, role_exact, without_brackets};
use super::{Choice, Unit};
use domain::answer::{Raw, Value};
use std::collections::BTreeSet;

/// What a heading stands for if it is a choice.
pub fn meaning(label: &str, marks: &Marks) -> Option<Raw> {
    if label.chars().count() > 20 {
        return None;
    }
    if let Some(value) = marks.legend.of(label) {
        return Some(Raw::Mark(value));
    }
    if DOUBTFUL.contains(&label) {
        return Some(Raw::Mark(Value::Done));
    }
    let bare = without_brackets(label);
    let within: String = label.chars().filter(|c| !"()（）[]［］【】".contains(*c)).collect();
    [label, &bare, within.as_str()]
        .iter()
        .find_map(|text| value_of(text))
        .map(Raw::Mark)
        .or_else(|| level(label))
}

fn level(label: &str) -> Option<Raw> {
    level_of(label).or_else(|| level_of(&without_brackets(label))).map(Raw::Level)
}

/// Digits before words: 「2　一部実施」 is its words, if they are known; 「3：測定している」 is a level.
fn with_digits(label: &str) -> Option<(u8, String)> {
    let first = label.trim().chars().next()?;
    let level = level_of(&first.to_string())?;
    let words = label.trim()[first.len_utf8()..]
        .trim_start_matches(|c: char| c.is_whitespace() || "：:.．、)）・".contains(c));
    (!words.is_empty()).then(|| (level, words.to_string()))
}

/// The first run of headings that are choices of the same group, at least two different ones.
pub fn find(units: &[Unit], marks: &Marks) -> Option<Vec<Choice>> {
    let mut index = 0;
    // 「No」 is a choice only beside 「Yes」.
    let yes = units.iter().any(|unit| fold(unit.leaf()) == "yes");
    while index < units.len() {
        let run = if is_no(&units[index]) && !yes { Vec::new() } else { run(units, index, marks) };
        if run.len() >= 2 && different(&run) {
            return Some(run);
        }
        index += run.len().max(1);
    }
    None
}

fn run(units: &[Unit], from: usize, marks: &Marks) -> Vec<Choice> {
    let group = units[from].group();
    let same_group = |unit: &&Unit| unit.group() == group || group.is_none();
    let run: Vec<&Unit> =
        units[from..].iter().take_while(same_group).take_while(|unit| may_be(unit, marks)).collect();
    let yes = run.iter().any(|unit| fold(unit.leaf()) == "yes");
    let run: Vec<&Unit> = run.into_iter().take_while(|unit| yes || !is_no(unit)).collect();
    let digits = run.iter().all(|unit| with_digits(unit.leaf()).is_some());
    let words_known =
        run.iter().all(|unit| with_digits(unit.leaf()).is_some_and(|(_, words)| value_of(&words).is_some()));
    let levels = run.len() >= 3
        && run.iter().all(|unit| level(unit.leaf()).is_some() && marks.legend.of(unit.leaf()).is_none());
    let choice = |unit: &&Unit| {
        let label = unit.leaf().to_string();
        let means = match (digits, with_digits(&label)) {
            _ if levels => level(&label),
            (true, Some((_, words))) if words_known => value_of(&words).map(Raw::Mark),
            (true, Some((level, _))) => Some(Raw::Level(level)),
            _ => meaning(&label, marks).or_else(|| phrase::value(&label).map(Raw::Mark)),
        };
        Some(Choice { span: unit.span, label, means: means? })
    };
    run.iter().map_while(choice).collect()
}

fn is_no(unit: &Unit) -> bool {
    fold(unit.leaf()) == "no"
}

fn may_be(unit: &Unit, marks: &Marks) -> bool {
    if matches!(unit.group_role(), Some(Role::Previous | Role::Target | Role::Ignore)) {
        return false;
    }
    let leaf = unit.leaf();
    if meaning(leaf, marks).is_some() || with_digits(leaf).is_some() {
        return true;
    }
    // Longer labels count only under a heading of answers.
    role_exact(leaf).is_none() && unit.group_role() == Some(Role::Answer) && phrase::value(leaf).is_some()
}

/// Columns of one meaning are no scale, nor are one or two levels.
fn different(run: &[Choice]) -> bool {
    let means: BTreeSet<&Raw> = run.iter().map(|choice| &choice.means).collect();
    let levels = run.iter().filter(|choice| matches!(choice.means, Raw::Level(_))).count();
    match levels {
        0 => means.len() >= 2 && (means.contains(&Raw::Mark(Value::Done)) || means.len() >= 3),
        levels => levels >= 3 && means.len() == run.len(),
    }
}
