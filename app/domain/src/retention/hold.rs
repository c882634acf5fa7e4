//! A hold (廃棄の停止): a dispute, a request for disclosure or an investigation keeps records beyond their period.

use super::Kind;
use crate::refusal::Refusal;
use uuid::Uuid;

/// What a hold is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Inspection(Uuid),
    Department(Uuid),
    Person(Uuid),
}

impl Subject {
    /// From its words in the database.
    pub fn of(noun: &str, id: Uuid) -> Option<Subject> {
        match noun {
            "inspection" => Some(Subject::Inspection(id)),
            "department" => Some(Subject::Department(id)),
            "person" => Some(Subject::Person(id)),
            _ => None,
        }
    }

    /// The noun in the database and in forms.
    pub fn noun(self) -> &'static str {
        match self {
            Subject::Inspection(_) => "inspection",
            Subject::Department(_) => "department",
            Subject::Person(_) => "person",
        }
    }

    /// The key of what it is about.
    pub fn id(self) -> Uuid {
        match self {
            Subject::Inspection(id) | Subject::Department(id) | Subject::Person(id) => id,
        }
    }

    /// The noun on the page.
    pub fn label(self) -> &'static str {
        match self {
            Subject::Inspection(_) => "点検",
            Subject::Department(_) => "所属",
            Subject::Person(_) => "職員",
        }
    }
}

/// What a record has to do with.
#[derive(Debug, Clone, Default)]
pub struct Found {
    pub inspections: Vec<Uuid>,
    pub departments: Vec<Uuid>,
    pub people: Vec<Uuid>,
}

/// Whether a hold keeps a record. A roster tells of everybody, so every hold keeps it: too much is kept rather than
/// too little.
pub fn is_held(kind: Kind, found: &Found, hold: Subject) -> bool {
    kind == Kind::Rosters
        || match hold {
            Subject::Inspection(id) => found.inspections.contains(&id),
            Subject::Department(id) => found.departments.contains(&id),
            Subject::Person(id) => found.people.contains(&id),
        }
}

/// May a hold be set?
///
/// # Errors
/// Without a reason; when one is in force already.
pub fn may_hold(in_force: bool, reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() {
        return Err(Refusal::field("reason", "廃棄を停止する理由を入力してください。"));
    }
    if in_force {
        return Err(Refusal::new("この対象の廃棄は、既に停止されています。"));
    }
    Ok(())
}

/// May a hold be lifted?
///
/// # Errors
/// Without a reason.
pub fn may_release(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() {
        return Err(Refusal::field("reason", "廃棄の停止を解除する理由を入力してください。"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hold_keeps_what_it_names_and_every_roster() {
        let [inspection, department, person, other] = [1, 2, 3, 4].map(Uuid::from_u128);
        let found =
            Found { inspections: vec![inspection], departments: vec![department], people: vec![person] };
        let table = [
            (Kind::Answers, Subject::Inspection(inspection), true),
            (Kind::Answers, Subject::Department(department), true),
            (Kind::Answers, Subject::Person(person), true),
            (Kind::Answers, Subject::Inspection(other), false),
            // The same key under another noun is something else.
            (Kind::Answers, Subject::Person(department), false),
            (Kind::Outbox, Subject::Person(other), false),
            (Kind::Rosters, Subject::Person(other), true),
        ];
        for (kind, hold, held) in table {
            assert_eq!(is_held(kind, &found, hold), held, "{kind:?} {hold:?}");
            assert_eq!(Subject::of(hold.noun(), hold.id()), Some(hold));
        }
    }

    #[test]
    fn holds_need_a_reason_and_are_set_once() {
        assert!(may_hold(false, "訴訟のため").is_ok());
        assert!(may_hold(true, "訴訟のため").is_err());
        assert!(may_hold(false, " ").is_err_and(|refused| refused.field.is_some()));
        assert!(may_release("").is_err());
    }
}
