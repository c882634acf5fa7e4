//! Freezing a sheet: the edition holds everything an answer is judged by and never changes.

use super::arrange::items;
use super::row::setting_text;
use crate::Db;
use crate::access::require_city;
use crate::bank;
use crate::entity::{clause, edition, edition_item, question_clause, revision, sheet, wording};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent, insert_in_portions};
use crate::question::{QuestionNow, active};
use domain::actor::Actor;
use domain::bank::MARK;
use domain::permission::Action;
use domain::question::setting::fit_together;
use domain::role::Role;
use domain::sheet::{Change, change_since, edition_label, freezable};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// Freezes a sheet as the next edition of its role and year. Gives the edition.
///
/// # Errors
/// Refused when the sheet is empty or nothing changed since its last edition.
pub async fn freeze(db: &Db, actor: &Actor, sheet: Uuid, now: OffsetDateTime) -> StoreResult<Uuid> {
    require_city(actor, Action::EditPolicy)?;
    let txn = db.begin().await?;
    let found = sheet::Entity::find_by_id(sheet).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let role = Role::from_key(&found.role).ok_or(StoreError::NotFound)?;
    let questions = on_sheet(&txn, sheet).await?;
    let editions = edition::Entity::find().filter(edition::Column::SheetId.eq(sheet)).all(&txn).await?;
    freezable(questions.len(), unchanged(&txn, sheet, &questions).await?)?;
    let settings: Vec<_> = questions.iter().map(|question| (question.id, &question.setting)).collect();
    fit_together(&settings)?;
    let label = edition_label(found.fiscal_year, role, editions.len() + 1);
    let id = Uuid::now_v7();
    let rows =
        edition_items(&txn, id, &questions, &changes(&txn, role, found.fiscal_year, &questions).await?)
            .await?;
    let row = edition::ActiveModel {
        id: Set(id),
        sheet_id: Set(sheet),
        role: Set(found.role),
        fiscal_year: Set(found.fiscal_year),
        label: Set(label.clone()),
        title: Set(found.title),
        at: Set(now),
        by_person_id: Set(Some(actor.person_id)),
    };
    let inserted = edition::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, "ほかの人が同時にこの点検票を確定しました。画面を開き直して確かめてください。")?;
    insert_in_portions::<edition_item::Entity, _, _>(&txn, rows).await?;
    let wordings: Vec<Uuid> = questions.iter().map(|question| question.wording_id).collect();
    let after = json!({ "label": label, "questions": questions.len() });
    let event = NewEvent::created("edition", id, "sheet.frozen", after)
        .beside(json!({ "sheet": sheet, "wordings": wordings }));
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(id)
}

/// The questions on a sheet in their order; retired ones are passed over.
pub(super) async fn on_sheet<C: ConnectionTrait>(
    connection: &C,
    sheet: Uuid,
) -> StoreResult<Vec<QuestionNow>> {
    let mut in_use = active(connection).await?;
    let items = items(connection, sheet).await?;
    Ok(items.into_iter().filter_map(|item| in_use.remove(&item.question_id)).collect())
}

/// Whether the newest edition of the sheet has the same wordings in the same order.
pub(super) async fn unchanged<C: ConnectionTrait>(
    connection: &C,
    sheet: Uuid,
    questions: &[QuestionNow],
) -> StoreResult<bool> {
    let last = edition::Entity::find()
        .filter(edition::Column::SheetId.eq(sheet))
        .order_by_desc(edition::Column::At)
        .order_by_desc(edition::Column::Id)
        .one(connection)
        .await?;
    let Some(last) = last else { return Ok(false) };
    let items = items_of(connection, last.id).await?;
    Ok(items.iter().map(|item| item.wording_id).eq(questions.iter().map(|question| question.wording_id)))
}

/// The items of an edition in their order.
pub(super) async fn items_of<C: ConnectionTrait>(
    connection: &C,
    edition: Uuid,
) -> StoreResult<Vec<edition_item::Model>> {
    Ok(edition_item::Entity::find()
        .filter(edition_item::Column::EditionId.eq(edition))
        .order_by_asc(edition_item::Column::No)
        .all(connection)
        .await?)
}

/// The edition a year's questions are compared with: the newest of an earlier fiscal year, as the figures are; in
/// the first year the newest there is.
pub(super) async fn earlier_edition<C: ConnectionTrait>(
    connection: &C,
    role: Role,
    fiscal_year: i32,
) -> StoreResult<Option<edition::Model>> {
    let all = edition::Entity::find()
        .filter(edition::Column::Role.eq(role.key()))
        .order_by_desc(edition::Column::At)
        .order_by_desc(edition::Column::Id)
        .all(connection)
        .await?;
    let earlier = all.iter().find(|edition| edition.fiscal_year < fiscal_year).cloned();
    Ok(earlier.or_else(|| all.into_iter().next()))
}

