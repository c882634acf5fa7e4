//! The printed letter (通知文) of an inspection, with its document number.

use crate::Db;
use crate::access::require_city;
use crate::entity::{inspection, letter};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent};
use domain::Refusal;
use domain::actor::Actor;
use domain::calendar::iso;
use domain::inspection::About;
use domain::inspection::extension::DueDays;
use domain::permission::Action;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::{Value, json};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// What stands in the letter beside period and contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// 文書番号, e.g. 情政第123号; empty until it is known.
    pub document_no: String,
    pub dated_on: Option<Date>,
    pub addressee: String,
    pub sender: String,
    pub subject: String,
    pub body: String,
}

/// The letter with what the inspection says.
#[derive(Debug, Clone)]
pub struct Shown {
    pub inspection: inspection::Model,
    pub due: DueDays,
    pub about: About,
    pub letter: Letter,
    /// Whether the officer has written it; otherwise it is a proposal.
    pub written: bool,
}

const BODY: &str = "このことについて、情報セキュリティポリシーに基づき、下記のとおり実施しますので、所属の職員に周知の上、期限までに回答されるよう取り計らい願います。\nなお、所属長は、所属の職員の提出を確かめ、回答の内容を確認してください。";

fn proposal(inspection: &inspection::Model, today: Date) -> Letter {
    let sender = inspection.contact.split(['（', '(']).next().unwrap_or_default();
    Letter {
        document_no: String::new(),
        dated_on: Some(today),
        addressee: "各所属長".into(),
        sender: if sender.ends_with('課') { format!("{sender}長") } else { sender.to_string() },
        subject: format!("{}の実施について（依頼）", inspection.name),
        body: BODY.into(),
    }
}

async fn newest<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<Option<Letter>> {
    let row = letter::Entity::find()
        .filter(letter::Column::InspectionId.eq(id))
        .order_by_desc(letter::Column::At)
        .order_by_desc(letter::Column::Id)
        .one(connection)
        .await?;
    Ok(row.map(|row| Letter {
        document_no: row.document_no,
        dated_on: Some(row.dated_on),
        addressee: row.addressee,
        sender: row.sender,
        subject: row.subject,
        body: row.body,
    }))
}

/// The letter, or a proposal for it.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown inspection.
pub async fn show(db: &Db, actor: &Actor, id: Uuid, today: Date) -> StoreResult<Shown> {
    require_city(actor, Action::RunInspection)?;
    let connection = db.read();
    let inspection = inspection::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let written = newest(connection, id).await?;
    let due = crate::extension::due_days(connection, &inspection).await?;
    Ok(Shown {
        written: written.is_some(),
        letter: written.unwrap_or_else(|| proposal(&inspection, today)),
        due,
        about: crate::inspection::about(connection, id).await?,
        inspection,
    })
}

fn said(letter: &Letter) -> Value {
    json!({
        "document_no": letter.document_no, "dated_on": letter.dated_on.map(iso), "addressee": letter.addressee,
        "sender": letter.sender, "subject": letter.subject, "body": letter.body,
    })
}

/// Writes the letter.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused without a date, an addressee, a sender, a subject or a text.
pub async fn write(db: &Db, actor: &Actor, id: Uuid, new: Letter, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::RunInspection)?;
    let dated_on = new.dated_on.ok_or_else(|| Refusal::field("dated_on", "日付を入力してください。"))?;
    let needed = [
        ("addressee", &new.addressee),
        ("sender", &new.sender),
        ("subject", &new.subject),
        ("body", &new.body),
    ];
    for (field, text) in needed {
        if text.trim().is_empty() {
            return Err(Refusal::field(field, "入力してください。").into());
        }
    }
    let txn = db.begin().await?;
    inspection::Entity::find_by_id(id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let before = newest(&txn, id).await?;
    if before.as_ref() == Some(&new) {
        return Ok(());
    }
    let row = letter::ActiveModel {
        id: Set(Uuid::now_v7()),
        inspection_id: Set(id),
        document_no: Set(new.document_no.trim().to_string()),
        dated_on: Set(dated_on),
        addressee: Set(new.addressee.trim().to_string()),
        sender: Set(new.sender.trim().to_string()),
        subject: Set(new.subject.trim().to_string()),
        body: Set(new.body.trim().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    letter::Entity::insert(row).exec_without_returning(&txn).await?;
    let event = match before {
        Some(before) => NewEvent::changed("inspection", id, "letter.written", said(&before), said(&new)),
        None => NewEvent::created("inspection", id, "letter.written", said(&new)),
    };
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}
