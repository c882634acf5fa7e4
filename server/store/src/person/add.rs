//! A person entered by hand: external auditors, and others no roster knows.

use crate::Db;
use crate::access::require_city;
use crate::entity::person;
use crate::error::{StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use crate::session::sign_in::fold_login;
use domain::actor::Actor;
use domain::permission::Action;
use domain::person::{may_add, next_number};
use sea_orm::{EntityTrait, QuerySelect, Set};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

/// Somebody to be entered.
#[derive(Debug, Clone, Default)]
pub struct NewPerson {
    /// Empty: the next free number of people from outside.
    pub staff_no: String,
    pub name: String,
    pub kana: String,
    pub employment: String,
    pub email: String,
}

/// Enters a person and gives the key.
///
/// # Errors
/// `Forbidden`; refused without a name, or when the number is taken.
pub async fn add(db: &Db, actor: &Actor, new: NewPerson, now: OffsetDateTime) -> StoreResult<Uuid> {
    require_city(actor, Action::ManageRoster)?;
    may_add(&new.name, &new.kana, &new.employment)?;
    let txn = db.begin().await?;
    let staff_no = match fold_login(&new.staff_no) {
        number if number.is_empty() => {
            let taken: Vec<String> = person::Entity::find()
                .select_only()
                .column(person::Column::StaffNo)
                .into_tuple()
                .all(&txn)
                .await?;
            next_number(taken.iter().map(String::as_str))
        }
        number => number,
    };
    let id = Uuid::now_v7();
    let email = Some(new.email.trim().to_string()).filter(|email| !email.is_empty());
    let row = person::ActiveModel {
        id: Set(id),
        staff_no: Set(staff_no.clone()),
        // Only the blanks around it: the name itself is kept, every code point.
        name: Set(new.name.trim().to_string()),
        kana: Set(new.kana.trim().to_string()),
        employment: Set(new.employment.trim().to_string()),
        email: Set(email.clone()),
        since: Set(now),
    };
    let inserted = person::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, "その職員番号は既に使われています。別の番号にするか、空欄にしてください。")?;
    let after = json!({
        "staff_no": staff_no, "name": new.name.trim(), "kana": new.kana.trim(), "employment": new.employment.trim(),
        "email": email,
    });
    ledger::record(&txn, actor, now, NewEvent::created("person", id, "person.added", after)).await?;
    txn.commit().await?;
    Ok(id)
}
