//! Taking proposals over, and leaving them.

use super::load::{Situation, situation};
use super::{line, open, take_in};
use crate::Db;
use crate::access::{post_holds, require_city};
use crate::entity::{
    confirmation, inspection, person, post, target, target_addition, target_restoration, target_transfer,
    target_withdrawal, transfer_waiver,
};
use crate::error::{StoreError, StoreResult};
use crate::inspection::target::Desk;
use crate::inspection::{hand_out, is_closed};
use crate::ledger::{self, NewEvent, insert_in_portions};
use crate::outbox::{self, Message};
use domain::actor::Actor;
use domain::calendar::{day, iso, wareki};
use domain::inspection::Holder;
use domain::inspection::transfer::{Act, Proposal, Rule, may_transfer, needs_reason};
use domain::permission::Action;
use domain::post::Kind;
use domain::role::Role;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use uuid::Uuid;

const GONE: &str =
    "選んだ変更は、既に反映されたか、名簿が変わったため、今はありません。画面を開き直してください。";

/// Takes the chosen proposals over and gives how many. The proposals are made anew inside the transaction: what does
/// not hold any more is not done.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused when the inspection is closed or none of the chosen proposals holds.
pub async fn take(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    keys: &[String],
    now: OffsetDateTime,
) -> StoreResult<usize> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    let (inspection, situation) = locked(&txn, id, now).await?;
    let chosen = chosen(&txn, &situation, id, keys).await?;
    let mut work = Work::begin(&txn, actor, &inspection, &situation, now).await?;
    for proposal in &chosen {
        work.take(proposal).await?;
    }
    work.finish().await?;
    let payload = json!({ "changes": chosen.len(), "on": iso(situation.on) });
    let event = NewEvent::new("inspection", id, "transfer.applied", payload);
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(chosen.len())
}

/// Leaves the chosen proposals as they are, with the reason; they are not proposed again.
///
/// # Errors
/// As [`take`], and without a reason.
pub async fn leave(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    keys: &[String],
    reason: &str,
    now: OffsetDateTime,
) -> StoreResult<usize> {
    require_city(actor, Action::RunInspection)?;
    needs_reason(reason)?;
    let txn = db.begin().await?;
    let (_, situation) = locked(&txn, id, now).await?;
    let chosen = chosen(&txn, &situation, id, keys).await?;
    let rows = chosen.iter().map(|proposal| transfer_waiver::ActiveModel {
        id: Set(Uuid::now_v7()),
        inspection_id: Set(id),
        proposal: Set(proposal.key()),
        person_id: Set(proposal.person_id),
        what: Set(words(proposal, &situation)),
        reason: Set(reason.trim().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    });
    insert_in_portions::<transfer_waiver::Entity, _, _>(&txn, rows.collect()).await?;
    let left: Vec<String> = chosen.iter().map(|proposal| words(proposal, &situation)).collect();
    let after = json!({ "left": left, "reason": reason.trim() });
    let event = NewEvent::created("inspection", id, "transfer.left", after);
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(chosen.len())
}

/// The situation with all targets locked, so that nobody hands a sheet in while it moves.
pub(super) async fn locked(
    txn: &DatabaseTransaction,
    id: Uuid,
    now: OffsetDateTime,
) -> StoreResult<(inspection::Model, Situation)> {
    let mut inspection =
        inspection::Entity::find_by_id(id).lock_exclusive().one(txn).await?.ok_or(StoreError::NotFound)?;
    may_transfer(is_closed(txn, id).await?, hand_out::is_under_way(txn, id).await?)?;
    inspection.due_on = crate::extension::due_days(txn, &inspection).await?.of_all();
    let _locked: Vec<Uuid> = target::Entity::find()
        .select_only()
        .column(target::Column::Id)
        .filter(target::Column::InspectionId.eq(id))
        .order_by_asc(target::Column::Id)
        .lock_exclusive()
        .into_tuple()
        .all(txn)
        .await?;
    let situation = situation(txn, &inspection, day(now)).await?;
    Ok((inspection, situation))
}

async fn chosen(
    txn: &DatabaseTransaction,
    situation: &Situation,
    id: Uuid,
    keys: &[String],
) -> StoreResult<Vec<Proposal>> {
    if keys.is_empty() {
        return Err(StoreError::refused("変更を一つ以上選んでください。"));
    }
    let keys: BTreeSet<&String> = keys.iter().collect();
    let chosen: Vec<Proposal> = open(txn, id, situation)
        .await?
        .into_iter()
        .filter(|one| one.changes() && keys.contains(&one.key()))
        .collect();
    if chosen.is_empty() { Err(StoreError::refused(GONE)) } else { Ok(chosen) }
}

/// A proposal in one line, for the history.
fn words(proposal: &Proposal, situation: &Situation) -> String {
    let line = line(proposal, situation);
    let place = [line.from, line.to].into_iter().flatten().collect::<Vec<_>>().join("→");
    format!("{}（{}、{place}）", line.act.label(), line.role.short())
}

/// Changes on their way: rows and events are written as they come, messages at the end, one for each person.
pub(super) struct Work<'a> {
    txn: &'a DatabaseTransaction,
    actor: &'a Actor,
    inspection: &'a inspection::Model,
    situation: &'a Situation,
    desk: Desk,
    now: OffsetDateTime,
    events: Vec<NewEvent>,
    told: BTreeMap<Uuid, Vec<String>>,
    /// Departments that got sheets.
    grown: BTreeSet<Uuid>,
}

