//! Scales and what people write into them.

use super::{Dice, Scale};

type Texts = [&'static [&'static str]; 4];

const SIGNS: Texts =
    [&["○", "〇", "◯", "○ "], &["△", "▲"], &["×", "✕", "X", "☓"], &["－", "-", "ー", "／", "該当なし"]];
const YES: Texts = [&["はい", "はい ", "ハイ"], &["一部"], &["いいえ"], &["該当なし", "対象外", "該当無し"]];
const DOING: Texts = [
    &["実施している", "実施"],
    &["一部実施している", "一部実施"],
    &["実施していない", "未実施"],
    &["該当なし", "対象外"],
];
const ABLE: Texts =
    [&["できている"], &["一部できている", "概ねできている"], &["できていない"], &["該当なし", "N/A"]];
const CHECKS: Texts = [&["✓", "レ", "✔", "☑"], &["△"], &["×", "✗"], &["／", "－"]];
const LETTERS: Texts = [&["A", "Ａ"], &["B", "Ｂ"], &["C"], &["D"]];
const DIGITS: Texts = [&["1", "１"], &["2"], &["3", "３"], &["4"]];
const ONES: [&Texts; 7] = [&SIGNS, &YES, &DOING, &ABLE, &CHECKS, &LETTERS, &DIGITS];

type Labels = [(&'static str, &'static str)];

const YES_NO: &Labels = &[("はい", "done"), ("いいえ", "not_done"), ("該当なし", "na")];
const FOUR: &Labels = &[("実施", "done"), ("一部実施", "partial"), ("未実施", "not_done"), ("対象外", "na")];
const CAN: &Labels = &[
    ("できている", "done"),
    ("一部できている", "partial"),
    ("できていない", "not_done"),
    ("該当なし", "na"),
];
const MARKED: &Labels = &[("○", "done"), ("△", "partial"), ("×", "not_done"), ("－", "na")];
const TWO: &Labels = &[("適", "done"), ("否", "not_done")];
const CHOICES: [&Labels; 5] = [YES_NO, FOUR, CAN, MARKED, TWO];
const LEVELS: [&str; 4] = ["４", "３", "２", "１"];
const KEYS: [&str; 4] = ["done", "partial", "not_done", "na"];

pub fn scale(dice: &mut Dice) -> Scale {
    match dice.below(10) {
        0..=4 => Scale::One(dice.pick(&ONES)),
        5..=7 => Scale::Choices(dice.pick(&CHOICES)),
        8 => Scale::Levels,
        _ => Scale::LevelColumns,
    }
}

/// Headings of the columns of answers, where each choice has one.
pub fn labels(scale: &Scale) -> Vec<&'static str> {
    match scale {
        Scale::Choices(choices) => choices.iter().map(|(label, _)| *label).collect(),
        Scale::LevelColumns => LEVELS.to_vec(),
        _ => Vec::new(),
    }
}

/// Letters and digits mean nothing without a legend; signs are explained sometimes.
pub fn legend(scale: &Scale, dice: &mut Dice) -> Option<String> {
    let Scale::One(texts) = scale else { return None };
    let needed = *texts == &LETTERS || *texts == &DIGITS;
    let explained = *texts == &SIGNS && dice.chance(50);
    if !needed && !explained {
        return None;
    }
    let joint = dice.pick(&["：", "＝", "…", ":"]);
    let words = dice.pick(&[
        ["実施している", "一部実施している", "実施していない", "該当なし"],
        ["できている", "一部できている", "できていない", "対象外"],
    ]);
    let piece = |(signs, words): (&&[&str], &str)| format!("{}{joint}{words}", signs[0]);
    let pieces: Vec<String> = texts.iter().zip(words).map(piece).collect();
    Some(format!("【凡例】{}", pieces.join(dice.pick(&["　", "、", " "]))))
}

/// What stands in the cells of one answer and what it means.
#[derive(Default)]
pub struct Given {
    pub marks: Vec<(usize, String)>,
    pub crossed: bool,
    pub answer: Option<String>,
    pub problem: Option<String>,
}

fn fault(problem: &str, marks: Vec<(usize, String)>) -> Given {
    Given { marks, problem: Some(problem.to_string()), ..Given::default() }
}

pub fn given(scale: &Scale, dice: &mut Dice) -> Given {
    if dice.chance(6) {
        return fault("unanswered", Vec::new());
    }
    if dice.chance(3) && !matches!(scale, Scale::Levels) {
        return Given { crossed: true, answer: Some("na".to_string()), ..Given::default() };
    }
    match scale {
        Scale::One(texts) => in_one(texts, dice),
        Scale::Choices(choices) => by_column(choices.len(), dice, |index| choices[index].1.to_string()),
        Scale::LevelColumns => by_column(4, dice, |index| format!("level:{}", 4 - index)),
        Scale::Levels => level(dice),
    }
}

fn in_one(texts: &Texts, dice: &mut Dice) -> Given {
    match dice.below(100) {
        0..=4 => {
            let text = dice.pick(&["要確認", "確認中", "来年度から", "？", "不明"]);
            fault("unknown_answer", vec![(0, text.to_string())])
        }
        5..=8 => fault("multiple_marks", vec![(0, format!("{}・{}", texts[0][0].trim(), texts[2][0]))]),
        _ => {
            let which = dice.pick(&[0, 0, 0, 0, 1, 2, 3]);
            let text = dice.pick(texts[which]).to_string();
            Given { marks: vec![(0, text)], answer: Some(KEYS[which].to_string()), ..Given::default() }
        }
    }
}

fn level(dice: &mut Dice) -> Given {
    if dice.chance(5) {
        let text = dice.pick(&["3～4", "0", "6", "要確認"]);
        return fault("unknown_answer", vec![(0, text.to_string())]);
    }
    let level = 1 + dice.below(5);
    let text = dice.pick(&[level.to_string(), super::words::wide(&level.to_string())]);
    Given { marks: vec![(0, text)], answer: Some(format!("level:{level}")), ..Given::default() }
}

fn by_column(count: usize, dice: &mut Dice, key: impl Fn(usize) -> String) -> Given {
    let mark = dice.pick(&["○", "○", "✓", "レ", "●", "1", "◎", "〇"]).to_string();
    let first = dice.below(count as u64) as usize;
    if dice.chance(5) {
        return fault("multiple_marks", vec![(first, mark.clone()), ((first + 1) % count, mark)]);
    }
    Given { marks: vec![(first, mark)], answer: Some(key(first)), ..Given::default() }
}
