//! Writing notices: who gets one, and what stands in the blanks.

use super::waiting;
use crate::entity::{edition, inspection, inspection_department, target};
use crate::error::StoreResult;
use crate::extension::due_days;
use crate::inspection::board::{Sheets, sheets};
use crate::inspection::target::holders;
use domain::calendar::{short_day, wareki};
use domain::inspection::extension::DueDays;
use domain::inspection::notice::{Kind, Rule, fill};
use domain::inspection::{Holder, days_left};
use domain::role::Role;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::BTreeMap;
use time::Date;
use uuid::Uuid;

/// Somebody who gets a notice: the sheets it is about, the day, and the name and department for the text.
#[derive(Debug, Clone)]
pub(super) struct Recipient {
    pub person: Uuid,
    pub name: String,
    /// Name of the department, the 部, or 全庁.
    pub place: String,
    pub due_on: Date,
    pub missing: Vec<target::Model>,
    /// What waits for the person's confirmation or approval, a line each.
    pub waiting: Vec<String>,
}

/// What is needed to write the notices of an inspection.
pub(super) struct Writer {
    pub inspection: inspection::Model,
    pub due: DueDays,
    today: Date,
    sheets: Sheets,
    editions: BTreeMap<Uuid, String>,
    departments: BTreeMap<Uuid, String>,
    /// Person, name and department of the heads; a 代理 only where there is no head.
    heads: Vec<(Uuid, String, Uuid)>,
    waiting: Vec<Recipient>,
}

impl Writer {
    pub async fn load<C: ConnectionTrait>(
        connection: &C,
        inspection: inspection::Model,
        today: Date,
    ) -> StoreResult<Writer> {
        let editions = edition::Entity::find().all(connection).await?;
        let departments = inspection_department::Entity::find()
            .filter(inspection_department::Column::InspectionId.eq(inspection.id))
            .all(connection)
            .await?;
        let due = due_days(connection, &inspection).await?;
        Ok(Writer {
            waiting: waiting::recipients(connection, &inspection, due.of_all(), today).await?,
            due,
            sheets: sheets(connection, inspection.id).await?,
            editions: editions.into_iter().map(|row| (row.id, row.title)).collect(),
            departments: departments.into_iter().map(|row| (row.department_id, row.name)).collect(),
            heads: heads(connection, today).await?,
            today,
            inspection,
        })
    }

    fn missing(&self) -> impl Iterator<Item = &target::Model> {
        self.sheets.targets.iter().filter(|target| !self.sheets.submitted.contains_key(&target.id))
    }

    /// Who gets a notice of a kind.
    pub fn recipients(&self, kind: Kind) -> Vec<Recipient> {
        match kind {
            Kind::Digest => self.of_heads(),
            Kind::Waiting => self.waiting.clone(),
            _ => self.of_people(),
        }
    }

    /// Everybody missing, once, with the first day among the missing sheets.
    fn of_people(&self) -> Vec<Recipient> {
        let mut found: BTreeMap<Uuid, Recipient> = BTreeMap::new();
        for target in self.missing() {
            let due_on = self.due.of(target.department_id, target.person_id);
            let one = found.entry(target.person_id).or_insert_with(|| Recipient {
                person: target.person_id,
                name: target.person_name.clone(),
                place: self.departments.get(&target.department_id).cloned().unwrap_or_default(),
                due_on,
                missing: Vec::new(),
                waiting: Vec::new(),
            });
            one.due_on = one.due_on.min(due_on);
            one.missing.push(target.clone());
        }
        found.into_values().collect()
    }

    fn of_heads(&self) -> Vec<Recipient> {
        let mut missing: BTreeMap<Uuid, Vec<target::Model>> = BTreeMap::new();
        for target in self.missing() {
            missing.entry(target.department_id).or_default().push(target.clone());
        }
        let of = |(person, name, department): &(Uuid, String, Uuid)| {
            Some(Recipient {
                person: *person,
                name: name.clone(),
                place: self.departments.get(department).cloned().unwrap_or_default(),
                due_on: self.due.of_department(*department),
                missing: missing.get(department)?.clone(),
                waiting: Vec::new(),
            })
        };
        self.heads.iter().filter_map(of).collect()
    }

    /// Subject and body for somebody.
    pub fn write(&self, rule: &Rule, to: &Recipient) -> (String, String) {
        let values = self.values(to);
        (fill(&rule.subject, &values), fill(&rule.body, &values))
    }

    /// For the preview: name, subject and body for the first who would get it.
    pub fn example(&self, rule: &Rule) -> Option<(String, String, String)> {
        let to = self.recipients(rule.kind).into_iter().next()?;
        let (subject, body) = self.write(rule, &to);
        Some((to.name, subject, body))
    }

    fn values(&self, to: &Recipient) -> Vec<(&'static str, String)> {
        vec![
            ("氏名", to.name.clone()),
            ("所属", to.place.clone()),
            ("点検名", self.inspection.name.clone()),
            ("開始日", wareki(self.inspection.opens_on)),
            ("期限", short_day(to.due_on)),
            ("残り", left(to.due_on, self.today)),
            ("点検票", to.missing.iter().map(|one| self.sheet(one)).collect::<Vec<_>>().join("\n")),
            ("未提出者", to.missing.iter().map(|one| self.person(one)).collect::<Vec<_>>().join("\n")),
            ("確認待ち", to.waiting.join("\n")),
            ("問合せ先", self.inspection.contact.clone()),
        ]
    }

    fn title(&self, target: &target::Model) -> String {
        let title = self.editions.get(&target.edition_id).map_or("点検票", String::as_str);
        let system = target.system.as_ref().map(|system| format!("（{system}）")).unwrap_or_default();
        format!("{title}{system}")
    }

    fn sheet(&self, target: &target::Model) -> String {
        format!("・{}\n　回答画面：/answer/{}", self.title(target), target.id)
    }

    fn person(&self, target: &target::Model) -> String {
        format!("・{}（{}）", target.person_name, self.title(target))
    }
}

/// How long there is still time.
pub(crate) fn left(due_on: Date, today: Date) -> String {
    match days_left(due_on, today) {
        0 => "本日が期限です。".to_string(),
        left @ 1.. => format!("期限まであと{left}日です。"),
        left => format!("期限を{}日過ぎています。", -left),
    }
}

/// Who is addressed for each department; the rule of who that is where there is a 代理 stands in `domain`.
async fn heads<C: ConnectionTrait>(connection: &C, today: Date) -> StoreResult<Vec<(Uuid, String, Uuid)>> {
    let mut posts = holders(connection, today).await?;
    posts.retain(|one| one.role == Role::Manager);
    let people = crate::person::people(connection, posts.iter().map(|one| one.person_id).collect()).await?;
    let names: BTreeMap<Uuid, String> = people.into_iter().map(|row| (row.id, row.name)).collect();
    let of = |one: &Holder| {
        (one.person_id, names.get(&one.person_id).cloned().unwrap_or_default(), one.department_id)
    };
    Ok(posts.iter().filter(|one| !one.leaves_it_to_the_head(&posts)).map(of).collect())
}
