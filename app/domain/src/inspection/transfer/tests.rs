//! The eight rules and how they meet.

use super::*;
use crate::post::Kind;

const P: u128 = 1;
const Q: u128 = 2;
const A: u128 = 10;
const B: u128 = 20;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn sheet(target: u128, person: u128, department: u128, role: Role, begun: Begun) -> Sheet {
    Sheet {
        target: id(target),
        person_id: id(person),
        department_id: id(department),
        role,
        system: None,
        begun,
        withdrawn: None,
    }
}

fn post(person: u128, department: u128, role: Role, kind: Kind) -> Holder {
    Holder {
        person_id: id(person),
        department_id: id(department),
        role,
        kind,
        title: "主査".into(),
        system: None,
    }
}

fn staff(person: u128, department: u128) -> Holder {
    post(person, department, Role::Staff, Kind::Main)
}

fn head(person: u128, department: u128) -> Holder {
    post(person, department, Role::Manager, Kind::Main)
}

fn roster(holders: Vec<Holder>) -> Roster {
    Roster { holders, ..Roster::default() }
}

fn away(person: u128, reason: AbsenceReason) -> Roster {
    Roster { absent: BTreeMap::from([(id(person), reason)]), ..roster(vec![staff(person, A)]) }
}

/// Rule, act, from, to.
type Line = (Rule, Act, Option<u128>, Option<u128>);

fn lines(sheets: &[Sheet], roster: &Roster) -> Vec<Line> {
    let number = |id: Option<Uuid>| id.map(|id| id.as_u128());
    proposals(sheets, roster, &Role::WITH_SHEET)
        .into_iter()
        .map(|one| (one.rule, one.act, number(one.from), number(one.to)))
        .collect()
}

#[test]
fn each_rule_proposes_what_the_field_does() {
    use Begun::{Confirmed, Draft, NotBegun, Submitted};
    let in_a = |begun| vec![sheet(100, P, A, Role::Staff, begun)];
    let moved = || roster(vec![staff(P, B)]);
    let keeps = (Rule::AnsweredStays, Act::Keep, Some(A), Some(B));
    let goes = (Rule::UnansweredMoves, Act::Move, Some(A), Some(B));
    let leaves = |rule| (rule, Act::Withdraw, Some(A), None);
    let stays = |rule| (rule, Act::Keep, Some(A), None);
    let away_from_a = |reason| away(P, reason);
    let cases: Vec<(&str, Vec<Sheet>, Roster, Vec<Line>)> = vec![
        ("nothing changed", in_a(NotBegun), roster(vec![staff(P, A)]), vec![]),
        ("(1) hired", vec![], roster(vec![staff(P, B)]), vec![(Rule::Joined, Act::Add, None, Some(B))]),
        ("(2) submitted, moved", in_a(Submitted), moved(), vec![keeps]),
        ("(2) confirmed, moved", in_a(Confirmed), moved(), vec![keeps]),
        ("(3) not begun, moved", in_a(NotBegun), moved(), vec![goes]),
        ("(3) draft, moved", in_a(Draft), moved(), vec![goes]),
        ("(4) on leave", in_a(Draft), away_from_a(AbsenceReason::Leave), vec![leaves(Rule::Absent)]),
        ("(4) 育休", in_a(NotBegun), away_from_a(AbsenceReason::Childcare), vec![leaves(Rule::Absent)]),
        ("(4) 出向", in_a(NotBegun), away_from_a(AbsenceReason::Secondment), vec![leaves(Rule::Absent)]),
        (
            "(4) 派遣, answered",
            in_a(Submitted),
            away_from_a(AbsenceReason::Dispatch),
            vec![stays(Rule::Absent)],
        ),
        ("(5) retired after answering", in_a(Confirmed), roster(vec![]), vec![stays(Rule::Left)]),
        ("(5) retired before", in_a(Draft), roster(vec![]), vec![leaves(Rule::Left)]),
        (
            "(6) a further post owes no second staff's sheet",
            in_a(NotBegun),
            roster(vec![post(P, B, Role::Staff, Kind::Additional), staff(P, A)]),
            vec![],
        ),
        (
            "(6) heads per post",
            vec![sheet(100, P, A, Role::Manager, NotBegun)],
            roster(vec![head(P, A), post(P, B, Role::Manager, Kind::Additional)]),
            vec![(Rule::PerPost, Act::Add, None, Some(B))],
        ),
        (
            "(6) a further post ended",
            vec![sheet(100, P, A, Role::Manager, Submitted), sheet(101, P, B, Role::Manager, NotBegun)],
            roster(vec![head(P, A)]),
            vec![(Rule::PerPost, Act::Withdraw, Some(B), None)],
        ),
        (
            "(7) 事務取扱 owes the sheet and confirms",
            vec![sheet(100, Q, A, Role::Staff, NotBegun)],
            roster(vec![staff(Q, A), post(P, A, Role::Manager, Kind::Acting)]),
            vec![(Rule::InPlace, Act::Add, None, Some(A)), (Rule::InPlace, Act::Keep, Some(A), None)],
        ),
        (
            "(7) a 代理 confirms and owes nothing while there is a head",
            vec![sheet(100, Q, A, Role::Manager, NotBegun)],
            roster(vec![head(Q, A), post(P, A, Role::Manager, Kind::Deputy)]),
            vec![(Rule::InPlace, Act::Keep, Some(A), None)],
        ),
        (
            "(8) without an account",
            in_a(NotBegun),
            Roster { without_account: BTreeSet::from([id(P)]), ..roster(vec![staff(P, A)]) },
            vec![stays(Rule::WithoutAccount)],
        ),
        (
            "(8) without an account, answered",
            in_a(Submitted),
            Roster { without_account: BTreeSet::from([id(P)]), ..roster(vec![staff(P, A)]) },
            vec![],
        ),
    ];
    for (what, sheets, roster, expected) in cases {
        assert_eq!(lines(&sheets, &roster), expected, "{what}");
    }
}

