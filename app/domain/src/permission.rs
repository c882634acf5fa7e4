//! Who may do what: one table of role × action × reach.
//!
//! Source: the matrix of the field (who sees and does what in the yearly procedure). A use case first asks
//! [`reach`] and loads through a query limited to it; what lies outside is "not found", never "forbidden",
//! so that the existence of other departments' things is not revealed.

pub mod endpoint;
pub mod export;
pub mod record;
mod table;
#[cfg(test)]
mod tests;

pub use table::{OUTSIDE, TABLE};

use crate::actor::{Actor, ActorPost};
use crate::inspection::Visibility;
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
    /// Grant and withdraw roles, hand out sign-in codes, require and reset the second factor.
    ManageAccess,
    /// Start and close inspections, remind, read the outbox.
    RunInspection,
    /// Answer one's own sheets.
    AnswerSheet,
    /// Enter the answers of people of the own department who can't (代理入力).
    EnterForOthers,
    /// See who of a department is missing.
    SeeMissing,
    /// Confirm a department, return sheets.
    ConfirmDepartment,
    /// Remind the missing of the own department.
    RemindDepartment,
    /// See how far the 課 of a 部 are confirmed, with their sums and improvements.
    SeeDivision,
    /// Approve a 部 (部長), return confirmations of its 課.
    ApproveDivision,
    /// See how far the whole city is confirmed and approved.
    SeeApproval,
    /// Approve the city (統括), return what 部長 approved.
    ApproveCity,
    /// See individual answers.
    SeeAnswers,
    /// See rates per department.
    SeeResults,
    /// Open the audit of a department and say who does it.
    OpenAudit,
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
    /// See how long records are kept, the lists of disposal and the holds.
    SeeRetention,
    /// Set classes of retention, make lists of disposal, set and lift holds.
    ManageRetention,
    /// Approve or reject a list of disposal; never one's own.
    ApproveDisposal,
}

/// How far a permission goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Only what is one's own.
    Own,
    /// The departments in which one holds the role.
    Department,
    /// The division (部) one heads, with everything below it.
    Division,
    /// The departments one was assigned to audit.
    Assigned,
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

/// What a role holder reaches with a scope; empty for a scope that no department of the actor fills.
fn departments(actor: &Actor, role: Role, scope: Scope) -> Vec<Uuid> {
    match scope {
        // A granted role (推進員) counts in the departments one works in.
        Scope::Department if actor.grants.contains(&role) => {
            actor.posts.iter().flat_map(ActorPost::departments).collect()
        }
        Scope::Department => actor.departments_as(role),
        Scope::Division => {
            let headed = actor.posts.iter().filter(|post| post.role == role);
            headed.flat_map(|post| post.below.iter().copied().chain(post.departments())).collect()
        }
        Scope::Assigned => actor.assigned.clone(),
        Scope::Own | Scope::City => Vec::new(),
    }
}

/// An auditor without a post in the city (外部監査人) is let in for a time and for certain audits, never city-wide.
pub fn is_outside_auditor(actor: &Actor) -> bool {
    actor.posts.is_empty() && actor.is(Role::Auditor)
}

/// Whether an actor may read an audit: every one, the own one, or one whose report was issued for the department.
pub fn sees_audit(actor: &Actor, auditor: Uuid, department: Uuid, issued: bool) -> bool {
    let findings = reach(actor, Action::SeeFindings);
    audits(actor, auditor) || issued && findings.is_some_and(|reach| reach.covers(department))
}

/// Whether an actor sees the papers of an audit before and beside its report: every one's, or the own.
pub fn audits(actor: &Actor, auditor: Uuid) -> bool {
    match reach(actor, Action::Audit) {
        Some(Reach::City) => true,
        Some(_) => auditor == actor.person_id,
        None => false,
    }
}

/// What the table allows an actor for an action. Who came in by the number of a sheet answers it and does nothing else.
fn held(actor: &Actor, action: Action) -> impl Iterator<Item = (Role, Scope)> {
    let outside = is_outside_auditor(actor);
    let of_outside = OUTSIDE.iter().filter(move |_| outside);
    TABLE
        .iter()
        .filter(move |(role, ..)| !(outside && *role == Role::Auditor))
        .chain(of_outside)
        .filter(move |(role, listed, _)| *listed == action && actor.is(*role))
        .filter(|(_, listed, _)| actor.sheet.is_none() || *listed == Action::AnswerSheet)
        .map(|(role, _, scope)| (*role, *scope))
}

/// How far an actor may go with an action; `None` means not at all.
pub fn reach(actor: &Actor, action: Action) -> Option<Reach> {
    if held(actor, action).any(|(_, scope)| scope == Scope::City) {
        return Some(Reach::City);
    }
    let mut within: Vec<Uuid> =
        held(actor, action).flat_map(|(role, scope)| departments(actor, role, scope)).collect();
    if !within.is_empty() {
        within.sort_unstable();
        within.dedup();
        return Some(Reach::Departments(within));
    }
    held(actor, action).next().map(|(_, scope)| match scope {
        Scope::Own => Reach::Own(actor.person_id),
        _ => Reach::Departments(Vec::new()),
    })
}

/// Whether an actor may see who of a department answered what. Heads only where the inspection is a named one;
/// nobody where it is anonymous.
pub fn sees_answers(actor: &Actor, visibility: Visibility, department: Uuid) -> bool {
    held(actor, Action::SeeAnswers).any(|(role, scope)| match (visibility, scope) {
        (Visibility::Anonymous, _) => false,
        (_, Scope::City) => true,
        (Visibility::Totals, Scope::Department | Scope::Division) => false,
        _ => departments(actor, role, scope).contains(&department),
    })
}

/// Whether an actor may do something at all.
pub fn allows(actor: &Actor, action: Action) -> bool {
    reach(actor, action).is_some()
}