/// What changed since the edition of before, by question.
pub(super) async fn changes<C: ConnectionTrait>(
    connection: &C,
    role: Role,
    fiscal_year: i32,
    questions: &[QuestionNow],
) -> StoreResult<BTreeMap<Uuid, Change>> {
    let last = earlier_edition(connection, role, fiscal_year).await?;
    let items = match last {
        Some(last) => items_of(connection, last.id).await?,
        None => Vec::new(),
    };
    let then: BTreeMap<Uuid, Uuid> =
        items.into_iter().map(|item| (item.question_id, item.wording_id)).collect();
    let wordings = wording::Entity::find()
        .filter(wording::Column::QuestionId.is_in(questions.iter().map(|question| question.id)))
        .all(connection)
        .await?;
    Ok(questions.iter().map(|question| (question.id, change(question.id, &then, &wordings))).collect())
}

fn change(question: Uuid, then: &BTreeMap<Uuid, Uuid>, wordings: &[wording::Model]) -> Change {
    let own = || wordings.iter().filter(|wording| wording.question_id == question);
    let earlier = then.get(&question).and_then(|then| own().find(|wording| wording.id == *then));
    let declared: Vec<(i32, Change)> = own()
        .map(|wording| (wording.number, Change::from_key(&wording.change).unwrap_or(Change::Changed)))
        .collect();
    change_since(earlier.map(|wording| wording.number), &declared)
}

/// A clause as it is quoted beside a question.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    /// `None` for a question of the bank that stands beside the policy.
    pub clause: Option<Uuid>,
    pub path: String,
    pub text: String,
}

/// The clauses of each question in the newest revision that has one, joined where there are several.
pub(super) async fn grounds<C: ConnectionTrait>(
    connection: &C,
    questions: &[QuestionNow],
) -> StoreResult<BTreeMap<Uuid, Ground>> {
    let links = question_clause::Entity::find()
        .filter(question_clause::Column::QuestionId.is_in(questions.iter().map(|question| question.id)))
        .all(connection)
        .await?;
    let clauses: BTreeMap<Uuid, clause::Model> = clause::Entity::find()
        .filter(clause::Column::Id.is_in(links.iter().map(|link| link.clause_id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|clause| (clause.id, clause))
        .collect();
    let age: BTreeMap<Uuid, OffsetDateTime> =
        revision::Entity::find().all(connection).await?.into_iter().map(|r| (r.id, r.at)).collect();
    let mut linked: BTreeMap<Uuid, Vec<&clause::Model>> = BTreeMap::new();
    for link in &links {
        if let Some(clause) = clauses.get(&link.clause_id) {
            linked.entry(link.question_id).or_default().push(clause);
        }
    }
    let grounds =
        linked.into_iter().filter_map(|(question, clauses)| Some((question, ground(clauses, &age)?)));
    with_mark(connection, questions, grounds.collect()).await
}

/// A question of the bank says of itself that no policy asks it; its clause is the nearest one, not the ground.
async fn with_mark<C: ConnectionTrait>(
    connection: &C,
    questions: &[QuestionNow],
    mut grounds: BTreeMap<Uuid, Ground>,
) -> StoreResult<BTreeMap<Uuid, Ground>> {
    let from_bank = bank::keys(connection).await?;
    for question in questions.iter().filter(|question| from_bank.contains_key(&question.id)) {
        let ground = grounds.entry(question.id).or_insert_with(|| Ground {
            clause: None,
            path: String::new(),
            text: String::new(),
        });
        ground.path = match ground.path.as_str() {
            "" => MARK.to_string(),
            path => format!("{MARK}（近い条項　{path}）"),
        };
    }
    Ok(grounds)
}

fn ground(mut clauses: Vec<&clause::Model>, age: &BTreeMap<Uuid, OffsetDateTime>) -> Option<Ground> {
    let newest = clauses.iter().max_by_key(|clause| age.get(&clause.revision_id))?.revision_id;
    clauses.retain(|clause| clause.revision_id == newest);
    clauses.sort_by_key(|clause| clause.position);
    let join = |of: fn(&clause::Model) -> &str, by: &str| {
        clauses.iter().map(|clause| of(clause)).collect::<Vec<_>>().join(by)
    };
    Some(Ground {
        clause: Some(clauses.first()?.id),
        path: join(|clause| &clause.short_path, "、"),
        text: join(|clause| &clause.text, "\n"),
    })
}

async fn edition_items<C: ConnectionTrait>(
    connection: &C,
    edition: Uuid,
    questions: &[QuestionNow],
    changes: &BTreeMap<Uuid, Change>,
) -> StoreResult<Vec<edition_item::ActiveModel>> {
    let grounds = grounds(connection, questions).await?;
    let row = |(no, question): (i32, &QuestionNow)| {
        let ground = grounds.get(&question.id);
        Ok(edition_item::ActiveModel {
            id: Set(Uuid::now_v7()),
            edition_id: Set(edition),
            no: Set(no),
            question_id: Set(question.id),
            wording_id: Set(question.wording_id),
            topic: Set(question.topic.number()),
            text: Set(question.text.clone()),
            not_applicable: Set(question.not_applicable.clone()),
            weight: Set(question.weight),
            setting: Set(setting_text(&question.setting)?),
            change: Set(changes.get(&question.id).copied().unwrap_or(Change::New).key().to_string()),
            clause_id: Set(ground.and_then(|ground| ground.clause)),
            clause_path: Set(ground.map(|ground| ground.path.clone()).unwrap_or_default()),
            clause_text: Set(ground.map(|ground| ground.text.clone()).unwrap_or_default()),
        })
    };
    (1..).zip(questions).map(row).collect()
}
