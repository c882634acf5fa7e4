//! Policies and their revisions.

use super::{Asked, Listed, Made};
use documents::table::Columns;
use domain::policy::HistoryEntry;
use domain::role::Role;
use store::policy::{RevisionLine, list, revision};

/// Every revision of every policy.
pub async fn policies(asked: Asked) -> Made {
    let policies = list(&asked.db, &asked.actor).await?;
    let rows: Vec<(String, RevisionLine)> = policies
        .into_iter()
        .flat_map(|policy| policy.revisions.into_iter().map(move |line| (policy.title.clone(), line)))
        .collect();
    let columns = Columns::<(String, RevisionLine)>::new()
        .with("ポリシー", |(title, _)| title.clone())
        .with("版", |(_, line)| line.number)
        .moment("取込み", |(_, line)| Some(line.at))
        .with("取り込んだ者", |(_, line)| line.by.clone())
        .with("ファイル", |(_, line)| line.file_name.clone())
        .with("条項", |(_, line)| line.clauses)
        .with("設問", |(_, line)| line.tally.questions)
        .with("残りの案", |(_, line)| line.tally.open)
        .with("要見直し", |(_, line)| line.to_reconsider);
    Ok(columns.table(&rows).into())
}

/// Questions by chapter and role.
pub async fn counts(asked: Asked) -> Made {
    let view = revision(&asked.db, &asked.actor, asked.id("revision")?).await?;
    let total: Vec<usize> = view.coverage.roles.iter().map(|line| line.possible).collect();
    let mut rows: Vec<(&'static str, Vec<usize>)> =
        view.coverage.topics.into_iter().map(|line| (line.topic.label(), line.counts)).collect();
    rows.push(("計", total));
    let columns = Columns::<(&'static str, Vec<usize>)>::new().with("章", |(name, _)| *name);
    let columns = Role::WITH_SHEET.into_iter().zip(0usize..).fold(columns, |columns, (role, at)| {
        columns.with(role.short(), move |(_, counts)| counts.get(at).copied())
    });
    let listed: Listed = columns.table(&rows).into();
    Ok(listed.of(view.title))
}

/// The columns of what a document says about its own past.
pub fn of_history() -> Columns<HistoryEntry> {
    Columns::<HistoryEntry>::new()
        .with("文書の記載", |entry| entry.printed.clone())
        .day("年月日", |entry| entry.date)
        .with("区分", |entry| entry.action.clone())
}

/// What the document says about its own past.
pub async fn printed(asked: Asked) -> Made {
    let view = revision(&asked.db, &asked.actor, asked.id("revision")?).await?;
    let listed: Listed = of_history().table(&view.history).into();
    Ok(listed.of(view.title))
}
