//! The improvements.

use super::{Asked, Made};
use app::improvement::list_page::filter;
use documents::table::Columns;
use store::improvement::{Row, list};

/// Those of the filter.
pub async fn improvements(asked: Asked) -> Made {
    let listing = list(&asked.db, &asked.actor, filter(&asked), asked.today()).await?;
    let columns = Columns::<Row>::new()
        .with("番号", |row| row.label.clone())
        .with("件名", |row| row.title.clone())
        .with("規程の見直し", |row| if row.rule_change { "必要" } else { "" })
        .with("所属", |row| row.department_name.clone())
        .with("もと", |row| row.source.label())
        .with("状態", |row| row.stage.label())
        .with("続いている年数", |row| row.years_open)
        .day("期限", |row| row.due_on)
        .with("期限を過ぎた日数", |row| row.overdue_days);
    Ok(columns.table(&listing.rows).into())
}
