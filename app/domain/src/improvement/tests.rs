//! The rules of improvements, case by case.

use super::*;
use crate::actor::ActorPost;
use crate::role::Role;
use time::macros::date;

const HOME: Uuid = Uuid::from_u128(10);
const TODAY: Date = date!(2026 - 11 - 23);

fn actor(id: u128, department: u128, role: Role) -> Actor {
    let post = ActorPost {
        department_id: Uuid::from_u128(department),
        department: "所属".into(),
        role,
        below: Vec::new(),
        before: Vec::new(),
        kind: crate::post::Kind::Main,
        title: "課長".into(),
    };
    Actor {
        person_id: Uuid::from_u128(id),
        name: "試験".into(),
        posts: vec![post],
        grants: vec![],
        assigned: vec![],
        origin: String::new(),
        sheet: None,
    }
}

fn standing(due_on: Option<Date>, completion: Option<Option<bool>>, planned_again: bool) -> Standing {
    let hands = vec![Uuid::from_u128(1)];
    Standing { department: HOME, fiscal_year: 2026, due_on, completion, planned_again, hands }
}

const DUE: Option<Date> = Some(date!(2026 - 12 - 25));

#[test]
fn the_stage_follows_from_the_rows() {
    for (due, completion, again, stage) in [
        (None, None, false, Stage::Unplanned),
        (DUE, None, false, Stage::Planned),
        (DUE, Some(None), false, Stage::Reported),
        (DUE, Some(Some(false)), false, Stage::SentBack),
        (DUE, Some(Some(false)), true, Stage::Planned),
        (DUE, Some(Some(true)), false, Stage::Verified),
        (DUE, Some(Some(true)), true, Stage::Verified),
    ] {
        assert_eq!(standing(due, completion, again).stage(), stage);
    }
}

#[test]
fn overdue_is_a_passed_date_without_a_report() {
    let past = Some(date!(2026 - 11 - 20));
    for (due, completion, days) in [
        (None, None, None),
        (Some(TODAY), None, None),
        (past, None, Some(3)),
        (past, Some(None), None),
        (past, Some(Some(false)), Some(3)),
        (past, Some(Some(true)), None),
    ] {
        assert_eq!(standing(due, completion, false).overdue_days(TODAY), days);
    }
}

#[test]
fn open_ones_of_earlier_years_stay_on_the_list() {
    let open = standing(DUE, None, false);
    let done = standing(DUE, Some(Some(true)), false);
    for (which, year, listed, years) in [
        (&open, 2026, true, 0),
        (&open, 2027, true, 1),
        (&open, 2025, false, 0),
        (&done, 2026, true, 0),
        (&done, 2027, false, 0),
    ] {
        assert_eq!(which.belongs_to_list_of(year), listed);
        assert_eq!(which.years_open(year), years);
    }
}

#[test]
fn numbers_run_per_year_and_source() {
    let taken = ["R8-自-011", "R8-監-003", "R7-自-090", "R8-自-002"];
    for (year, source, label) in [
        (2026, Source::Inspection, "R8-自-012"),
        (2026, Source::Audit, "R8-監-004"),
        (2027, Source::Audit, "R9-監-001"),
        (2025, Source::Inspection, "R7-自-091"),
    ] {
        assert_eq!(next_label(year, source, taken), label);
    }
}

#[test]
fn a_plan_needs_the_head_all_texts_and_a_day_to_come() {
    let head = actor(1, 10, Role::Manager);
    let open = standing(None, None, false);
    assert_eq!(may_plan(&head, &open, "原因", "内容", DUE, TODAY), Ok(date!(2026 - 12 - 25)));
    assert!(may_plan(&head, &open, "原因", "内容", Some(TODAY), TODAY).is_ok());
    for (cause, measure, due, field) in [
        (" ", "内容", DUE, "cause"),
        ("原因", "", DUE, "measure"),
        ("原因", "内容", None, "due_on"),
        ("原因", "内容", Some(date!(2026 - 11 - 22)), "due_on"),
    ] {
        let refusal = may_plan(&head, &open, cause, measure, due, TODAY).expect_err("refused");
        assert_eq!(refusal.field.as_deref(), Some(field));
    }
    for other in [actor(2, 10, Role::Staff), actor(3, 20, Role::Manager)] {
        assert!(may_plan(&other, &open, "原因", "内容", DUE, TODAY).is_err());
    }
    for completion in [Some(None), Some(Some(true))] {
        assert!(may_plan(&head, &standing(DUE, completion, false), "原因", "内容", DUE, TODAY).is_err());
    }
}

#[test]
fn a_completion_needs_a_plan_and_a_report() {
    let head = actor(1, 10, Role::Manager);
    for (due, completion, report, allowed) in [
        (None, None, "実施した", false),
        (DUE, None, "実施した", true),
        (DUE, None, "　", false),
        (DUE, Some(None), "実施した", false),
        (DUE, Some(Some(false)), "実施した", true),
        (DUE, Some(Some(true)), "実施した", false),
    ] {
        assert_eq!(may_complete(&head, &standing(due, completion, false), report).is_ok(), allowed);
    }
}

#[test]
fn somebody_else_verifies_the_newest_report() {
    let reported = standing(DUE, Some(None), false);
    for (id, department, newest, note, allowed) in [
        (9, 20, true, "現地で見た", true),
        (9, 20, true, "", false),
        (9, 20, false, "現地で見た", false),
        (1, 20, true, "現地で見た", false),
        (9, 10, true, "現地で見た", false),
    ] {
        let actor = actor(id, department, Role::Staff);
        assert_eq!(may_verify(&actor, &reported, newest, note).is_ok(), allowed, "{id} {department}");
    }
    let verifier = actor(9, 20, Role::Staff);
    for completion in [None, Some(Some(true)), Some(Some(false))] {
        assert!(may_verify(&verifier, &standing(DUE, completion, false), true, "見た").is_err());
    }
}
