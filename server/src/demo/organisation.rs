//! What an organisation of real people has besides a tree: a department that two others became, somebody with a
//! second post, and a head who is away while another one acts.

use super::city::City;
use super::days::Days;
use super::people::Member;
use super::rows::{By, Rows};
use anyhow::{Context, Result};
use domain::department::Change;
use domain::post::{AbsenceReason, Kind};
use domain::role::Role;
use serde_json::json;
use store::entity::{absence, department, department_succession, person, post};
use time::Date;
use uuid::Uuid;

/// The department that others became, and these, with their codes.
const MERGED: (&str, [(&str, &str); 2]) =
    ("こども家庭センター", [("子ども家庭相談室", "050410"), ("母子保健室", "050420")]);
/// Where somebody of one department also works in another.
const SECOND_POST: (&str, &str) = ("企画政策課", "広報広聴課");
/// Whose head is away, and whose head acts.
const AWAY: (&str, &str) = ("上郷出張所", "磯部出張所");

/// Adds all this to the city.
///
/// # Errors
/// When a department named here does not exist.
pub fn build(city: &City, days: &Days, rows: &mut Rows) -> Result<()> {
    let officer = &city.named("椎名 航平")?.person;
    merger(city, days, officer, rows)?;
    second_post(city, days, officer, rows)?;
    acting_head(city, days, officer, rows)
}

/// On 1 April of last fiscal year two rooms became one centre.
fn merger(city: &City, days: &Days, officer: &person::Model, rows: &mut Rows) -> Result<()> {
    let on = days.april_before(1);
    let by = By { person: officer, at: officer.since };
    let successor = city.departments[city.place(MERGED.0)?].id;
    let row = rows.department.iter_mut().find(|row| row.id == successor).context(MERGED.0)?;
    row.valid_from = on;
    let like = row.clone();
    let mut rooms = Vec::new();
    for (name, code) in MERGED.1 {
        let id = Uuid::now_v7();
        rows.department.push(department::Model {
            id,
            code: code.to_string(),
            name: name.to_string(),
            valid_from: days.april_before(6),
            valid_to: Some(on),
            ..like.clone()
        });
        let payload = json!({ "after": { "code": code, "name": name } });
        rows.note_console(by.at, "department", id, "department.added", payload);
        follow(&by, (id, (name, code)), successor, on, rows);
        rooms.push(id);
    }
    posts_before(&rooms, successor, on, rows);
    Ok(())
}

/// One room ends and the centre follows it.
fn follow(by: &By, (room, (name, code)): (Uuid, (&str, &str)), successor: Uuid, on: Date, rows: &mut Rows) {
    rows.department_succession.push(department_succession::Model {
        id: Uuid::now_v7(),
        predecessor_id: room,
        successor_id: successor,
        kind: Change::Merged.key().to_string(),
        on_date: on,
        at: by.at,
        by_person_id: Some(by.person.id),
    });
    let day = on.to_string();
    let after = json!({ "predecessor": name, "change": Change::Merged.key(), "from": day.clone() });
    let payload = json!({ "after": after, "predecessor": room });
    rows.note(by, "department", successor, "department.succeeded", payload);
    let payload = json!({ "before": { "code": code, "name": name }, "on": day, "to": successor });
    rows.note(by, "department", room, "department.ended", payload);
}

/// Who works in the centre since before the merger worked in one of the rooms; each room had a head.
fn posts_before(rooms: &[Uuid], successor: Uuid, on: Date, rows: &mut Rows) {
    let head = rows.post.iter().find(|row| row.department_id == successor && row.role == Role::Manager.key());
    let head = head.map(|row| row.person_id);
    let mut before: Vec<post::Model> = Vec::new();
    let here = rows.post.iter_mut().filter(|row| row.department_id == successor && row.valid_from < on);
    for row in here {
        // The head of the first room leads the centre; the head of the second one stays as staff.
        let at = if Some(row.person_id) == head { 0 } else { before.len() % rooms.len() };
        let valid_to = row.valid_to.map_or(Some(on), |to| Some(to.min(on)));
        before.push(post::Model { id: Uuid::now_v7(), department_id: rooms[at], valid_to, ..row.clone() });
        row.valid_from = on;
    }
    let second = before.iter().find(|row| row.department_id == rooms[1] && row.role == Role::Staff.key());
    let head = second.map(|row| post::Model {
        id: Uuid::now_v7(),
        role: Role::Manager.key().to_string(),
        title: "室長".to_string(),
        ..row.clone()
    });
    rows.post.extend(before.into_iter().chain(head));
}

/// A post beside the person's own, noted as the officer would have registered it.
fn begin(
    by: &By,
    (member, department): (&Member, (Uuid, &str)),
    (role, kind): (Role, Kind),
    from: Date,
    rows: &mut Rows,
) {
    rows.post.push(post::Model {
        id: Uuid::now_v7(),
        person_id: member.person.id,
        department_id: department.0,
        role: role.key().to_string(),
        kind: kind.key().to_string(),
        title: member.title.clone(),
        system: None,
        valid_from: from,
        valid_to: None,
    });
    let after = json!({
        "department": department.1, "role": role.key(), "kind": kind.key(),
        "title": member.title, "system": null, "from": from.to_string(), "to": null,
    });
    let payload = json!({ "after": after });
    rows.note(by, "person", member.person.id, "post.begun", payload);
}

/// Since the inspection opened, a 係長 also works in a second department.
fn second_post(city: &City, days: &Days, officer: &person::Model, rows: &mut Rows) -> Result<()> {
    let from = days.this.opens_on;
    let by = By { person: officer, at: days.at(from, 10, 0) };
    let member = city.of(city.place(SECOND_POST.0)?, true).find(|member| member.title == "係長");
    let to = &city.departments[city.place(SECOND_POST.1)?];
    let member = member.context(SECOND_POST.0)?;
    begin(&by, (member, (to.id, &to.name)), (Role::Staff, Kind::Additional), from, rows);
    Ok(())
}

/// Since the inspection opened, a head is on leave, and the head of the next office acts.
fn acting_head(city: &City, days: &Days, officer: &person::Model, rows: &mut Rows) -> Result<()> {
    let from = days.this.opens_on;
    let by = By { person: officer, at: days.at(from, 10, 15) };
    let place = city.place(AWAY.0)?;
    let away = city.head(place, true)?;
    rows.absence.push(absence::Model {
        id: Uuid::now_v7(),
        person_id: away.id,
        reason: AbsenceReason::Leave.key().to_string(),
        valid_from: from,
        valid_to: None,
        at: by.at,
        by_person_id: Some(officer.id),
    });
    let after = json!({ "reason": AbsenceReason::Leave.key(), "from": from.to_string(), "to": null });
    let payload = json!({ "after": after });
    rows.note(&by, "person", away.id, "absence.begun", payload);
    let acts = city.of(city.place(AWAY.1)?, true).find(|member| member.head).context(AWAY.1)?;
    let to = &city.departments[place];
    begin(&by, (acts, (to.id, &to.name)), (Role::Manager, Kind::Acting), from, rows);
    Ok(())
}
