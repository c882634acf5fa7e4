//! The organisation, what departments have, and their sheets in an inspection.

use super::{Asked, Listed, Made};
use app::department::order::Order;
use app::department::people::{State, rows, sheet_of, state_word};
use app::department::show_page::{Person, by_person, shown};
use app::department::states::Gaps;
use app::department::tree_page::{below, day_of, history};
use documents::table::Columns;
use domain::department::Kind;
use domain::question::setting::Attribute;
use store::department::attribute::{self, Line as Attributed};
use store::department::tree::{Line, tree};
use store::department::{Row, page};
use store::system::{Line as System, list};
use time::Date;

fn names(people: &[(uuid::Uuid, String)]) -> String {
    people.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("、")
}

/// The departments of a day.
pub async fn departments(asked: Asked) -> Made {
    let lines = tree(&asked.db, &asked.actor, day_of(&asked)).await?;
    let sums: Vec<Option<usize>> =
        (0..lines.len()).map(|at| below(lines.get(at..).unwrap_or_default())).collect();
    let rows: Vec<(Line, Option<usize>)> = lines.into_iter().zip(sums).collect();
    let columns = Columns::<(Line, Option<usize>)>::new()
        .with("階層", |(line, _)| line.depth + 1)
        .with("所属", |(line, _)| line.name.clone())
        .with("種類", |(line, _)| line.kind.map(Kind::label))
        .with("コード", |(line, _)| line.code.clone())
        .with("所属長", |(line, _)| names(&line.heads))
        .with("職員", |(line, sum)| sum.unwrap_or(line.people))
        .with("前後の所属", |(line, _)| history(&line.links));
    Ok(columns.table(&rows).into())
}

/// The people of a department.
pub async fn members(asked: Asked) -> Made {
    let shown = shown(&asked).await?;
    let columns = Columns::<Person>::new()
        .with("氏名", |person| person.first.name.clone())
        .with("ふりがな", |person| person.first.kana.clone())
        .with("職名", |person| person.first.title.clone())
        .with("役割", |person| person.roles.join("、"));
    let listed: Listed = columns.table(&by_person(shown.members)).into();
    Ok(listed.of(shown.name))
}

/// What each department has or does.
pub async fn attributes(asked: Asked) -> Made {
    let lines = attribute::list(&asked.db, &asked.actor, asked.today()).await?;
    let columns = Columns::<Attributed>::new()
        .with("部", |line| line.division.clone())
        .with("所属", |line| line.name.clone());
    let columns = Attribute::ALL.into_iter().fold(columns, |columns, one| {
        columns.with(one.short(), move |line| if line.attributes.contains(&one) { "○" } else { "" })
    });
    Ok(columns.table(&lines).into())
}

/// The information systems.
pub async fn systems(asked: Asked) -> Made {
    let register = list(&asked.db, &asked.actor, asked.today()).await?;
    let columns = Columns::<System>::new()
        .with("情報システム", |line| line.name.clone())
        .with("所管", |line| line.department.clone())
        .with("情報システム管理者", |line| names(&line.managers))
        .day("最初の日", |line| Some(line.from))
        .day("最後の日", |line| line.to.and_then(Date::previous_day));
    Ok(columns.table(&register.lines).into())
}

/// The sheets of a department in an inspection.
pub async fn targets(asked: Asked) -> Made {
    let (inspection, department) = (asked.id("inspection")?, asked.id("department")?);
    let shown = page(&asked.db, &asked.actor, inspection, department, asked.now).await?;
    let state = State::from_key(&asked.text("state"));
    let order = Order::read(&asked.text("sort"), &asked.text("turn"));
    let rows: Vec<(Row, Gaps)> = rows(&shown, state, order);
    let mut columns = Columns::<(Row, Gaps)>::new()
        .with("氏名", |(row, _)| row.name.clone())
        .with("職名", |(row, _)| row.title.clone())
        .with("点検票", |(row, _)| sheet_of(row))
        .with("状態", |(row, _)| state_word(row))
        .with("確認の後に提出", |(row, _)| if row.is_late() { "確認の後に提出" } else { "" })
        .with("差戻しの理由", |(row, _)| row.facts.returned.as_ref().map(|back| back.reason.clone()))
        .with("代理入力", |(row, _)| row.by_proxy.clone())
        .with("回答した設問", |(row, _)| row.progress.answered)
        .with("設問", |(row, _)| row.progress.total);
    if shown.answers.as_ref().is_some_and(|answers| answers.named) {
        columns = columns
            .with("一部実施", |(_, gaps)| gaps.map(|(partial, _)| partial))
            .with("未実施", |(_, gaps)| gaps.map(|(_, not_done)| not_done));
    }
    let columns = columns.moment("提出", |(row, _)| row.facts.submission.map(|(_, at)| at));
    let listed: Listed = columns.table(&rows).into();
    Ok(listed.of(format!("{}_{}", shown.inspection.name, shown.name)).about("inspection", inspection))
}
