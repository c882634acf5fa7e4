//! Whose form is it? By its hidden key, by number and name, by name and department.

use super::Certainty;
use crate::clause::fold;
use crate::person::folded;
use crate::role::Role;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a form says of its owner; empty where it says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The hidden key of one of our own forms.
    pub target_key: String,
    /// 職員番号; leading zeros may be lost.
    pub staff_no: String,
    /// 氏名.
    pub person: String,
    /// 所属, with the 部 or without.
    pub department: String,
    /// 対象システム.
    pub system: String,
}

/// A sheet that is owed, its texts made comparable once for all forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The target.
    pub target: Uuid,
    /// The edition it is answered on.
    pub edition: Uuid,
    role: Role,
    number: String,
    person: String,
    department: String,
    division: String,
    system: String,
}

impl Candidate {
    /// `said` is what a form of this owner would say, `division` its 部.
    pub fn new(target: Uuid, edition: Uuid, role: Role, said: &Said, division: &str) -> Candidate {
        Candidate {
            target,
            edition,
            role,
            number: number(&said.staff_no),
            person: folded(&said.person),
            department: fold(&said.department),
            division: fold(division),
            system: fold(&said.system),
        }
    }

    pub(super) fn number_differs(&self, known: &Candidate) -> bool {
        differ(&self.number, &known.number)
    }

    pub(super) fn person_differs(&self, known: &Candidate) -> bool {
        differ(&self.person, &known.person)
    }

    pub(super) fn department_differs(&self, known: &Candidate) -> bool {
        !self.department.is_empty() && !known.department.is_empty() && !same_department(self, known)
    }

    pub(super) fn system_differs(&self, known: &Candidate) -> bool {
        differ(&self.system, &known.system)
    }
}

fn differ(said: &str, known: &str) -> bool {
    !said.is_empty() && !known.is_empty() && said != known
}

/// Whom a form was found to belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner {
    /// The target.
    pub target: Uuid,
    /// How sure that is.
    pub sureness: Certainty,
    /// What decided, in a few words for the screen.
    pub why: &'static str,
}

/// Sheets whose questions fit less than this are somebody else's, whatever the name says.
const FITS: u8 = 50;

/// The owner of a form, if there is exactly one for whom the best of the signs speaks. `fits` has for each edition how
/// well the questions of the form fit it, 0..=100.
pub fn owner(said: &Said, fits: &BTreeMap<Uuid, u8>, candidates: &[Candidate]) -> Option<Owner> {
    let key = Uuid::parse_str(&said.target_key).ok();
    let said = Candidate::new(Uuid::nil(), Uuid::nil(), Role::Staff, said, "");
    if let Some(one) = candidates.iter().find(|one| Some(one.target) == key) {
        return Some(by_key(&said, one));
    }
    let fit = |one: &Candidate| fits.get(&one.edition).copied().unwrap_or_default();
    SIGNS.iter().find_map(|sign| {
        let spoken = candidates.iter().filter(|one| (sign.speaks)(&said, one) && fit(one) >= FITS);
        only(&said, spoken.map(|one| (fit(one), one)).collect()).map(|target| Owner {
            target,
            sureness: sign.sureness,
            why: sign.why,
        })
    })
}

/// Begins the words for the owner of one of our own forms.
pub const OUR_KEY: &str = "様式の番号";

/// A form that was printed for one person may have been filled in by another.
fn by_key(said: &Candidate, one: &Candidate) -> Owner {
    let (sureness, why) = match said.person_differs(one) {
        true => (Certainty::Asked, "様式の番号（氏名が異なる）"),
        false => (Certainty::Sure, OUR_KEY),
    };
    Owner { target: one.target, sureness, why }
}

/// The one among several sheets: that of the system named, else the one the questions fit clearly best.
fn only(said: &Candidate, mut spoken: Vec<(u8, &Candidate)>) -> Option<Uuid> {
    if spoken.len() > 1 && !said.system.is_empty() {
        spoken.retain(|(_, one)| one.system == said.system);
    }
    let best = spoken.iter().map(|(fit, _)| *fit).max()?;
    spoken.retain(|(fit, _)| *fit == best);
    match spoken.as_slice() {
        [(_, one)] => Some(one.target),
        _ => None,
    }
}

struct Sign {
    speaks: fn(&Candidate, &Candidate) -> bool,
    sureness: Certainty,
    why: &'static str,
}

/// The strongest first.
const SIGNS: [Sign; 6] = [
    Sign {
        speaks: |said, one| same_number(said, one) && same_person(said, one),
        sureness: Certainty::Sure,
        why: "職員番号と氏名",
    },
    Sign {
        speaks: |said, one| same_person(said, one) && same_department(said, one),
        sureness: Certainty::Sure,
        why: "所属と氏名",
    },
    Sign {
        speaks: |said, one| same_number(said, one) && said.person.is_empty(),
        sureness: Certainty::Likely,
        why: "職員番号",
    },
    Sign {
        speaks: |said, one| said.department.is_empty() && same_person(said, one),
        sureness: Certainty::Likely,
        why: "氏名（所属の記載なし）",
    },
    Sign {
        speaks: |said, one| said.person.is_empty() && same_department(said, one) && one.role != Role::Staff,
        sureness: Certainty::Likely,
        why: "所属（氏名の記載なし）",
    },
    // Moved since, or written down wrongly: a person has to look.
    Sign { speaks: same_person, sureness: Certainty::Asked, why: "氏名のみ（所属が異なる）" },
];

