//! The rules of 組織改正, case by case.

use super::*;
use time::macros::date;

const BEGIN: Date = date!(2020 - 04 - 01);
const ON: Date = date!(2027 - 04 - 01);

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn place(number: u128, parent: Option<u128>, name: &str, to: Option<Date>) -> Place {
    let period = Period { from: BEGIN, to };
    Place { id: id(number), parent: parent.map(id), name: name.into(), period }
}

/// 総務部 (1): 人事課 (2), 財政課 (3); 市民部 (4): 市民課 (5); 旧課 (6) is gone.
fn city() -> Vec<Place> {
    vec![
        place(1, None, "総務部", None),
        place(2, Some(1), "人事課", None),
        place(3, Some(1), "財政課", None),
        place(4, None, "市民部", None),
        place(5, Some(4), "市民課", None),
        place(6, Some(4), "旧課", Some(date!(2025 - 04 - 01))),
    ]
}

#[test]
fn names_are_unique_beside_each_other_and_free_again_after_the_end() {
    let city = city();
    for (parent, name, allowed) in [
        (Some(id(1)), "人事課", false),
        (Some(id(4)), "人事課", true),
        (Some(id(4)), "旧課", true),
        (Some(id(6)), "新課", false),
        (None, "　", false),
    ] {
        assert_eq!(may_add(&city, parent, name, ON).is_ok(), allowed, "{name}");
    }
    assert!(may_rename(&city, id(2), "人事課", ON).is_err(), "the same name");
    assert!(may_rename(&city, id(2), "財政課", ON).is_err(), "a neighbour's name");
    assert!(may_rename(&city, id(2), "職員課", ON).is_ok());
}

#[test]
fn nothing_changes_before_it_began_or_after_it_ended() {
    let city = city();
    assert!(may_rename(&city, id(2), "職員課", date!(2020 - 03 - 31)).is_err());
    assert!(may_rename(&city, id(6), "新課", ON).is_err());
    assert!(may_abolish(&city, id(6), 0, None, ON).is_err());
}

#[test]
fn no_department_stands_below_itself() {
    let city = city();
    assert!(may_move(&city, id(1), Some(id(2)), ON).is_err());
    assert!(may_move(&city, id(1), Some(id(1)), ON).is_err());
    assert!(may_move(&city, id(2), Some(id(1)), ON).is_err(), "it is there already");
    assert!(may_move(&city, id(2), Some(id(4)), ON).is_ok());
    assert!(may_move(&city, id(2), None, ON).is_ok());
    let circle = vec![place(1, Some(2), "甲", None), place(2, Some(1), "乙", None)];
    assert!(!is_below(&circle, id(1), id(9)), "a circle in the data ends the search");
}

#[test]
fn several_become_one_and_one_becomes_several() {
    let city = city();
    let new = |parent, name: &str| Target::New { parent, name: name.into() };
    for (ids, into, allowed) in [
        (vec![id(2), id(3)], new(Some(id(1)), "人事財政課"), true),
        (vec![id(2), id(3)], new(Some(id(1)), "人事課"), true),
        (vec![id(2)], new(Some(id(1)), "人事財政課"), false),
        (vec![id(2), id(6)], new(Some(id(1)), "人事財政課"), false),
        (vec![id(2), id(3)], Target::Existing(id(3)), true),
        (vec![id(3)], Target::Existing(id(3)), false),
        (vec![id(1), id(4)], new(Some(id(2)), "総合部"), false),
        (vec![id(1)], Target::Existing(id(2)), false),
    ] {
        assert_eq!(may_merge(&city, &ids, &into, ON).is_ok(), allowed, "{ids:?} {into:?}");
    }
    let names = |all: &[&str]| all.iter().map(|name| (*name).to_string()).collect::<Vec<_>>();
    assert!(may_split(&city, id(2), &names(&["人事課", "研修課"]), 0, ON).is_ok());
    assert!(may_split(&city, id(2), &names(&["研修課", ""]), 0, ON).is_err());
    assert!(may_split(&city, id(2), &names(&["研修課", "研修課"]), 0, ON).is_err());
    assert!(
        may_split(&city, id(2), &names(&["人事課", "研修課"]), 1, ON).is_err(),
        "somebody is left behind"
    );
    assert!(may_split(&city, id(1), &names(&["甲部", "乙部"]), 0, ON).is_err(), "departments stand below");
}

#[test]
fn nobody_is_left_behind_in_an_abolished_department() {
    let city = city();
    assert!(may_abolish(&city, id(5), 2, None, ON).is_err());
    assert!(may_abolish(&city, id(5), 2, Some(id(5)), ON).is_err());
    assert!(may_abolish(&city, id(5), 2, Some(id(6)), ON).is_err());
    assert!(may_abolish(&city, id(5), 2, Some(id(2)), ON).is_ok());
    assert!(may_abolish(&city, id(5), 0, None, ON).is_ok());
    assert!(may_abolish(&city, id(4), 0, None, ON).is_err(), "市民課 stands below");
}
