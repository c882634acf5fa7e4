//! An audit: the department's answers, the auditor's marks, the findings.

use super::{issued, place};
use crate::Db;
use crate::access::require;
use crate::entity::{audit, finding, mark, person};
use crate::error::{StoreError, StoreResult};
use crate::ledger::NewEvent;
use crate::ledger::look::look;
use crate::results::{Year, role_name};
use domain::actor::Actor;
use domain::answer::Value;
use domain::audit::{department_value, gap};
use domain::finding::Grade;
use domain::permission::{Action, audits, sees_audit};
use domain::rate::{Coverage, Tally};
use domain::topic::Topic;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// The head of an audit.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditHead {
    pub id: Uuid,
    pub label: String,
    pub purpose: String,
    pub held_on: Date,
    pub inspection: Uuid,
    pub inspection_name: String,
    pub base_on: Date,
    pub fiscal_year: i32,
    pub department: Uuid,
    pub department_name: String,
    pub division_name: String,
    pub auditor_id: Uuid,
    pub auditor: String,
    /// The reader is its auditor.
    pub mine: bool,
    pub report: Option<Issued>,
}

impl AuditHead {
    /// 総務部　人事課; a 課 without a 部 above it once.
    pub fn place(&self) -> String {
        if self.division_name == self.department_name {
            self.department_name.clone()
        } else {
            format!("{}　{}", self.division_name, self.department_name)
        }
    }
}

/// An issued report.
#[derive(Debug, Clone, PartialEq)]
pub struct Issued {
    pub number: String,
    pub opinion: String,
    pub at: OffsetDateTime,
}

/// The auditor's own mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    pub value: Value,
    pub note: String,
    pub at: OffsetDateTime,
}

/// A finding in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingLine {
    pub id: Uuid,
    pub label: String,
    pub grade: Grade,
    pub title: String,
    pub item: Option<Uuid>,
}

/// One question: what the department answered, what the auditor says.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditQuestion {
    pub item: Uuid,
    pub no: i32,
    pub role: String,
    pub topic: Topic,
    pub text: String,
    pub clause: Option<Uuid>,
    pub clause_path: String,
    pub clause_text: String,
    /// Answers of the sheets handed in.
    pub tally: Tally,
    /// The value that stands for the department.
    pub answer: Option<Value>,
    pub mark: Option<Mark>,
    /// Steps by which the answer is better than the mark.
    pub gap: Option<i32>,
}

/// An audit's page.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditPage {
    pub head: AuditHead,
    pub coverage: Coverage,
    /// Empty for those who only read the report.
    pub questions: Vec<AuditQuestion>,
    pub findings: Vec<FindingLine>,
}

impl AuditPage {
    /// Marks set.
    pub fn marked(&self) -> usize {
        self.questions.iter().filter(|question| question.mark.is_some()).count()
    }

    /// Questions answered better than marked.
    pub fn lenient(&self) -> usize {
        self.questions.iter().filter(|question| question.gap.is_some_and(|gap| gap > 0)).count()
    }

    /// A question by its item.
    pub fn question(&self, item: Uuid) -> Option<&AuditQuestion> {
        self.questions.iter().find(|question| question.item == item)
    }
}

