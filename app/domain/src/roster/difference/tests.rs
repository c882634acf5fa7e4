//! What is told apart, and what is taken.

use super::*;
use crate::roster::RosterProblem;
use crate::roster::choice::{Choice, may_end_missing};

fn row(staff_no: &str, department: &str, title: &str, head: bool, system: Option<&str>) -> RosterRow {
    RosterRow {
        row: 2,
        division: "総務部".into(),
        department: department.into(),
        department_code: None,
        staff_no: staff_no.into(),
        name: format!("氏名{staff_no}"),
        kana: None,
        title: title.into(),
        employment: None,
        email: None,
        head,
        system: system.map(Into::into),
        concurrent: false,
        absence: None,
    }
}

fn known(staff_no: &str, posts: Vec<Holding>) -> (String, Known) {
    let person = Known {
        staff_no: staff_no.into(),
        name: format!("氏名{staff_no}"),
        kana: "かな".into(),
        employment: "常勤".into(),
        email: None,
        posts,
        absence: None,
    };
    (staff_no.into(), person)
}

fn post(department: &str, role: Role, title: &str) -> Holding {
    let department = format!("総務部　{department}");
    Holding { department, role, kind: PostKind::Main, title: title.into(), system: None }
}

fn departments(all: &[(&str, &str)]) -> BTreeMap<String, String> {
    all.iter().map(|(name, code)| ((*name).to_string(), (*code).to_string())).collect()
}

fn roster(rows: Vec<RosterRow>) -> Roster {
    Roster { rows, problems: Vec::new() }
}

#[test]
fn a_known_code_under_a_new_name_is_the_same_department() {
    let known: BTreeMap<String, Known> = [known("1", vec![post("人事課", Role::Staff, "主事")])].into();
    let coded =
        |name| RosterRow { department_code: Some("0101".into()), ..row("1", name, "主事", false, None) };
    let all = departments(&[("総務部　人事課", "0101"), ("総務部　財政課", "0102")]);
    let found = difference(&roster(vec![coded("職員課")]), &known, &all, true);
    let renaming =
        Renaming {
            code: "0101".into(), before: "総務部　人事課".into(), after: "総務部　職員課".into()
        };
    assert_eq!((found.renamed, found.new_departments, found.changes), (vec![renaming], vec![], vec![]));
    let apart = difference(&roster(vec![coded("職員課")]), &known, &all, false);
    assert_eq!((apart.renamed.len(), apart.changes[0].kind), (0, Kind::Moved));
}

#[test]
fn posts_beside_the_main_one_and_absences_are_told_apart_from_moves() {
    let main = || post("人事課", Role::Staff, "主事");
    let known: BTreeMap<String, Known> =
        [known("1", vec![main()]), known("2", vec![main()]), known("3", vec![main()])].into();
    let beside = RosterRow { concurrent: true, ..row("1", "財政課", "主事", false, None) };
    let away =
        RosterRow { absence: Some(AbsenceReason::Childcare), ..row("2", "人事課", "主事", false, None) };
    let rows = vec![
        row("1", "人事課", "主事", false, None),
        beside,
        away,
        row("3", "人事課", "課長職務代理者", true, None),
    ];
    let all = departments(&[("総務部　人事課", ""), ("総務部　財政課", "")]);
    let roster = roster(rows);
    let found = difference(&roster, &known, &all, true);
    let kinds: Vec<(Kind, &str)> =
        found.changes.iter().map(|one| (one.kind, one.staff_no.as_str())).collect();
    assert_eq!(kinds, [(Kind::Concurrent, "1"), (Kind::Away, "2"), (Kind::Changed, "3")]);
    let wanted = wanted(&roster, &known);
    assert_eq!(wanted["1"][1].kind, PostKind::Additional);
    let deputy: Vec<(Role, PostKind)> = wanted["3"].iter().map(|one| (one.role, one.kind)).collect();
    assert_eq!(deputy, [(Role::Staff, PostKind::Main), (Role::Manager, PostKind::Deputy)]);
}

#[test]
fn only_what_is_chosen_is_taken() {
    let known: BTreeMap<String, Known> = [
        known("1", vec![post("人事課", Role::Staff, "主事")]),
        known("2", vec![post("人事課", Role::Staff, "主事")]),
        known("4", vec![post("人事課", Role::Staff, "主事")]),
    ]
    .into();
    let roster = roster(vec![
        row("1", "財政課", "主事", false, None),
        row("2", "人事課", "主査", false, None),
        row("3", "人事課", "主事", false, None),
    ]);
    let all = departments(&[("総務部　人事課", "")]);
    let found = difference(&roster, &known, &all, true);
    let mut choice = Choice::all();
    choice.kinds.remove(&Kind::Moved);
    choice.left_out.insert("3".into());
    let applied = found.applied(&choice);
    assert_eq!((applied.moved, applied.changed, applied.hired, applied.declined), (0, 1, 0, 2));
    assert_eq!((applied.left, applied.ended), (1, 0));
    let rows: Vec<String> = found.chosen(&roster, &choice).rows.into_iter().map(|row| row.staff_no).collect();
    assert_eq!(rows, ["2"]);
}

#[test]
fn people_are_told_apart_by_what_happens_to_them() {
    let known: BTreeMap<String, Known> = [
        known("1", vec![post("人事課", Role::Staff, "主事")]),
        known("2", vec![post("人事課", Role::Staff, "主事")]),
        known("3", vec![post("人事課", Role::Staff, "主事")]),
        known("4", vec![post("人事課", Role::Staff, "主事")]),
    ]
    .into();
    let rows = vec![
        row("1", "人事課", "主事", false, None),
        row("2", "財政課", "主事", false, None),
        row("3", "人事課", "課長", true, None),
        row("5", "人事課", "主事", false, Some("人事給与、庶務事務")),
    ];
    let roster = Roster { rows, problems: Vec::new() };
    let found = difference(&roster, &known, &departments(&[("総務部　人事課", "")]), true);
    let kinds: Vec<(Kind, &str)> =
        found.changes.iter().map(|change| (change.kind, change.staff_no.as_str())).collect();
    assert_eq!(kinds, [(Kind::Hired, "5"), (Kind::Moved, "2"), (Kind::Changed, "3"), (Kind::Missing, "4")]);
    assert_eq!((found.same, found.new_departments), (1, vec!["総務部　財政課".to_string()]));
    assert_eq!(wanted(&roster, &known)["5"].len(), 3);
}

#[test]
fn a_file_without_heads_leaves_the_heads_as_they_are() {
    let posts = vec![post("人事課", Role::Staff, "課長"), post("人事課", Role::Manager, "課長")];
    let known: BTreeMap<String, Known> = [known("1", posts)].into();
    let roster = Roster { rows: vec![row("1", "人事課", "課長", false, None)], problems: Vec::new() };
    let found = difference(&roster, &known, &departments(&[("総務部　人事課", "")]), true);
    assert_eq!((found.changes, found.same), (vec![], 1));
}

#[test]
fn nobody_is_ended_while_rows_are_left_out() {
    let mut roster = Roster::default();
    assert!(may_end_missing(&roster).is_ok());
    roster.problems.push(RosterProblem::remark(0, "注意"));
    assert!(may_end_missing(&roster).is_ok());
    roster.problems.push(RosterProblem::rejected(3, "だめ"));
    assert!(may_end_missing(&roster).is_err());
}
