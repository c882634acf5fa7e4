//! The board: who has answered, and day by day.

use super::{Asked, Listed, Made};
use app::inspection::board_text::{asked_words, confirmation_word, overdue};
use app::inspection::day_chart::{Day, days as by_day};
use documents::table::Columns;
use domain::inspection::board::Asked as Wanted;
use store::inspection::board::{Board, Division, Line, Row, board as load};

/// A row of the board: a 部, with its sums where no department follows.
type Shown = (Division, Option<Line>);

async fn read(asked: &Asked) -> Result<(Board, Wanted), app::error::AppError> {
    let id = asked.id("inspection")?;
    let text = |name| asked.text(name);
    let wanted = Wanted::read(&text("show"), &text("sort"), &text("division"), &text("turn"));
    Ok((load(&asked.db, &asked.actor, id, asked.now).await?, wanted))
}

/// The rows, order and values of the screen.
pub async fn board(asked: Asked) -> Made {
    let (board, wanted) = read(&asked).await?;
    let rows: Vec<Shown> = board.rows(&wanted).into_iter().map(owned).collect();
    let words = asked_words(&board, &wanted);
    let of = if words.is_empty() {
        board.inspection.name
    } else {
        format!("{}（{words}）", board.inspection.name)
    };
    let listed: Listed = columns(board.closed).table(&rows).into();
    Ok(listed.of(of).about("inspection", board.inspection.id))
}

fn owned(row: Row<'_>) -> Shown {
    let bare = |division: &Division| Division { lines: Vec::new(), ..division.clone() };
    match row {
        Row::Division(division) => (bare(division), None),
        Row::Department(division, line) => (bare(division), Some(line.clone())),
    }
}

fn columns(closed: bool) -> Columns<Shown> {
    let coverage = |(division, line): &Shown| line.as_ref().map_or(division.coverage, |line| line.coverage);
    Columns::<Shown>::new()
        .with("部", |(division, _)| division.name.clone())
        .with("所属", |(_, line)| {
            line.as_ref().map_or("（部の計）".to_string(), |line| line.name.clone())
        })
        .with("対象", move |row| coverage(row).targets)
        .with("提出済", move |row| coverage(row).submitted)
        .rate("把握率", move |row| coverage(row).rate())
        .with("未提出", move |row| coverage(row).missing())
        .with("未提出（人）", |(_, line)| line.as_ref().map(|line| line.missing_people))
        .with("うち差戻し", |(division, line)| {
            line.as_ref().map_or(division.returned, |line| line.returned)
        })
        .with("所属長確認", move |(division, line)| match line {
            Some(line) => confirmation_word(line, closed),
            None => format!("{}／{}所属", division.confirmed, division.departments),
        })
        .moment("確認の日時", |(_, line)| Some(line.as_ref()?.confirmed.as_ref()?.0))
        .with("確認者", |(_, line)| {
            line.as_ref().and_then(|line| Some(line.confirmed.as_ref()?.1.clone()))
        })
        .day("期限", |(_, line)| line.as_ref().map(|line| line.due_on))
        .with("期限超過", |(division, line)| match line {
            Some(line) => overdue(line),
            None => (division.overdue > 0).then(|| format!("{}所属が超過", division.overdue)),
        })
        .moment("前回の督促", |(_, line)| line.as_ref().and_then(|line| line.reminded_at))
}

/// Sheets handed in by day.
pub async fn days(asked: Asked) -> Made {
    let (board, _) = read(&asked).await?;
    let inspection = &board.inspection;
    let rows = match board.by_day.is_empty() {
        true => Vec::new(),
        false => by_day(&board.by_day, inspection.opens_on, inspection.due_on, asked.today()),
    };
    let targets = board.coverage.targets;
    let columns = Columns::<Day>::new()
        .day("日", |day| Some(day.day))
        .with("提出", |day| day.sheets)
        .with("累計", |day| day.sum)
        .rate("把握率", move |day| (targets > 0).then(|| day.sum as f64 / targets as f64));
    let listed: Listed = columns.table(&rows).into();
    Ok(listed.of(inspection.name.clone()).about("inspection", inspection.id))
}
