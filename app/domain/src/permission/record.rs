//! What a reader of the ledger sees of an entry. Reading the record must not be a way round the limits that hold
//! elsewhere: 事務局 is audited and sees nothing of the audit's own papers; individual answers are read on their own
//! page, which obeys the mode of the inspection and records the look.

use super::{Action, reach};
use crate::actor::Actor;
use crate::permission::Reach;
use crate::role::Role;

/// How much of an entry is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// As if it were not there.
    Nothing,
    /// Who did what, when, from where; not what it said.
    Headline,
    /// All of it.
    Whole,
}

/// Kinds whose names begin so are the audit's own: its papers, marks and findings.
pub const OF_AUDIT: [&str; 4] = ["audit.", "finding.", "mark.", "report."];
/// The kind that holds somebody's individual answer.
pub const ANSWER: &str = "answer.saved";
/// Kinds that say what somebody answered: their content goes with the answers.
pub const OF_ANSWERS: [&str; 4] = [ANSWER, "evidence.attached", "evidence.read", "evidence.removed"];

/// What an actor sees of the audit's own entries. Source: row 「監査調書」 of the field's matrix; 統括 and CISO see
/// papers on request only, 事務局 and CSIRT never.
pub fn sight_of_audit(actor: &Actor) -> Sight {
    if reach(actor, Action::Audit) == Some(Reach::City) {
        Sight::Whole
    } else if actor.is(Role::Chief) || actor.is(Role::Ciso) {
        Sight::Headline
    } else {
        Sight::Nothing
    }
}

/// What an actor who may read the ledger sees of an entry; of the own acts everything.
pub fn sight(actor: &Actor, kind: &str, own: bool) -> Sight {
    if own {
        return Sight::Whole;
    }
    if OF_AUDIT.iter().any(|start| kind.starts_with(start)) {
        return sight_of_audit(actor);
    }
    if OF_ANSWERS.contains(&kind) { Sight::Headline } else { Sight::Whole }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn granted(role: Role) -> Actor {
        Actor {
            person_id: Uuid::nil(),
            name: "試験".into(),
            posts: Vec::new(),
            grants: vec![role],
            assigned: Vec::new(),
            origin: String::new(),
            sheet: None,
        }
    }

    #[test]
    fn nobody_reads_answers_in_the_ledger_and_who_is_audited_reads_nothing_of_the_audit() {
        use Sight::{Headline, Nothing, Whole};
        // Role, a mark of the auditor, an answer, anything else.
        let table = [
            (Role::Secretariat, Nothing, Headline, Whole),
            (Role::Csirt, Nothing, Headline, Whole),
            (Role::Chief, Headline, Headline, Whole),
            (Role::Ciso, Headline, Headline, Whole),
            (Role::AuditChief, Whole, Headline, Whole),
        ];
        for (role, mark, answer, other) in table {
            let actor = granted(role);
            let seen = ["mark.set", ANSWER, "role.granted"].map(|kind| sight(&actor, kind, false));
            assert_eq!(seen, [mark, answer, other], "{role:?}");
            assert_eq!(sight(&actor, ANSWER, true), Whole, "{role:?}: the own act");
        }
    }
}
