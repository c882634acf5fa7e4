//! What a person settles: whose a form is, and what becomes of a row.

use super::load::{Line, Loaded, LoadedFile, file, suits};
use super::people::{People, said};
use crate::Db;
use crate::access::require_city;
use crate::entity::{intake, intake_choice, intake_form, intake_owner, target};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent};
use crate::response::asked;
use domain::Refusal;
use domain::actor::Actor;
use domain::intake::difference::Difference;
use domain::intake::{Choice, Together};
use domain::permission::Action;
use sea_orm::{DatabaseTransaction, EntityTrait, Set};
use serde_json::{Value as Json, json};
use time::OffsetDateTime;
use uuid::Uuid;

const TAKEN: &str = "このファイルは取り込み済みです。直すときは、直したファイルを改めて取り込んでください。";

/// Says whose form it is; without a target it is left out. A form that speaks of another person or system is given to
/// somebody only when that was `looked_at`.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown form or a target of another inspection; a refusal for a
/// file that was taken, or for a difference nobody looked at.
pub async fn settle_owner(
    db: &Db,
    actor: &Actor,
    form: Uuid,
    target: Option<Uuid>,
    looked_at: bool,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    let row = intake_form::Entity::find_by_id(form).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let file = open(&txn, row.file_id).await?;
    if let Some(target) = target {
        let target = target::Entity::find_by_id(target).one(&txn).await?.ok_or(StoreError::NotFound)?;
        let intake = intake::Entity::find_by_id(file.intake).one(&txn).await?.ok_or(StoreError::NotFound)?;
        if target.inspection_id != intake.inspection_id {
            return Err(StoreError::NotFound);
        }
        if !looked_at {
            alike(&txn, &row, target).await?;
        }
    }
    let loaded = file.forms.iter().find(|one| one.form.id == form).ok_or(StoreError::NotFound)?;
    let stands = loaded.target.as_ref().map(|target| target.id);
    if loaded.settled && stands == target {
        return Ok(());
    }
    let word = |settled, target: Option<Uuid>| match (settled, target) {
        (true, None) => json!({ "choice": "left_out" }),
        (true, target) => json!({ "choice": "settled", "target": target }),
        (false, target) => json!({ "choice": "proposed", "target": target }),
    };
    let (before, after) = (word(loaded.settled, stands), word(true, target));
    let settled = intake_owner::ActiveModel {
        id: Set(Uuid::now_v7()),
        form_id: Set(form),
        target_id: Set(target),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    intake_owner::Entity::insert(settled).exec_without_returning(&txn).await?;
    let event = NewEvent::changed("intake", file.intake, "intake.owner_set", before, after)
        .beside(json!({ "file": file.name, "form": form }));
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}

/// The form does not speak of another person.
async fn alike(
    txn: &DatabaseTransaction,
    form: &intake_form::Model,
    target: target::Model,
) -> StoreResult<()> {
    let targets = [target];
    let found = People::of(txn, &targets).await?.differences(&said(form), &targets[0]);
    let grave: Vec<String> = found.iter().filter(|one| one.is_grave()).map(Difference::text).collect();
    if grave.is_empty() {
        return Ok(());
    }
    let text = format!(
        "ファイルの記載と、選んだ対象が異なります（{}）。別の人の点検票でないか確かめてください。間違いでなければ、「記載と異なることを確かめた」に印を付けて、もう一度「対象を決める」を押してください。",
        grave.join("、")
    );
    Err(Refusal::field("looked_at", text).into())
}

async fn open(txn: &DatabaseTransaction, id: Uuid) -> StoreResult<LoadedFile> {
    let file = file(txn, id).await?;
    if file.taking.is_some() { Err(StoreError::refused(TAKEN)) } else { Ok(file) }
}

/// A row, what was chosen, and the question where another than the proposed one was picked.
type Chosen = (Uuid, Option<Choice>, Option<Uuid>);

/// Settles rows of a form: with a choice, and the question where the proposed one is not right. Another question alone
/// is enough: what stands in the file answers it, unless another answer is stored.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for rows of another form or questions of another sheet; a refusal for an
/// answer the question does not know, or for a file that was taken.
pub async fn settle(
    db: &Db,
    actor: &Actor,
    form: Uuid,
    choices: Vec<Chosen>,
    now: OffsetDateTime,
) -> StoreResult<()> {
    settle_by(db, actor, form, |_| choices, now).await
}

/// Settles all rows of a form a decision fits.
///
/// # Errors
/// As [`settle`].
pub async fn settle_together(
    db: &Db,
    actor: &Actor,
    form: Uuid,
    together: Together,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let fitting = |loaded: &Loaded| {
        let choice = |line: &Line| {
            let choice = together.choice(&line.facts, line.state)?;
            let proposed = line.item.as_ref().map(|item| item.id).filter(|_| together == Together::Proposed);
            Some((line.row.id, Some(choice), proposed))
        };
        loaded.lines.iter().filter_map(choice).collect()
    };
    settle_by(db, actor, form, fitting, now).await
}

/// What is settled is said by looking at the form inside the transaction.
async fn settle_by(
    db: &Db,
    actor: &Actor,
    form: Uuid,
    choices: impl FnOnce(&Loaded) -> Vec<Chosen>,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    let row = intake_form::Entity::find_by_id(form).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let file = open(&txn, row.file_id).await?;
    let loaded = file.forms.iter().find(|one| one.form.id == form).ok_or(StoreError::NotFound)?;
    let edition = loaded.target.as_ref().map(|target| target.edition_id).or(row.edition_id);
    let asked = asked(&txn, edition).await?;
    let mut events = Vec::new();
    for (id, choice, item) in choices(loaded) {
        let line = loaded.lines.iter().find(|line| line.row.id == id).ok_or(StoreError::NotFound)?;
        let other = item.is_some() && item != line.item.as_ref().map(|item| item.id);
        let Some(choice) = choice.or(other.then_some(Choice::Undecided)) else { continue };
        let meant = item.or(line.item.as_ref().map(|item| item.id));
        let question = meant.and_then(|id| asked.iter().find(|asked| asked.row.id == id));
        if item.is_some() && question.is_none() {
            return Err(StoreError::NotFound);
        }
        if let (Choice::Value(raw), Some(question)) = (&choice, question)
            && !suits(question, raw)
        {
            return Err(StoreError::refused(format!(
                "{}行目の設問（問{}）では、その回答を選べません。別の回答を選んでください。",
                line.row.position, question.row.no
            )));
        }
        if is_unchanged(line, &choice, item) {
            continue;
        }
        let settled = intake_choice::ActiveModel {
            id: Set(Uuid::now_v7()),
            row_id: Set(id),
            choice: Set(choice.key()),
            item_id: Set(item),
            word_id: Set(None),
            at: Set(now),
            by_person_id: Set(actor.person_id),
        };
        intake_choice::Entity::insert(settled).exec_without_returning(&txn).await?;
        let after = json!({ "choice": word(&choice), "item": item });
        let before = word_of(line);
        events.push(
            NewEvent::changed("intake", file.intake, "intake.row_settled", before, after)
                .beside(json!({ "file": file.name, "cell": line.row.cell })),
        );
    }
    ledger::append(&txn, &actor.into(), now, events).await?;
    Ok(txn.commit().await?)
}

/// The record says that an answer was chosen, not which: that is the answer's own matter and goes with it.
fn word(choice: &Choice) -> String {
    if matches!(choice, Choice::Value(_)) { "value".to_string() } else { choice.key() }
}

fn word_of(line: &Line) -> Json {
    json!({ "choice": line.facts.choice.as_ref().map(word), "item": line.item.as_ref().map(|item| item.id) })
}

fn is_unchanged(line: &Line, choice: &Choice, item: Option<Uuid>) -> bool {
    if *choice == Choice::Undecided {
        let named = item.is_some() || line.facts.named;
        return line.facts.choice.is_none() && !named;
    }
    line.facts.choice.as_ref() == Some(choice)
        && (item.is_none() || item == line.item.as_ref().map(|item| item.id))
}
