use super::*;
use crate::post::Kind;
use Action::*;

fn post(department: u128, role: Role, below: &[u128]) -> ActorPost {
    ActorPost {
        department_id: Uuid::from_u128(department),
        department: "所属".into(),
        role,
        title: "主事".into(),
        below: below.iter().copied().map(Uuid::from_u128).collect(),
        before: Vec::new(),
        kind: Kind::Main,
    }
}

fn person(posts: &[(u128, Role)], grants: &[Role]) -> Actor {
    Actor {
        person_id: Uuid::from_u128(1),
        name: "試験".into(),
        posts: posts.iter().map(|(department, role)| post(*department, *role, &[])).collect(),
        grants: grants.to_vec(),
        assigned: Vec::new(),
        origin: String::new(),
        sheet: None,
    }
}

fn covers(actor: &Actor, action: Action, department: u128) -> bool {
    reach(actor, action).is_some_and(|reach| reach.covers(Uuid::from_u128(department)))
}

#[test]
fn a_head_reaches_only_the_own_departments() {
    let head = person(&[(10, Role::Staff), (10, Role::Manager), (20, Role::Staff)], &[]);
    assert!(covers(&head, ConfirmDepartment, 10));
    assert!(covers(&head, RemindDepartment, 10) && !covers(&head, RemindDepartment, 20));
    assert!(!covers(&head, ConfirmDepartment, 20));
}

#[test]
fn an_employee_answers_but_sees_nobody_elses_answers() {
    let employee = person(&[(10, Role::Staff)], &[]);
    assert_eq!(reach(&employee, AnswerSheet), Some(Reach::Own(employee.person_id)));
    assert_eq!(reach(&employee, SeeAnswers), None);
    assert_eq!(reach(&employee, ReadLedger), None);
}

#[test]
fn the_secretariat_does_not_audit_and_the_operator_sees_no_content() {
    let officer = person(&[(10, Role::Staff)], &[Role::Secretariat]);
    assert!(allows(&officer, RunInspection));
    assert!(!allows(&officer, Audit));
    let operator = person(&[], &[Role::Operator]);
    let held: Vec<Action> =
        TABLE.iter().map(|row| row.1).filter(|action| allows(&operator, *action)).collect();
    assert!(held.iter().all(|action| matches!(action, ManageRoster | ManageAccess)), "{held:?}");
}

#[test]
fn an_auditor_from_outside_reaches_the_own_audits_and_their_departments_only() {
    let mut outside = person(&[], &[Role::Auditor]);
    outside.assigned = vec![Uuid::from_u128(10)];
    let inside = person(&[(40, Role::Staff)], &[Role::Auditor]);
    let (own, department) = (outside.person_id, Uuid::from_u128(10));
    let another = Uuid::from_u128(7);
    assert!(!allows(&outside, OpenAudit) && allows(&inside, OpenAudit));
    for action in [SeeResults, SeeImprovements, VerifyImprovement, SeeAnswers] {
        assert_eq!(reach(&outside, action), Some(Reach::Departments(vec![department])), "{action:?}");
    }
    for (actor, auditor, issued, seen) in [
        (&outside, own, false, true),
        (&outside, own, true, true),
        // Another one's audit of the same department, such as that of the year before.
        (&outside, another, true, false),
        (&outside, another, false, false),
        (&inside, another, false, true),
    ] {
        assert_eq!(sees_audit(actor, auditor, department, issued), seen, "{auditor} {issued}");
    }
    let mut committee = outside.clone();
    committee.grants.push(Role::Committee);
    assert!(sees_audit(&committee, another, department, true), "another role counts for itself");
    assert!(!sees_audit(&committee, another, department, false) && !audits(&committee, another));
}

#[test]
fn the_head_of_a_division_sees_the_figures_of_everything_below_and_no_answers() {
    let mut head = person(&[], &[]);
    head.posts.push(post(100, Role::Responsible, &[110, 111]));
    assert!(covers(&head, SeeResults, 111) && covers(&head, SeeResults, 100));
    assert!(!covers(&head, SeeResults, 200));
    assert!(!allows(&head, SeeAnswers) && !allows(&head, ConfirmDepartment));
}

#[test]
fn a_promoter_sees_who_is_missing_where_he_works() {
    let promoter = person(&[(10, Role::Staff)], &[Role::Promoter]);
    assert!(covers(&promoter, SeeMissing, 10));
    assert!(!covers(&promoter, SeeMissing, 20) && !allows(&promoter, ConfirmDepartment));
}

#[test]
fn individual_answers_are_shown_as_the_mode_of_the_inspection_says() {
    let head = person(&[(10, Role::Manager)], &[]);
    let officer = person(&[(30, Role::Staff)], &[Role::Secretariat]);
    let mut auditor = person(&[(40, Role::Staff)], &[Role::Auditor]);
    auditor.assigned = vec![Uuid::from_u128(10)];
    let employee = person(&[(10, Role::Staff)], &[]);
    let ciso = person(&[], &[Role::Ciso]);
    // The department asked about is 10; the last column is department 20.
    let table = [
        (Visibility::Named, &head, true, false),
        (Visibility::Named, &officer, true, true),
        (Visibility::Named, &auditor, true, false),
        (Visibility::Totals, &head, false, false),
        (Visibility::Totals, &officer, true, true),
        (Visibility::Totals, &auditor, true, false),
        (Visibility::Anonymous, &head, false, false),
        (Visibility::Anonymous, &officer, false, false),
        (Visibility::Anonymous, &auditor, false, false),
        (Visibility::Named, &employee, false, false),
        (Visibility::Named, &ciso, false, false),
    ];
    for (visibility, actor, own, other) in table {
        let seen = |department| sees_answers(actor, visibility, Uuid::from_u128(department));
        assert_eq!((seen(10), seen(20)), (own, other), "{visibility:?} {:?} {:?}", actor.posts, actor.grants);
    }
}
