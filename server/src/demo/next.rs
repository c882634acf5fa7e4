//! The amendment that the 事務局 is drafting for the next fiscal year: the policy with the changes of
//! `server/demo/next.tsv`, imported as an officer does, so that there is something to compare and to settle.

use super::days::Days;
use super::source::{POLICY, changes};
use anyhow::{Context, Result, ensure};
use domain::calendar::{day, fiscal_year_code};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};
use store::Db;
use store::entity::person;
use store::ledger::hex;
use store::lineage::{NewRevision, Origin};
use time::OffsetDateTime;

/// The officer who drafts it: 椎名 航平.
const OFFICER: &str = "201503";

/// Imports the draft; it comes into force with the next fiscal year.
///
/// # Errors
/// When a line of the changes does not fit the policy, or the database fails.
pub async fn import(db: &Db, now: OffsetDateTime) -> Result<()> {
    let days = Days::seen_from(now)?;
    let file_name = format!("policy-{}.md", fiscal_year_code(days.fiscal_year + 1));
    let text = amended()?;
    let read = documents::policy::read(&file_name, text.as_bytes())?;
    let officer = person::Entity::find()
        .filter(person::Column::StaffNo.eq(OFFICER))
        .one(db.read())
        .await?
        .context("the officer of the demo city")?;
    let actor = store::access::actor(db.read(), officer.id, day(now)).await?;
    let new = NewRevision {
        text: &read,
        file_name: &file_name,
        sha256: &hex(&Sha256::digest(text.as_bytes())),
        origin: Origin::ByTitle,
        effective_on: Some(days.april_before(-1)),
    };
    store::policy::import_as(db, &actor, &new, now).await?;
    Ok(())
}

/// The policy with every change made; each old text stands in it exactly once.
fn amended() -> Result<String> {
    let mut text = POLICY.to_string();
    for (old, new) in changes()? {
        ensure!(text.matches(&old).count() == 1, "server/demo/next.tsv: {old}");
        text = text.replace(&old, &new);
    }
    Ok(text)
}
