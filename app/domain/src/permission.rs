//! Who may do what: one table of role × action × reach.
//!
//! Source: the matrix of the field (who sees and does what in the yearly procedure). A use case first asks
//! [`reach`] and loads through a query limited to it; what lies outside is "not found", never "forbidden",
//! so that the existence of other departments' things is not revealed.

use crate::actor::Actor;
use crate::role::Role;
use uuid::Uuid;

/// Something a person may be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Read policies and clauses.
    ReadPolicy,
    /// Import policies, classify sentences, settle proposals, put sheets together and freeze them.
    EditPolicy,
    /// Import rosters, see people and departments.
    ManageRoster,
    /// Grant and withdraw roles, hand out sign-in codes.
    ManageAccess,
    /// Start and close inspections, remind, read the outbox.
    RunInspection,
    /// Answer one's own sheets.
    AnswerSheet,
    /// See who of a department is missing; confirm and return sheets.
    ConfirmDepartment,
    /// See individual answers.
    SeeAnswers,
    /// See rates per department.
    SeeResults,
    /// Audit: marks, findings, reports.
    Audit,
    /// Read issued audit reports and findings.
    SeeFindings,
    /// Plan and report improvements.
    MendImprovement,
    /// See improvements.
    SeeImprovements,
    /// Verify that an improvement is done.
    VerifyImprovement,
    /// See what speaks against clauses, draft amendments.
    DraftAmendment,
    /// Record the committee's decision.
    RecordDecision,
    /// Read the ledger.
    ReadLedger,
}

/// How far a permission goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Only what is one's own.
    Own,
    /// The departments in which one holds the role.
    Department,
    /// The whole city.
    City,
}

/// What a person may reach with an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Everything.
    City,
    /// These departments.
    Departments(Vec<Uuid>),
    /// Only what belongs to the person.
    Own(Uuid),
}

impl Reach {
    /// Whether a department lies within reach.
    pub fn covers(&self, department: Uuid) -> bool {
        match self {
            Reach::City => true,
            Reach::Departments(departments) => departments.contains(&department),
            Reach::Own(_) => false,
        }
    }
}

use Action::*;
use Scope::*;

/// The table. What is not listed is forbidden.
pub const TABLE: &[(Role, Action, Scope)] = &[
    (Role::Staff, ReadPolicy, City),
    (Role::Staff, AnswerSheet, Own),
    (Role::Manager, ReadPolicy, City),
    (Role::Manager, AnswerSheet, Own),
    (Role::Manager, ConfirmDepartment, Department),
    (Role::Manager, SeeAnswers, Department),
    (Role::Manager, SeeResults, Department),
    (Role::Manager, SeeFindings, Department),
    (Role::Manager, MendImprovement, Department),
    (Role::Manager, SeeImprovements, Department),
    (Role::SystemManager, ReadPolicy, City),
    (Role::SystemManager, AnswerSheet, Own),
    (Role::Secretariat, ReadPolicy, City),
    (Role::Secretariat, EditPolicy, City),
    (Role::Secretariat, ManageRoster, City),
    (Role::Secretariat, ManageAccess, City),
    (Role::Secretariat, RunInspection, City),
    (Role::Secretariat, SeeAnswers, City),
    (Role::Secretariat, SeeResults, City),
    (Role::Secretariat, SeeFindings, City),
    (Role::Secretariat, SeeImprovements, City),
    (Role::Secretariat, VerifyImprovement, City),
    (Role::Secretariat, DraftAmendment, City),
    (Role::Secretariat, RecordDecision, City),
    (Role::Secretariat, ReadLedger, City),
    (Role::Auditor, ReadPolicy, City),
    (Role::Auditor, SeeResults, City),
    (Role::Auditor, Audit, City),
    (Role::Auditor, SeeAnswers, City),
    (Role::Auditor, SeeFindings, City),
    (Role::Auditor, SeeImprovements, City),
    (Role::Auditor, VerifyImprovement, City),
    (Role::Auditor, ReadLedger, City),
    (Role::AuditChief, ReadPolicy, City),
    (Role::AuditChief, SeeResults, City),
    (Role::AuditChief, SeeFindings, City),
    (Role::AuditChief, SeeImprovements, City),
    (Role::AuditChief, ReadLedger, City),
    (Role::Committee, ReadPolicy, City),
    (Role::Committee, SeeResults, City),
    (Role::Committee, SeeFindings, City),
    (Role::Committee, SeeImprovements, City),
    (Role::Ciso, ReadPolicy, City),
    (Role::Ciso, SeeResults, City),
    (Role::Ciso, SeeFindings, City),
    (Role::Ciso, SeeImprovements, City),
];

/// How far an actor may go with an action; `None` means not at all.
pub fn reach(actor: &Actor, action: Action) -> Option<Reach> {
    let held: Vec<(Role, Scope)> = TABLE
        .iter()
        .filter(|(role, listed, _)| *listed == action && actor.is(*role))
        .map(|(role, _, scope)| (*role, *scope))
        .collect();
    if held.iter().any(|(_, scope)| *scope == City) {
        return Some(Reach::City);
    }
    let departments: Vec<Uuid> = held
        .iter()
        .filter(|(_, scope)| *scope == Department)
        .flat_map(|(role, _)| actor.departments_as(*role))
        .collect();
    if !departments.is_empty() {
        return Some(Reach::Departments(departments));
    }
    held.iter().any(|(_, scope)| *scope == Own).then_some(Reach::Own(actor.person_id))
}

/// Whether an actor may do something at all.
pub fn allows(actor: &Actor, action: Action) -> bool {
    reach(actor, action).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::ActorPost;

    fn person(posts: &[(u128, Role)], grants: &[Role]) -> Actor {
        Actor {
            person_id: Uuid::from_u128(1),
            name: "試験".into(),
            posts: posts
                .iter()
                .map(|(department, role)| ActorPost {
                    department_id: Uuid::from_u128(*department),
                    department: "所属".into(),
                    role: *role,
                    title: "主事".into(),
                })
                .collect(),
            grants: grants.to_vec(),
        }
    }

    #[test]
    fn a_head_reaches_only_the_own_departments() {
        let head = person(&[(10, Role::Staff), (10, Role::Manager), (20, Role::Staff)], &[]);
        let reach = reach(&head, ConfirmDepartment).expect("a head confirms");
        assert!(reach.covers(Uuid::from_u128(10)));
        assert!(!reach.covers(Uuid::from_u128(20)));
    }

    #[test]
    fn an_employee_answers_but_sees_nobody_elses_answers() {
        let employee = person(&[(10, Role::Staff)], &[]);
        assert_eq!(reach(&employee, AnswerSheet), Some(Reach::Own(employee.person_id)));
        assert_eq!(reach(&employee, SeeAnswers), None);
        assert_eq!(reach(&employee, ReadLedger), None);
    }

    #[test]
    fn the_secretariat_does_not_audit() {
        let officer = person(&[(10, Role::Staff)], &[Role::Secretariat]);
        assert!(allows(&officer, RunInspection));
        assert!(!allows(&officer, Audit));
    }
}