/// An audit, for auditors; for others the head and the findings once the report was issued.
///
/// # Errors
/// `Forbidden` without permission; `NotFound` out of reach or before the report was issued.
pub async fn show(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<AuditPage> {
    let mut page = for_report(db, actor, id).await?;
    if !audits(actor, page.head.auditor_id) {
        page.questions = Vec::new();
    }
    Ok(page)
}

/// The same as a page shows it: whoever sees the answers beside the marks leaves an event.
///
/// # Errors
/// As [`show`].
pub async fn look_at(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<AuditPage> {
    let page = show(db, actor, id).await?;
    if !page.questions.is_empty() {
        let payload = json!({ "label": page.head.label, "department": page.head.department_name });
        look(db, actor, now, NewEvent::new("audit", id, "audit.answers_read", payload)).await?;
    }
    Ok(page)
}

/// Everything of an audit, for those who may read its report.
pub(super) async fn for_report(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<AuditPage> {
    let connection = db.read();
    let (audit, head) = readable(connection, actor, id).await?;
    let inspection = crate::entity::inspection::Entity::find_by_id(audit.inspection_id)
        .one(connection)
        .await?
        .ok_or(StoreError::NotFound)?;
    let year = Year::load(connection, inspection).await?;
    let of = BTreeSet::from([audit.department_id]);
    Ok(AuditPage {
        head,
        coverage: year.coverage(&of, None),
        questions: questions(connection, &year, &of, id).await?,
        findings: findings(connection, id).await?,
    })
}

/// The head of an audit the actor may read.
pub(crate) async fn readable<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    id: Uuid,
) -> StoreResult<(audit::Model, AuditHead)> {
    require(actor, Action::SeeFindings)?;
    let audit = audit::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let report = issued(connection, id).await?;
    if !sees_audit(actor, audit.auditor_id, audit.department_id, report.is_some()) {
        return Err(StoreError::NotFound);
    }
    let (inspection, place) = place(connection, audit.inspection_id, audit.department_id).await?;
    let auditor = person::Entity::find_by_id(audit.auditor_id).one(connection).await?;
    let head = AuditHead {
        id,
        label: audit.label.clone(),
        purpose: audit.purpose.clone(),
        held_on: audit.held_on,
        inspection: inspection.id,
        inspection_name: inspection.name,
        base_on: inspection.base_on,
        fiscal_year: inspection.fiscal_year,
        department: audit.department_id,
        department_name: place.name,
        division_name: place.division_name,
        auditor_id: audit.auditor_id,
        auditor: auditor.map(|person| person.name).unwrap_or_default(),
        mine: audit.auditor_id == actor.person_id,
        report: report.map(|report| Issued { number: report.number, opinion: report.opinion, at: report.at }),
    };
    Ok((audit, head))
}

async fn questions<C: ConnectionTrait>(
    connection: &C,
    year: &Year,
    of: &BTreeSet<Uuid>,
    audit: Uuid,
) -> StoreResult<Vec<AuditQuestion>> {
    let marks: BTreeMap<Uuid, mark::Model> = mark::Entity::find()
        .filter(mark::Column::AuditId.eq(audit))
        .all(connection)
        .await?
        .into_iter()
        .map(|mark| (mark.item_id, mark))
        .collect();
    let question = |(item, tally): (&crate::results::Item, &Tally)| {
        let mark = marks.get(&item.row.id).and_then(|mark| {
            Some(Mark { value: Value::from_key(&mark.value)?, note: mark.note.clone(), at: mark.at })
        });
        let answer = department_value(tally);
        AuditQuestion {
            item: item.row.id,
            no: item.row.no,
            role: role_name(&item.role),
            topic: Topic::from_number(item.row.topic).unwrap_or(Topic::Organisation),
            text: item.row.text.clone(),
            clause: item.row.clause_id,
            clause_path: item.row.clause_path.clone(),
            clause_text: item.row.clause_text.clone(),
            tally: *tally,
            answer,
            gap: gap(answer, mark.as_ref().map(|mark| mark.value)),
            mark,
        }
    };
    Ok(year.items.iter().zip(&year.per_item(of)).map(question).collect())
}

async fn findings<C: ConnectionTrait>(connection: &C, audit: Uuid) -> StoreResult<Vec<FindingLine>> {
    let rows = finding::Entity::find()
        .filter(finding::Column::AuditId.eq(audit))
        .order_by_asc(finding::Column::Label)
        .all(connection)
        .await?;
    let line = |row: finding::Model| {
        Some(FindingLine {
            id: row.id,
            label: row.label,
            grade: Grade::from_key(&row.grade)?,
            title: row.title,
            item: row.item_id,
        })
    };
    Ok(rows.into_iter().filter_map(line).collect())
}
