//! Words of the board that the screen and its workbook share.

use domain::calendar::{short_day, short_time};
use domain::inspection::board::{Asked, Show, Sort};
use store::inspection::board::{Board, Line};

/// How the head's confirmation stands; after the closing nothing is waited for any more.
pub fn confirmation_word(line: &Line, closed: bool) -> String {
    match () {
        () if line.is_confirmed_early() => format!("確認済（未提出{}件）", line.coverage.missing()),
        () if line.confirmed.is_some() => "確認済".to_string(),
        () if line.coverage.targets == 0 => "対象なし".to_string(),
        () if closed => "未確認".to_string(),
        () if line.awaits_confirmation() => "確認待ち".to_string(),
        () => "回答中".to_string(),
    }
}

/// When it was confirmed, and by whom (family name).
pub fn confirmed_by(line: &Line) -> Option<String> {
    let (at, name) = line.confirmed.as_ref()?;
    let family = name.split_whitespace().next().unwrap_or_default();
    Some(format!("{} {family}", short_time(*at)))
}

/// The department's deadline.
pub fn deadline(line: &Line) -> String {
    short_day(line.due_on)
}

/// By how many days it has passed, where something is missing.
pub fn overdue(line: &Line) -> Option<String> {
    line.standing().is_overdue().then(|| format!("{}日超過", line.days_late))
}

/// What was asked of the board, in words: 未提出あり・把握率の低い順. Nothing for the whole board.
pub fn asked_words(board: &Board, asked: &Asked) -> String {
    let division = board.divisions.iter().find(|division| Some(division.id) == asked.division);
    let parts = [
        division.map(|division| division.name.clone()),
        (asked.show != Show::All).then(|| asked.show.label().to_string()),
        (asked.sort != Sort::Organisation).then(|| asked.sort.label(asked.turned).to_string()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("・")
}
