//! Where a form says something else of its owner than is known of the person it is given to.

use super::owner::{Candidate, Said};
use crate::role::Role;
use uuid::Uuid;

/// What differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Number,
    Person,
    Department,
    System,
}

impl What {
    /// The word on the screen.
    pub fn label(self) -> &'static str {
        match self {
            What::Number => "職員番号",
            What::Person => "氏名",
            What::Department => "所属",
            What::System => "対象システム",
        }
    }
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What differs.
    pub what: What,
    /// As written on the form.
    pub said: String,
    /// As it is known of the owner.
    pub known: String,
}

impl Difference {
    /// It speaks of another person or system; another department alone may mean that somebody has moved.
    pub fn is_grave(&self) -> bool {
        self.what != What::Department
    }

    /// In a few words for the screen.
    pub fn text(&self) -> String {
        let Difference { what, said, known } = self;
        format!("{}：ファイルの記載「{said}」、対象「{known}」", what.label())
    }
}

/// Where a form speaks of somebody else. What it leaves out differs from nothing.
pub fn differences(said: &Said, owner: &Said, division: &str) -> Vec<Difference> {
    let one = |said: &Said, division| Candidate::new(Uuid::nil(), Uuid::nil(), Role::Staff, said, division);
    let (found, known) = (one(said, ""), one(owner, division));
    let table = [
        (What::Number, found.number_differs(&known), &said.staff_no, &owner.staff_no),
        (What::Person, found.person_differs(&known), &said.person, &owner.person),
        (What::Department, found.department_differs(&known), &said.department, &owner.department),
        (What::System, found.system_differs(&known), &said.system, &owner.system),
    ];
    let differing = table.into_iter().filter(|(_, differs, ..)| *differs);
    differing
        .map(|(what, _, said, known)| Difference { what, said: said.clone(), known: known.clone() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(staff_no: &str, person: &str, department: &str, system: &str) -> Said {
        Said {
            staff_no: staff_no.into(),
            person: person.into(),
            department: department.into(),
            system: system.into(),
            ..Said::default()
        }
    }

    #[test]
    fn a_form_differs_only_where_it_says_something_else_whatever_the_way_of_writing() {
        let owner = said("000102", "髙梨　結", "市民課", "");
        let system = said("000300", "堤 朔", "情報課", "住民記録");
        let table = [
            (said("", "", "", ""), &owner, vec![]),
            (said("102", "高梨結", "市民部　市民課", ""), &owner, vec![]),
            (said("１０２", "髙梨 結", "市民課 窓口係", ""), &owner, vec![]),
            (said("", "平野　智子", "市民課", ""), &owner, vec![What::Person]),
            (said("103", "髙梨 結", "", ""), &owner, vec![What::Number]),
            (said("", "髙梨 結", "税務課", ""), &owner, vec![What::Department]),
            (said("", "堤 朔", "情報課", "文書管理"), &system, vec![What::System]),
            // A sheet of the staff asks for no system.
            (said("", "髙梨 結", "市民課", "住民記録"), &owner, vec![]),
        ];
        for (form, owner, expected) in table {
            let found: Vec<What> = differences(&form, owner, "市民部").iter().map(|one| one.what).collect();
            assert_eq!(found, expected, "{form:?}");
        }
    }

    #[test]
    fn another_department_alone_may_be_a_move() {
        let found = differences(&said("", "平野", "税務課", ""), &said("", "髙梨", "市民課", ""), "");
        assert_eq!(found.iter().map(Difference::is_grave).collect::<Vec<_>>(), [true, false]);
        assert_eq!(found[0].text(), "氏名：ファイルの記載「平野」、対象「髙梨」");
    }
}
