//! The settings of a question on its sheet: how it is answered, judged and shown. A setting belongs to the wording,
//! so changing it makes a new wording; frozen editions keep the one they have.

use super::freeze::on_sheet;
use super::preview::item;
use super::row::setting_text;
use crate::Db;
use crate::access::require_city;
use crate::entity::{sheet, wording};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use crate::question::QuestionNow;
use crate::response::Item;
use domain::Refusal;
use domain::actor::Actor;
use domain::permission::Action;
use domain::question::setting::{Setting, Shown};
use domain::sheet::{Change, WEIGHTS};
use sea_orm::{EntityTrait, Set};
use serde_json::{Value as Json, json};
use time::OffsetDateTime;
use uuid::Uuid;

/// What the officer sets for a question.
#[derive(Debug, Clone)]
pub struct Settings {
    pub setting: Setting,
    pub weight: f64,
    /// The officer says that the meaning changed, whatever the rule says.
    pub meaning_changed: bool,
}

/// A question with those it may depend on.
#[derive(Debug, Clone)]
pub struct SettingView {
    pub sheet: Uuid,
    pub title: String,
    pub fiscal_year: i32,
    /// Number on the sheet.
    pub no: usize,
    /// Questions on the sheet.
    pub total: usize,
    pub question: QuestionNow,
    /// The question as it stands on the page.
    pub item: Item,
    /// The questions before it, with their numbers.
    pub earlier: Vec<(usize, QuestionNow)>,
    /// Its neighbours on the sheet.
    pub before: Option<Uuid>,
    pub after: Option<Uuid>,
}

/// A question of a sheet with its settings.
///
/// # Errors
/// `NotFound` for a question that is not on the sheet.
pub async fn question(db: &Db, actor: &Actor, sheet: Uuid, question: Uuid) -> StoreResult<SettingView> {
    require_city(actor, Action::EditPolicy)?;
    let found = sheet::Entity::find_by_id(sheet).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let all = on_sheet(db.read(), sheet).await?;
    let at = all.iter().position(|one| one.id == question).ok_or(StoreError::NotFound)?;
    let own = all.get(at).cloned().ok_or(StoreError::NotFound)?;
    Ok(SettingView {
        sheet,
        title: found.title,
        fiscal_year: found.fiscal_year,
        no: at + 1,
        total: all.len(),
        item: item(own.clone(), i32::try_from(at + 1).unwrap_or(i32::MAX), found.fiscal_year, Change::Same),
        question: own,
        before: at.checked_sub(1).and_then(|index| all.get(index)).map(|one| one.id),
        after: all.get(at + 1).map(|one| one.id),
        earlier: (1..).zip(all).take(at).collect(),
    })
}

/// Sets a question. Gives whether its figures can no longer be compared with those of before.
///
/// # Errors
/// `NotFound` for a question that is not on the sheet; refused when a setting is impossible or nothing changes.
pub async fn set(
    db: &Db,
    actor: &Actor,
    sheet: Uuid,
    question: Uuid,
    settings: Settings,
    now: OffsetDateTime,
) -> StoreResult<Change> {
    require_city(actor, Action::EditPolicy)?;
    let setting = settings.setting.checked()?;
    if !WEIGHTS.contains(&settings.weight) {
        return Err(Refusal::field("weight", "重みを一覧から選んでください。").into());
    }
    let txn = db.begin().await?;
    let all = on_sheet(&txn, sheet).await?;
    let at = all.iter().position(|one| one.id == question).ok_or(StoreError::NotFound)?;
    let before = all.get(at).ok_or(StoreError::NotFound)?;
    only_on_earlier(&setting.shown, all.get(..at).unwrap_or_default())?;
    let change = setting.change_since(&before.setting);
    let weighed = settings.weight != before.weight;
    let Some(change) = change.or(weighed.then_some(Change::Minor)) else {
        return Err(StoreError::refused("設定が変わっていません。改めてから保存してください。"));
    };
    let change = if settings.meaning_changed { Change::Changed } else { change };
    let row = wording::ActiveModel {
        id: Set(Uuid::now_v7()),
        question_id: Set(question),
        number: Set(before.number + 1),
        text: Set(before.text.clone()),
        not_applicable: Set(before.not_applicable.clone()),
        weight: Set(settings.weight),
        setting: Set(setting_text(&setting)?),
        change: Set(change.key().to_string()),
        at: Set(now),
        by_person_id: Set(Some(actor.person_id)),
    };
    let inserted = wording::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, "ほかの人がこの設問を改めました。画面を開き直して確かめてください。")?;
    let (was, is) = (told(&before.setting, before.weight)?, told(&setting, settings.weight)?);
    let event = NewEvent::changed("question", question, "question.set", was, is);
    ledger::record(&txn, actor, now, event.beside(json!({ "sheet": sheet, "change": change.key() }))).await?;
    txn.commit().await?;
    Ok(change)
}

/// A setting with its weight, for the ledger.
fn told(setting: &Setting, weight: f64) -> StoreResult<Json> {
    let mut told = serde_json::to_value(setting)?;
    told["weight"] = json!(weight);
    Ok(told)
}

fn only_on_earlier(shown: &Shown, earlier: &[QuestionNow]) -> Result<(), Refusal> {
    let Shown::After { question, answers } = shown else { return Ok(()) };
    let found = earlier.iter().find(|one| one.id == *question);
    let offers = |one: &QuestionNow| {
        let choices: Vec<String> = one.setting.choices().iter().map(|raw| raw.key()).collect();
        !answers.is_empty() && answers.iter().all(|answer| choices.contains(answer))
    };
    match found {
        Some(found) if offers(found) => Ok(()),
        _ => Err(Refusal::field("shown", "表示の条件には、この設問より前にある設問の回答を選んでください。")),
    }
}