/// Leading zeros are lost where a spreadsheet took the number for one.
fn number(text: &str) -> String {
    fold(text).trim_start_matches('0').to_string()
}

fn same_number(said: &Candidate, one: &Candidate) -> bool {
    !said.number.is_empty() && said.number == one.number
}

fn same_person(said: &Candidate, one: &Candidate) -> bool {
    !said.person.is_empty() && said.person == one.person
}

/// 「市民部　市民課」 and 「市民課」 are the same; the 係 written behind is left aside.
fn same_department(said: &Candidate, one: &Candidate) -> bool {
    let rest = said.department.strip_prefix(&one.division).filter(|rest| !rest.is_empty());
    let (rest, department) = (rest.unwrap_or(&said.department), &one.department);
    !department.is_empty() && (rest == department || rest.starts_with(department) && rest.ends_with('係'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Edition 1 is that of the staff, 2 of the heads, 3 of the systems.
    fn candidates() -> Vec<Candidate> {
        let row =
            |target: u128, edition: u128, staff_no: &str, person: &str, department: &str, system: &str| {
                let role = [Role::Staff, Role::Staff, Role::Manager, Role::SystemManager][edition as usize];
                let said = Said {
                    staff_no: staff_no.into(),
                    person: person.into(),
                    department: department.into(),
                    system: system.into(),
                    ..Said::default()
                };
                Candidate::new(Uuid::from_u128(target), Uuid::from_u128(edition), role, &said, "市民部")
            };
        vec![
            row(1, 1, "000102", "平野　智子", "市民課", ""),
            row(2, 1, "000103", "髙梨 結", "市民課", ""),
            row(3, 2, "000104", "沢村 浩司", "市民課", ""),
            row(4, 1, "000104", "沢村 浩司", "市民課", ""),
            row(5, 1, "000200", "平野 智子", "保険課", ""),
            row(6, 3, "000300", "堤 朔", "情報課", "住民記録"),
            row(7, 3, "000300", "堤 朔", "情報課", "文書管理"),
        ]
    }

    fn fits(staff: u8, heads: u8, systems: u8) -> BTreeMap<Uuid, u8> {
        (1..).map(Uuid::from_u128).zip([staff, heads, systems]).collect()
    }

    #[test]
    fn the_owner_is_found_by_the_strongest_sign_and_never_guessed_between_two() {
        let key = Uuid::from_u128(2).to_string();
        // key, number, person, department, system → number of the candidate
        type Line<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str, Option<(u128, Certainty)>);
        let table: [Line; 13] = [
            (&key, "", "", "", "", Some((2, Certainty::Sure))),
            (&key, "", "平野 智子", "市民課", "", Some((2, Certainty::Asked))), // printed for another
            ("", "102", "平野智子", "", "", Some((1, Certainty::Sure))),
            ("", "", "平野 智子", "市民部　市民課", "", Some((1, Certainty::Sure))),
            ("", "", "平野 智子", "市民課 窓口係", "", Some((1, Certainty::Sure))),
            ("", "", "平野 智子", "", "", None), // two of them
            ("", "", "高梨結", "市民課", "", Some((2, Certainty::Sure))), // 髙 is found by 高
            ("", "", "沢村浩司", "市民課", "", Some((4, Certainty::Sure))), // the questions are those of staff
            ("", "103", "", "", "", Some((2, Certainty::Likely))),
            ("", "", "髙梨 結", "税務課", "", Some((2, Certainty::Asked))),
            ("", "", "堤 朔", "情報課", "文書管理", Some((7, Certainty::Sure))),
            ("", "", "堤 朔", "情報課", "", None),
            ("", "", "", "", "", None),
        ];
        for (key, number, person, department, system, expected) in table {
            let said = Said {
                target_key: key.into(),
                staff_no: number.into(),
                person: person.into(),
                department: department.into(),
                system: system.into(),
            };
            let found = owner(&said, &fits(95, 10, 90), &candidates());
            let found = found.map(|owner| (owner.target.as_u128(), owner.sureness));
            assert_eq!(found, expected, "{said:?}");
        }
    }

    #[test]
    fn a_form_without_a_name_belongs_to_the_head_of_its_department() {
        let said = Said { department: "市民課".into(), ..Said::default() };
        let found = owner(&said, &fits(10, 95, 10), &candidates());
        let found = found.map(|owner| (owner.target.as_u128(), owner.sureness));
        assert_eq!(found, Some((3, Certainty::Likely)));
    }
}