#[test]
fn another_role_is_another_sheet() {
    let sheets =
        [sheet(100, P, A, Role::Manager, Begun::NotBegun), sheet(101, P, A, Role::Staff, Begun::Draft)];
    let mut manager = post(P, B, Role::SystemManager, Kind::Main);
    manager.system = Some("住民記録".into());
    let found = lines(&sheets, &roster(vec![staff(P, B), manager]));
    assert_eq!(
        found,
        [
            (Rule::UnansweredMoves, Act::Withdraw, Some(A), None),
            (Rule::UnansweredMoves, Act::Move, Some(A), Some(B)),
            (Rule::UnansweredMoves, Act::Add, None, Some(B)),
        ]
    );
}

#[test]
fn a_head_who_changes_takes_an_open_sheet_along_and_owes_a_new_one_after_answering() {
    let open = [sheet(100, P, A, Role::Manager, Begun::Draft)];
    let answered = [sheet(100, P, A, Role::Manager, Begun::Submitted)];
    let later = roster(vec![head(P, B)]);
    assert_eq!(lines(&open, &later), [(Rule::UnansweredMoves, Act::Move, Some(A), Some(B))]);
    assert_eq!(
        lines(&answered, &later),
        [(Rule::AnsweredStays, Act::Keep, Some(A), None), (Rule::PerPost, Act::Add, None, Some(B))]
    );
}

#[test]
fn a_system_is_handed_over_with_its_own_sheet() {
    let of = |target, person, begun| Sheet {
        system: Some("税務".into()),
        ..sheet(target, person, A, Role::SystemManager, begun)
    };
    let holds = |person, department| Holder {
        system: Some("税務".into()),
        ..post(person, department, Role::SystemManager, Kind::Main)
    };
    // The same person with the same system elsewhere: the sheet goes along.
    let found = lines(&[of(100, P, Begun::Draft)], &roster(vec![holds(P, B)]));
    assert_eq!(found, [(Rule::UnansweredMoves, Act::Move, Some(A), Some(B))]);
    // Another person: the old sheet leaves, a new one is handed out.
    let found = lines(&[of(100, P, Begun::NotBegun)], &roster(vec![staff(P, A), holds(Q, A)]));
    assert!(found.contains(&(Rule::Joined, Act::Add, None, Some(A))), "{found:?}");
    assert!(found.iter().any(|(_, act, from, _)| *act == Act::Withdraw && *from == Some(A)), "{found:?}");
}