impl<'a> Work<'a> {
    pub async fn begin(
        txn: &'a DatabaseTransaction,
        actor: &'a Actor,
        inspection: &'a inspection::Model,
        situation: &'a Situation,
        now: OffsetDateTime,
    ) -> StoreResult<Work<'a>> {
        let desk = Desk::load(txn, inspection.id, situation.editions.clone()).await?;
        Ok(Work {
            txn,
            actor,
            inspection,
            situation,
            desk,
            now,
            events: Vec::new(),
            told: BTreeMap::new(),
            grown: BTreeSet::new(),
        })
    }

    async fn take(&mut self, proposal: &Proposal) -> StoreResult<()> {
        let why = Why { rule: Some(proposal.rule), reason: proposal.reason.clone() };
        let target = proposal.target.and_then(|id| self.situation.targets.get(&id)).cloned();
        match (proposal.act, target, proposal.to) {
            (Act::Move, Some(target), Some(to)) => self.move_to(&target, to, &proposal.title, &why).await,
            (Act::Withdraw, Some(target), _) => self.withdraw(&target, &why).await,
            (Act::Restore, Some(target), Some(to)) => {
                self.restore(&target, &why).await?;
                if target.department_id == to {
                    return Ok(());
                }
                self.move_to(&target, to, &proposal.title, &why).await
            }
            (Act::Add, _, Some(to)) => {
                let owed = Holder {
                    person_id: proposal.person_id,
                    department_id: to,
                    role: proposal.role,
                    kind: Kind::Main,
                    title: proposal.title.clone(),
                    system: proposal.system.clone(),
                };
                self.add(&owed, &why).await
            }
            _ => Ok(()),
        }
    }

    pub async fn add(&mut self, owed: &Holder, why: &Why) -> StoreResult<()> {
        let target = self.desk.target(owed).ok_or(StoreError::NotFound)?;
        take_in(self.txn, self.inspection.id, owed.department_id).await?;
        let (id, person) = (target.id, target.person_id);
        target::Entity::insert(target::ActiveModel::from(target)).exec_without_returning(self.txn).await?;
        let row = target_addition::ActiveModel {
            id: Set(Uuid::now_v7()),
            target_id: Set(id),
            rule: Set(why.key()),
            reason: Set(why.reason.clone()),
            on_date: Set(self.situation.on),
            at: Set(self.now),
            by_person_id: Set(self.actor.person_id),
        };
        target_addition::Entity::insert(row).exec_without_returning(self.txn).await?;
        let place = self.situation.department(owed.department_id);
        let after = json!({ "department": place, "role": owed.role.key() });
        let event = NewEvent::created("target", id, "target.added", after);
        self.note(event.beside(json!({ "person": person })), why);
        let text = format!(
            "点検の対象に加わりました（{place}、{}）。最初の画面から回答してください。",
            owed.role.short()
        );
        self.tell(person, text);
        self.grown.insert(owed.department_id);
        Ok(())
    }

    pub async fn move_to(
        &mut self,
        target: &target::Model,
        to: Uuid,
        title: &str,
        why: &Why,
    ) -> StoreResult<()> {
        take_in(self.txn, self.inspection.id, to).await?;
        let title = if title.is_empty() { target.title.clone() } else { title.to_string() };
        let active = target::ActiveModel {
            id: Set(target.id),
            department_id: Set(to),
            title: Set(title),
            attributes: Set(self.desk.attributes(to)),
            ..Default::default()
        };
        target::Entity::update(active).exec(self.txn).await?;
        let row = target_transfer::ActiveModel {
            id: Set(Uuid::now_v7()),
            target_id: Set(target.id),
            from_department_id: Set(target.department_id),
            to_department_id: Set(to),
            on_date: Set(self.situation.on),
            rule: Set(why.key()),
            reason: Set(why.reason.clone()),
            at: Set(self.now),
            by_person_id: Set(self.actor.person_id),
        };
        target_transfer::Entity::insert(row).exec_without_returning(self.txn).await?;
        let (from, place) = (self.situation.department(target.department_id), self.situation.department(to));
        let (before, after) = (json!({ "department": from }), json!({ "department": place }));
        self.note(NewEvent::changed("target", target.id, "target.moved", before, after), why);
        let text = format!(
            "点検票の所属を{from}から{place}に移しました。入力した回答は残っています。新しい所属について見直してから提出してください。"
        );
        self.tell(target.person_id, text);
        self.grown.insert(to);
        Ok(())
    }

    pub async fn withdraw(&mut self, target: &target::Model, why: &Why) -> StoreResult<()> {
        let row = target_withdrawal::ActiveModel {
            id: Set(Uuid::now_v7()),
            target_id: Set(target.id),
            rule: Set(why.key()),
            reason: Set(why.reason.clone()),
            at: Set(self.now),
            by_person_id: Set(self.actor.person_id),
        };
        target_withdrawal::Entity::insert(row).exec_without_returning(self.txn).await?;
        let place = self.situation.department(target.department_id);
        let before = json!({ "department": place });
        self.note(NewEvent::removed("target", target.id, "target.withdrawn", before), why);
        // Who is away or has left is not written to.
        if !matches!(why.rule, Some(Rule::Absent | Rule::Left)) {
            self.tell(
                target.person_id,
                format!("{place}の点検票は、点検の対象から外れました。回答する必要はありません。"),
            );
        }
        Ok(())
    }

    pub async fn restore(&mut self, target: &target::Model, why: &Why) -> StoreResult<()> {
        let withdrawal = target_withdrawal::Entity::find()
            .filter(target_withdrawal::Column::TargetId.eq(target.id))
            .order_by_desc(target_withdrawal::Column::At)
            .order_by_desc(target_withdrawal::Column::Id)
            .one(self.txn)
            .await?
            .ok_or(StoreError::NotFound)?;
        let row = target_restoration::ActiveModel {
            id: Set(Uuid::now_v7()),
            withdrawal_id: Set(withdrawal.id),
            reason: Set(why.reason.clone()),
            at: Set(self.now),
            by_person_id: Set(self.actor.person_id),
        };
        target_restoration::Entity::insert(row).exec_without_returning(self.txn).await?;
        let place = self.situation.department(target.department_id);
        let after = json!({ "department": place });
        self.note(NewEvent::created("target", target.id, "target.restored", after), why);
        self.tell(
            target.person_id,
            "再び点検の対象になりました。前に入力した回答は残っています。".to_string(),
        );
        self.grown.insert(target.department_id);
        Ok(())
    }

    fn note(&mut self, event: NewEvent, why: &Why) {
        let facts = json!({ "rule": why.key(), "reason": why.reason, "inspection": self.inspection.id });
        self.events.push(event.beside(facts));
    }

    fn tell(&mut self, person: Uuid, text: String) {
        self.told.entry(person).or_default().push(text);
    }

    pub async fn finish(self) -> StoreResult<()> {
        let subject = format!("【対象の変更】{}", self.inspection.name);
        let mut messages: Vec<Message> = self
            .told
            .iter()
            .filter_map(|(id, texts)| {
                let person = self.desk.people.get(id)?.clone();
                let body = self.body(&person.name, texts);
                Some(Message { kind: "transfer", subject: subject.clone(), body, person })
            })
            .collect();
        for (department, person) in self.confirmed_heads().await? {
            let text = format!(
                "確認済みの{}に、点検票が加わりました。所属の画面で提出の状況を確かめてください。",
                self.situation.department(department)
            );
            let body = self.body(&person.name, &[text]);
            messages.push(Message { kind: "transfer", subject: subject.clone(), body, person });
        }
        ledger::append(self.txn, &self.actor.into(), self.now, self.events).await?;
        outbox::put(self.txn, self.now, messages).await
    }

    fn body(&self, name: &str, texts: &[String]) -> String {
        format!(
            "{name}　様\n\n{}について、お知らせします。\n\n{}\n\n回答期限：{}\n問合せ先：{}\n",
            self.inspection.name,
            texts.join("\n"),
            wareki(self.inspection.due_on),
            self.inspection.contact,
        )
    }

    /// Heads who confirmed before and now have sheets again that nobody looked at.
    async fn confirmed_heads(&self) -> StoreResult<Vec<(Uuid, person::Model)>> {
        let confirmed: Vec<Uuid> = confirmation::Entity::find()
            .filter(confirmation::Column::InspectionId.eq(self.inspection.id))
            .filter(confirmation::Column::DepartmentId.is_in(self.grown.iter().copied()))
            .all(self.txn)
            .await?
            .into_iter()
            .map(|row| row.department_id)
            .collect();
        let heads = post::Entity::find()
            .filter(post::Column::DepartmentId.is_in(confirmed))
            .filter(post::Column::Role.eq(Role::Manager.key()))
            .filter(post_holds(day(self.now)))
            .all(self.txn)
            .await?;
        let person =
            |row: post::Model| Some((row.department_id, self.desk.people.get(&row.person_id)?.clone()));
        Ok(heads.into_iter().filter_map(person).collect())
    }
}

/// Why something changes; no rule by hand.
pub(super) struct Why {
    pub rule: Option<Rule>,
    pub reason: String,
}

impl Why {
    fn key(&self) -> String {
        self.rule.map(Rule::key).unwrap_or_default().to_string()
    }
}
