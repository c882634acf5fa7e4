//! What speaks against clauses, and the amendments.

use super::{Asked, Listed, Made};
use app::amendment::badge::state;
use app::amendment::table_page::ground;
use app::review::text::voice;
use documents::table::Columns;
use domain::review::Voice;
use domain::role::Role;
use store::amendment::{Amendment, table};
use store::review::{QuestionRate, Review, Reviewed, clause as load, clauses as read};

async fn review(asked: &Asked) -> Result<Option<Review>, app::error::AppError> {
    Ok(read(&asked.db, &asked.actor, asked.optional_id("revision")).await?)
}

fn title(review: Option<&Review>) -> String {
    review.map(|review| review.title.clone()).unwrap_or_default()
}

/// Clauses that something speaks against.
pub async fn clauses(asked: Asked) -> Made {
    let review = review(&asked).await?;
    let columns = Columns::<Reviewed>::new()
        .with("条項", |row| row.path.clone())
        .with("見出し", |row| row.heading.clone())
        .with("条文", |row| row.text.clone())
        .rate("実施率", |row| {
            row.evidence.voices().into_iter().find_map(|one| match one {
                Voice::LowRate(rate) => Some(rate),
                Voice::Findings(_) | Voice::RuleChanges(_) => None,
            })
        })
        .with("見直しの材料", |row| {
            row.evidence.voices().into_iter().map(|one| voice(one).1).collect::<Vec<_>>().join("、")
        })
        .with("重み", |row| row.weight)
        .with("改正案", |row| row.amendments);
    let rows = review.as_ref().map(|review| review.spoken_against.as_slice()).unwrap_or_default();
    let listed: Listed = columns.table(rows).into();
    Ok(listed.of(title(review.as_ref())))
}

/// The amendments of the revision.
pub async fn amendments(asked: Asked) -> Made {
    let review = review(&asked).await?;
    let columns = Columns::<Amendment>::new()
        .with("条項", |row| row.path.clone())
        .with("理由", |row| row.reason.clone())
        .with("決定", |row| state(row.decision.as_ref()).1)
        .day("決定日", |row| row.decision.as_ref().map(|decision| decision.decided_on));
    let rows = review.as_ref().map(|review| review.amendments.as_slice()).unwrap_or_default();
    let listed: Listed = columns.table(rows).into();
    Ok(listed.of(title(review.as_ref())))
}

/// The questions about one clause.
pub async fn clause(asked: Asked) -> Made {
    let data = load(&asked.db, &asked.actor, asked.id("clause")?).await?;
    let columns = Columns::<QuestionRate>::new()
        .with("点検票", |row| Role::from_key(&row.role).map(Role::short))
        .with("問", |row| row.no)
        .with("設問", |row| row.text.clone())
        .with("実施", |row| row.tally.done)
        .with("一部実施", |row| row.tally.partial)
        .with("未実施", |row| row.tally.not_done)
        .rate("実施率", |row| row.tally.done_rate());
    let listed: Listed = columns.table(&data.about.questions).into();
    Ok(listed.of(data.clause.path))
}

/// The 新旧対照表 of the amendments.
pub async fn proposal(asked: Asked) -> Made {
    let table = table(&asked.db, &asked.actor, asked.optional_id("revision")).await?;
    let columns = Columns::<Amendment>::new()
        .with("条項", |row| row.path.clone())
        .with("見出し", |row| row.heading.clone())
        .with("改正案", |row| row.new_text.clone())
        .with("現行", |row| row.old_text.clone())
        .with("改正の理由", |row| row.reason.clone())
        .with("根拠", |row| row.grounds.iter().map(ground).collect::<Vec<_>>().join("\n"))
        .with("決定", |row| state(row.decision.as_ref()).1)
        .day("決定日", |row| row.decision.as_ref().map(|decision| decision.decided_on))
        .with("会議", |row| row.decision.as_ref().map(|decision| decision.meeting.clone()));
    let listed: Listed = columns.table(&table.amendments).into();
    Ok(listed.of(table.title))
}
