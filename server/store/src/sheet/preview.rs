//! A sheet as its respondents will see it, before it is frozen.

use super::freeze::{changes, grounds, on_sheet};
use crate::Db;
use crate::access::require_city;
use crate::entity::sheet;
use crate::error::{StoreError, StoreResult};
use crate::question::QuestionNow;
use crate::response::{Chapter, Facts, Item, Sheet};
use domain::actor::Actor;
use domain::inspection::{About, Visibility};
use domain::permission::Action;
use domain::question::setting::Attribute;
use domain::response::Standing;
use domain::role::Role;
use domain::sheet::Change;
use domain::topic::Topic;
use sea_orm::EntityTrait;
use std::collections::BTreeMap;
use time::Date;
use uuid::Uuid;

/// The sheet with blank answers, as a department with these attributes would see it.
///
/// # Errors
/// `NotFound` for an unknown sheet.
pub async fn preview(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    attributes: Vec<Attribute>,
    today: Date,
) -> StoreResult<Sheet> {
    require_city(actor, Action::EditPolicy)?;
    let found = sheet::Entity::find_by_id(id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let role = Role::from_key(&found.role).ok_or(StoreError::NotFound)?;
    let questions = on_sheet(db.read(), id).await?;
    let changes = changes(db.read(), role, found.fiscal_year, &questions).await?;
    let grounds = grounds(db.read(), &questions).await?;
    let mut chapters: BTreeMap<Topic, Vec<Item>> = BTreeMap::new();
    for (no, question) in (1..).zip(questions) {
        let ground = grounds.get(&question.id);
        let change = changes.get(&question.id).copied().unwrap_or(Change::New);
        let mut item = item(question.clone(), no, found.fiscal_year, change);
        item.clause_path = ground.map(|ground| ground.path.clone()).unwrap_or_default();
        item.clause_text = ground.map(|ground| ground.text.clone()).unwrap_or_default();
        chapters.entry(question.topic).or_default().push(item);
    }
    let chapter =
        |(topic, items): (Topic, Vec<Item>)| Chapter { number: topic.number(), name: topic.label(), items };
    Ok(Sheet {
        rehearsal: false,
        target: Uuid::nil(),
        person: Uuid::nil(),
        inspection: Uuid::nil(),
        department: Uuid::nil(),
        title: found.title,
        edition_label: String::new(),
        inspection_name: String::new(),
        about: About::default(),
        fiscal_year: found.fiscal_year,
        due_on: today,
        contact: String::new(),
        visibility: Visibility::Named,
        system: (role == Role::SystemManager).then(|| "（情報システムごとに1票）".to_string()),
        department_name: String::new(),
        person_name: String::new(),
        person_title: String::new(),
        attributes,
        facts: nothing_yet(),
        chapters: chapters.into_iter().map(chapter).collect(),
    })
}

fn nothing_yet() -> Facts {
    let standing = Standing { submitted: false, returned: false, confirmed: false, closed: false };
    Facts { standing, submission: None, returned: None, confirmed_at: None }
}

/// A question as it stands on the page, with nothing answered.
pub(super) fn item(question: QuestionNow, no: i32, year: i32, change: Change) -> Item {
    Item {
        id: question.id,
        question: question.id,
        no,
        text: question.text,
        not_applicable: question.not_applicable,
        setting: question.setting,
        year,
        hidden: false,
        supplements: Vec::new(),
        change: change.key().to_string(),
        clause_path: String::new(),
        clause_text: String::new(),
        last: None,
        last_text: None,
        carry: None,
        files: Vec::new(),
        answer: None,
    }
}
