//! How far 課, 部 and the city are confirmed and approved.

use super::{Asked, Listed, Made};
use app::error::AppError;
use documents::table::Columns;
use domain::rate::Tally;
use store::approval::{self, DepartmentLine, DivisionPage, Given, ImprovementLine, QuestionGap, Unit};

/// How a department stands.
fn word(line: &DepartmentLine) -> String {
    match (&line.confirmed, line.coverage.missing()) {
        (Some(_), 0) => "確認済み".to_string(),
        (Some(_), missing) => format!("確認済み（未提出{missing}件）"),
        (None, 0) => "確認待ち".to_string(),
        (None, missing) => format!("未提出 {missing}件"),
    }
}

fn given(columns: Columns<Shown>, heading: &'static str) -> Columns<Shown> {
    columns
        .moment(heading, |row| row.given().map(|given| given.at))
        .with("確認・承認した者", |row| row.given().map(|given| given.by.clone()))
        .with("所見", |row| row.given().map(|given| given.note.clone()))
}

/// A 部 with the sums of its departments, or a department.
enum Shown {
    Unit(Unit),
    Department(String, DepartmentLine),
}

impl Shown {
    fn given(&self) -> Option<&Given> {
        match self {
            Shown::Unit(unit) => unit.approved.as_ref(),
            Shown::Department(_, line) => line.confirmed.as_ref(),
        }
    }

    fn lines(&self) -> &[DepartmentLine] {
        match self {
            Shown::Unit(unit) => &unit.lines,
            Shown::Department(_, line) => std::slice::from_ref(line),
        }
    }

    fn count(&self, of: impl Fn(&DepartmentLine) -> i64) -> i64 {
        self.lines().iter().map(of).sum()
    }

    /// None where a number is hidden.
    fn rate(&self) -> Option<f64> {
        let hidden = self.lines().iter().any(|line| line.cell.hidden);
        let tally: Tally = self.lines().iter().map(|line| line.cell.tally).sum();
        tally.done_rate().filter(|_| !hidden)
    }
}

fn columns() -> Columns<Shown> {
    let columns = Columns::<Shown>::new()
        .with("部", |row| match row {
            Shown::Unit(unit) => unit.name.clone(),
            Shown::Department(unit, _) => unit.clone(),
        })
        .with("所属", |row| match row {
            Shown::Unit(_) => "（部の計）".to_string(),
            Shown::Department(_, line) => line.name.clone(),
        })
        .with("確認・承認", |row| match row {
            Shown::Unit(Unit { approved: Some(_), .. }) => "部長承認済み".to_string(),
            Shown::Unit(unit) if unit.asked && unit.confirmed() == unit.lines.len() => {
                "部長の承認待ち".to_string()
            }
            Shown::Unit(unit) => format!("確認 {}／{}所属", unit.confirmed(), unit.lines.len()),
            Shown::Department(_, line) => word(line),
        });
    given(columns, "確認・承認の日時")
        .with("提出", |row| row.count(|line| line.coverage.submitted))
        .with("対象", |row| row.count(|line| line.coverage.targets))
        .rate("実施率", Shown::rate)
        .with("一部実施・未実施の設問", |row| {
            row.count(|line| i64::try_from(line.gaps.len()).unwrap_or(i64::MAX))
        })
        .with("改善策なし", |row| row.count(|line| i64::try_from(line.bare()).unwrap_or(i64::MAX)))
        .with("確認の後に提出", |row| row.count(|line| i64::try_from(line.late).unwrap_or(i64::MAX)))
}

async fn load(asked: &Asked) -> Result<DivisionPage, AppError> {
    let (inspection, division) = (asked.id("inspection")?, asked.id("division")?);
    Ok(approval::division(&asked.db, &asked.actor, inspection, division, asked.now).await?)
}

fn named(listed: Listed, page: &DivisionPage) -> Listed {
    let of = format!("{}_{}", page.inspection.name, page.unit.name);
    listed.of(of).about("inspection", page.inspection.id)
}

/// The departments of a 部.
pub async fn division(asked: Asked) -> Made {
    let page = load(&asked).await?;
    let name = &page.unit.name;
    let rows: Vec<Shown> =
        page.unit.lines.iter().map(|line| Shown::Department(name.clone(), line.clone())).collect();
    Ok(named(columns().table(&rows).into(), &page))
}

/// Its questions with gaps, department by department.
pub async fn gaps(asked: Asked) -> Made {
    let page = load(&asked).await?;
    let rows: Vec<(String, QuestionGap)> = page
        .unit
        .lines
        .iter()
        .flat_map(|line| line.gaps.iter().map(|gap| (line.name.clone(), gap.clone())))
        .collect();
    let columns = Columns::<(String, QuestionGap)>::new()
        .with("所属", |(name, _)| name.clone())
        .with("点検票", |(_, gap)| gap.role.clone())
        .with("問", |(_, gap)| gap.no)
        .with("設問", |(_, gap)| gap.text.clone())
        .with("一部実施", |(_, gap)| gap.partial)
        .with("未実施", |(_, gap)| gap.not_done)
        .with("改善策", |(_, gap)| {
            gap.improvements.iter().map(|(_, label)| label.as_str()).collect::<Vec<_>>().join("、")
        });
    Ok(named(columns.table(&rows).into(), &page))
}

/// Its improvements, department by department.
pub async fn bundle(asked: Asked) -> Made {
    let page = load(&asked).await?;
    let rows: Vec<(String, ImprovementLine)> = page
        .unit
        .lines
        .iter()
        .flat_map(|line| line.improvements.iter().map(|one| (line.name.clone(), one.clone())))
        .collect();
    let columns = Columns::<(String, ImprovementLine)>::new()
        .with("所属", |(name, _)| name.clone())
        .with("改善", |(_, one)| one.label.clone())
        .with("件名", |(_, one)| one.title.clone())
        .with("状態", |(_, one)| one.stage.label())
        .day("期限", |(_, one)| one.due_on);
    Ok(named(columns.table(&rows).into(), &page))
}

/// The 部 of the city with their departments.
pub async fn city(asked: Asked) -> Made {
    let page = approval::city(&asked.db, &asked.actor, asked.id("inspection")?, asked.now).await?;
    let mut rows = Vec::new();
    for unit in page.units {
        let alone = unit.lines.len() == 1 && unit.lines.iter().all(|line| line.department == unit.id);
        let lines = unit.lines.clone();
        let name = unit.name.clone();
        rows.extend((!alone).then_some(Shown::Unit(unit)));
        rows.extend(lines.into_iter().map(|line| Shown::Department(name.clone(), line)));
    }
    let listed: Listed = columns().table(&rows).into();
    Ok(listed.of(page.inspection.name).about("inspection", page.inspection.id))
}
