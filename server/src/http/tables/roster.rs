//! Rosters, and what one of them would change.

use super::{Asked, Made};
use app::error::AppError;
use documents::table::Columns;
use domain::roster::RosterProblem;
use domain::roster::difference::{Change, Kind};
use domain::roster::renaming::Renaming;
use store::roster::{Import, Preview, organisation, preview};

/// The rosters so far.
pub async fn rosters(asked: Asked) -> Made {
    let organisation = organisation(&asked.db, &asked.actor, asked.today()).await?;
    let columns = Columns::<Import>::new()
        .with("ファイル", |import| import.file_name.clone())
        .moment("読込み", |import| Some(import.at))
        .moment("取込み", |import| import.applied_at);
    Ok(columns.table(&organisation.imports).into())
}

async fn load(asked: &Asked) -> Result<Preview, AppError> {
    let follow_codes = asked.text("apart").is_empty();
    Ok(preview(&asked.db, &asked.actor, asked.id("import")?, follow_codes, asked.today()).await?)
}

/// Departments with another name.
pub async fn renamed(asked: Asked) -> Made {
    let columns = Columns::<Renaming>::new()
        .with("所属コード", |one| one.code.clone())
        .with("今", |one| one.before.clone())
        .with("取込み後", |one| one.after.clone());
    Ok(columns.table(&load(&asked).await?.difference.renamed).into())
}

/// People who change, all kinds or the one that is shown.
pub async fn changes(asked: Asked) -> Made {
    let only = Kind::from_key(&asked.text("kind"));
    let mut changes = load(&asked).await?.difference.changes;
    changes.retain(|change| only.is_none_or(|only| only == change.kind));
    let columns = Columns::<Change>::new()
        .with("変更", |change| change.kind.label())
        .with("職員番号", |change| change.staff_no.clone())
        .with("氏名", |change| change.name.clone())
        .with("今", |change| change.before.clone())
        .with("取込み後", |change| change.after.clone());
    Ok(columns.table(&changes).into())
}

/// What could not be read.
pub async fn problems(asked: Asked) -> Made {
    let columns = Columns::<RosterProblem>::new()
        .with("シート", |problem| problem.sheet.clone())
        .with("行", |problem| (problem.row > 0).then_some(problem.row))
        .with("列", |problem| problem.column.clone())
        .with("扱い", |problem| if problem.rejected { "取り込まない" } else { "注意" })
        .with("内容", |problem| problem.text.clone());
    Ok(columns.table(&load(&asked).await?.roster.problems).into())
}
