//! The rows of the demo city, put together in memory and written table by table.

use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};
use serde_json::Value;
use store::StoreResult;
use store::entity::*;
use store::ledger::{self, Author, NewEvent, insert_in_portions};
use time::OffsetDateTime;
use uuid::Uuid;

/// Lists the tables in the order in which their rows may be written: what is referred to comes first.
macro_rules! tables {
    ($($table:ident),* $(,)?) => {
        /// The rows of each table and the events of the ledger.
        #[derive(Default)]
        pub struct Rows {
            $(pub $table: Vec<$table::Model>,)*
            pub events: Vec<(Author, OffsetDateTime, NewEvent)>,
        }

        impl Rows {
            /// Writes everything inside the caller's transaction; the ledger in order of time.
            ///
            /// # Errors
            /// When the database fails.
            pub async fn write<C: ConnectionTrait>(mut self, connection: &C) -> StoreResult<()> {
                $(put::<$table::Entity, C>(connection, self.$table).await?;)*
                self.events.sort_by_key(|(_, at, _)| *at);
                ledger::append_each(connection, self.events).await
            }
        }
    };
}

tables!(
    department,
    department_succession,
    information_system,
    person,
    post,
    absence,
    role_grant,
    credential,
    policy,
    revision,
    clause,
    sentence,
    question,
    wording,
    question_clause,
    proposal,
    settlement,
    sheet,
    sheet_item,
    edition,
    edition_item,
    inspection,
    approval_step,
    inspection_edition,
    inspection_department,
    closing,
    target,
    answer,
    submission,
    sheet_return,
    confirmation,
    reminder,
    outbox,
    tally,
    audit,
    mark,
    finding,
    audit_report,
    improvement,
    plan,
    completion,
    verification,
    amendment,
    amendment_ground,
    decision,
);

async fn put<E, C>(connection: &C, models: Vec<E::Model>) -> StoreResult<()>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
    C: ConnectionTrait,
{
    let rows = models.into_iter().map(|model| model.into_active_model().reset_all()).collect();
    insert_in_portions::<E, _, _>(connection, rows).await
}

/// Somebody who did something at some time.
pub struct By<'a> {
    pub person: &'a person::Model,
    pub at: OffsetDateTime,
}

impl Rows {
    /// Notes an event of a person.
    pub fn note(&mut self, by: &By, noun: &str, id: Uuid, kind: &'static str, payload: Value) {
        let author = Author { id: Some(by.person.id), name: by.person.name.clone(), address: String::new() };
        self.events.push((author, by.at, NewEvent::new(noun, id, kind, payload)));
    }

    /// Notes an event of the command line.
    pub fn note_console(
        &mut self,
        at: OffsetDateTime,
        noun: &str,
        id: Uuid,
        kind: &'static str,
        payload: Value,
    ) {
        self.events.push((Author::console(), at, NewEvent::new(noun, id, kind, payload)));
    }
}