#[test]
fn who_comes_back_gets_the_same_sheet_unless_it_was_withdrawn_by_hand() {
    let withdrawn = |how| Sheet { withdrawn: Some(how), ..sheet(100, P, A, Role::Staff, Begun::Draft) };
    let back = Roster { back: BTreeSet::from([id(P)]), ..roster(vec![staff(P, B)]) };
    let found = proposals(&[withdrawn(Withdrawn::ByRule)], &back, &Role::WITH_SHEET);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].act, found[0].target, found[0].to), (Act::Restore, Some(id(100)), Some(id(B))));
    assert!(found[0].reason.contains("復職"), "{}", found[0].reason);
    assert_eq!(lines(&[withdrawn(Withdrawn::ByHand)], &back), []);
    // Still away: nothing is proposed a second time.
    assert_eq!(lines(&[withdrawn(Withdrawn::ByRule)], &away(P, AbsenceReason::Leave)), []);
}

#[test]
fn a_reorganisation_is_named_and_drafts_go_along() {
    let merged =
        Roster { ended: BTreeMap::from([(id(A), Change::Merged)]), ..roster(vec![staff(P, B), staff(Q, B)]) };
    let sheets =
        [sheet(100, P, A, Role::Staff, Begun::Draft), sheet(101, Q, A, Role::Staff, Begun::Submitted)];
    let found = proposals(&sheets, &merged, &Role::WITH_SHEET);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|one| one.reason.contains("統合")), "{found:?}");
    let draft = found.iter().find(|one| one.act == Act::Move).unwrap();
    assert!(draft.reason.contains("入力途中の回答"), "{}", draft.reason);
}

#[test]
fn what_was_taken_over_is_not_proposed_again() {
    let sheets =
        [sheet(100, P, A, Role::Staff, Begun::Draft), sheet(101, Q, A, Role::Staff, Begun::NotBegun)];
    let later = roster(vec![staff(P, B)]);
    let mut after = sheets.to_vec();
    for one in proposals(&sheets, &later, &Role::WITH_SHEET) {
        let sheet = after.iter_mut().find(|sheet| Some(sheet.target) == one.target).unwrap();
        match one.act {
            Act::Move => sheet.department_id = one.to.unwrap(),
            Act::Withdraw => sheet.withdrawn = Some(Withdrawn::ByRule),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(lines(&after, &later), []);
}

#[test]
fn proposals_are_told_apart_by_their_keys() {
    let sheets =
        [sheet(100, P, A, Role::Staff, Begun::NotBegun), sheet(101, P, A, Role::Manager, Begun::NotBegun)];
    let later = roster(vec![staff(P, B), head(P, B), staff(Q, B), head(Q, A)]);
    let found = proposals(&sheets, &later, &Role::WITH_SHEET);
    let keys: BTreeSet<String> = found.iter().map(Proposal::key).collect();
    assert_eq!(keys.len(), found.len());
    assert_eq!(found.len(), 4);
}

#[test]
fn changes_by_hand_say_why_and_leave_alone_what_was_handed_in() {
    assert!(may_change_target(Begun::Draft, "課の統合のため").is_ok());
    assert!(may_change_target(Begun::Draft, "　").is_err());
    for begun in [Begun::Submitted, Begun::Confirmed] {
        assert!(may_change_target(begun, "誤り").is_err());
    }
    assert!(may_transfer(true, false).is_err() && may_transfer(false, false).is_ok());
    let refused = may_transfer(false, true).unwrap_err();
    assert!(refused.text.contains("配付が終わってから"));
    assert!(needs_reason("").is_err());
}
