//! Every address the server answers to, and what it takes to use it: one line each.
//!
//! `server/tests/walk.rs` takes the addresses from the router itself and fails for one that is missing here; then it
//! walks all of them in every role.

use super::Action::*;
use super::endpoint::Method::*;
use super::endpoint::Need::*;
use super::{Action, TABLE};
use crate::role::Role;

/// How an address is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Looks: a page or a file.
    Get,
    /// Changes, or brings a file.
    Post,
}

/// What it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing, not even a session.
    Anybody,
    /// A session.
    SignedIn,
    /// A role that the table allows the action, as far as it reaches.
    Do(Action),
}

impl Need {
    /// Whether a role is let in at all; how far it reaches is the table's and the use case's matter.
    pub fn lets(self, role: Role) -> bool {
        match self {
            Anybody | SignedIn => true,
            Do(action) => TABLE.iter().any(|(holder, listed, _)| *holder == role && *listed == action),
        }
    }
}

/// Method, address with its parameters in braces, and what it takes.
pub type Endpoint = (Method, &'static str, Need);

/// The list. A new page, server function or file route adds its line here.
#[rustfmt::skip]
pub const ENDPOINTS: &[Endpoint] = &[
    (Get, "/sign-in", Anybody),
    (Get, "/sign-in/oidc", Anybody),
    (Get, "/sign-in/oidc/back", Anybody),
    (Get, "/kiosk", Anybody),
    (Get, "/", SignedIn),
    (Get, "/password", SignedIn),
    (Get, "/sign-in/second-factor", SignedIn),
    (Get, "/account", SignedIn),
    (Get, "/second-factor", SignedIn),
    (Get, "/sessions", SignedIn),
    (Get, "/policies", Do(ReadPolicy)),
    (Get, "/policies/{revision}", Do(ReadPolicy)),
    (Get, "/policies/{revision}/acts", Do(ReadPolicy)),
    (Get, "/policies/{revision}/coverage", Do(ReadPolicy)),
    (Get, "/policies/{revision}/proposals", Do(ReadPolicy)),
    (Get, "/policies/{revision}/lineage", Do(ReadPolicy)),
    (Get, "/policies/{revision}/redline", Do(ReadPolicy)),
    (Get, "/policies/{revision}/table", Do(ReadPolicy)),
    (Get, "/policies/{revision}/history", Do(ReadPolicy)),
    (Get, "/policies/{revision}/clauses/{clause}", Do(ReadPolicy)),
    (Get, "/editions/{edition}", Do(ReadPolicy)),
    (Get, "/permissions", Do(ReadPolicy)),
    (Get, "/policies/corrections", Do(EditPolicy)),
    (Get, "/policies/{revision}/accept", Do(EditPolicy)),
    (Get, "/policies/{revision}/changes", Do(EditPolicy)),
    (Get, "/bank", Do(EditPolicy)),
    (Get, "/bank/{key}", Do(EditPolicy)),
    (Get, "/sheets", Do(EditPolicy)),
    (Get, "/sheets/{sheet}", Do(EditPolicy)),
    (Get, "/sheets/{sheet}/preview", Do(EditPolicy)),
    (Get, "/sheets/{sheet}/compare", Do(EditPolicy)),
    (Get, "/sheets/{sheet}/freeze", Do(EditPolicy)),
    (Get, "/sheets/{sheet}/questions/{question}", Do(EditPolicy)),
    (Get, "/roster", Do(ManageRoster)),
    (Get, "/roster/imports/{import}", Do(ManageRoster)),
    (Get, "/roster/imports/{import}/columns", Do(ManageRoster)),
    (Get, "/departments", Do(ManageRoster)),
    (Get, "/departments/{department}", Do(ManageRoster)),
    (Get, "/systems", Do(ManageRoster)),
    (Get, "/people/new", Do(ManageRoster)),
    (Get, "/people", Do(ManageAccess)),
    (Get, "/people/codes", Do(ManageAccess)),
    (Get, "/people/second-factor", Do(ManageAccess)),
    (Get, "/people/{person}", Do(ManageAccess)),
    (Get, "/board", Do(RunInspection)),
    (Get, "/inspections/new", Do(RunInspection)),
    (Get, "/drafts/{draft}", Do(RunInspection)),
    (Get, "/inspections/{inspection}", Do(RunInspection)),
    (Get, "/inspections/{inspection}/projector", Do(RunInspection)),
    (Get, "/inspections/{inspection}/letter", Do(RunInspection)),
    (Get, "/inspections/{inspection}/notices", Do(RunInspection)),
    (Get, "/inspections/{inspection}/settings", Do(RunInspection)),
    (Get, "/inspections/{inspection}/transfers", Do(RunInspection)),
    (Get, "/inspections/{inspection}/slips", Do(RunInspection)),
    (Get, "/departments/attributes", Do(RunInspection)),
    (Get, "/outbox", Do(RunInspection)),
    (Get, "/answer/{target}", Do(AnswerSheet)),
    (Get, "/answer/{target}/check", Do(AnswerSheet)),
    (Get, "/answer/{target}/receipt", Do(AnswerSheet)),
    (Get, "/inspections/{inspection}/departments/{department}", Do(SeeMissing)),
    (Get, "/responses/{target}", Do(SeeAnswers)),
    (Get, "/results", Do(SeeResults)),
    (Get, "/inspections/{inspection}/results", Do(SeeResults)),
    (Get, "/inspections/{inspection}/answers", Do(SeeResults)),
    (Get, "/audits", Do(SeeFindings)),
    (Get, "/audits/{audit}", Do(SeeFindings)),
    (Get, "/audits/{audit}/report", Do(SeeFindings)),
    (Get, "/findings/{finding}", Do(SeeFindings)),
    (Get, "/improvements/new", Do(MendImprovement)),
    (Get, "/improvements", Do(SeeImprovements)),
    (Get, "/improvements/{improvement}", Do(SeeImprovements)),
    (Get, "/review", Do(DraftAmendment)),
    (Get, "/review/clauses/{clause}", Do(DraftAmendment)),
    (Get, "/amendments/{amendment}", Do(DraftAmendment)),
    (Get, "/amendments/table", Do(DraftAmendment)),
    (Get, "/ledger", Do(ReadLedger)),
    (Get, "/ledger/own", SignedIn),
    (Get, "/ledger/check", Do(ReadLedger)),
    (Get, "/ledger/seals", Do(ReadLedger)),
    (Get, "/ledger/seals/{number}", Do(ReadLedger)),
    (Get, "/retention", Do(SeeRetention)),
    (Get, "/retention/kinds/{kind}", Do(SeeRetention)),
    (Get, "/retention/disposals/{disposal}", Do(SeeRetention)),
    // Calls of forms and of the islands.
    (Post, "/api/session/sign_in", Anybody),
    (Post, "/api/session/sign_out", Anybody),
    (Post, "/api/sheet_code/open", Anybody),
    (Post, "/api/session/set_password", SignedIn),
    (Post, "/api/session/end_one", SignedIn),
    (Post, "/api/session/end_others", SignedIn),
    (Post, "/api/second_factor/give", SignedIn),
    (Post, "/api/second_factor/offer", SignedIn),
    (Post, "/api/second_factor/remove", SignedIn),
    (Post, "/api/second_factor/reset", Do(ManageAccess)),
    (Post, "/api/second_factor/require_role", Do(ManageAccess)),
    (Post, "/api/second_factor/release_role", Do(ManageAccess)),
    (Post, "/api/question/open", Do(ReadPolicy)),
    (Post, "/api/bank/take", Do(EditPolicy)),
    (Post, "/api/bank/take_one", Do(EditPolicy)),
    (Post, "/api/clause/reclassify", Do(EditPolicy)),
    (Post, "/api/clause/withdraw_correction", Do(EditPolicy)),
    (Post, "/api/lineage/correct", Do(EditPolicy)),
    (Post, "/api/lineage/keep", Do(EditPolicy)),
    (Post, "/api/lineage/relink", Do(EditPolicy)),
    (Post, "/api/lineage/reopen", Do(EditPolicy)),
    (Post, "/api/lineage/retire", Do(EditPolicy)),
    (Post, "/api/lineage/reword", Do(EditPolicy)),
    (Post, "/api/question/accept", Do(EditPolicy)),
    (Post, "/api/question/accept_all", Do(EditPolicy)),
    (Post, "/api/question/accept_edited", Do(EditPolicy)),
    (Post, "/api/question/add", Do(EditPolicy)),
    (Post, "/api/question/exempt", Do(EditPolicy)),
    (Post, "/api/question/merge", Do(EditPolicy)),
    (Post, "/api/question/reject", Do(EditPolicy)),
    (Post, "/api/question/retire", Do(EditPolicy)),
    (Post, "/api/question/reword", Do(EditPolicy)),
    (Post, "/api/question/split", Do(EditPolicy)),
    (Post, "/api/question/undo", Do(EditPolicy)),
    (Post, "/api/question/undo_exemption", Do(EditPolicy)),
    (Post, "/api/question/withdraw", Do(EditPolicy)),
    (Post, "/api/sheet/copy", Do(EditPolicy)),
    (Post, "/api/sheet/create", Do(EditPolicy)),
    (Post, "/api/sheet/freeze", Do(EditPolicy)),
    (Post, "/api/sheet/leave_out", Do(EditPolicy)),
    (Post, "/api/sheet/move", Do(EditPolicy)),
    (Post, "/api/sheet/set_question", Do(EditPolicy)),
    (Post, "/api/sheet/supplement", Do(EditPolicy)),
    (Post, "/api/sheet/take_in", Do(EditPolicy)),
    (Post, "/api/roster/apply", Do(ManageRoster)),
    (Post, "/api/department/add", Do(ManageRoster)),
    (Post, "/api/department/rename", Do(ManageRoster)),
    (Post, "/api/department/move", Do(ManageRoster)),
    (Post, "/api/department/merge", Do(ManageRoster)),
    (Post, "/api/department/split", Do(ManageRoster)),
    (Post, "/api/department/abolish", Do(ManageRoster)),
    (Post, "/api/person/add", Do(ManageRoster)),
    (Post, "/api/person/begin_post", Do(ManageRoster)),
    (Post, "/api/person/end_post", Do(ManageRoster)),
    (Post, "/api/person/begin_absence", Do(ManageRoster)),
    (Post, "/api/person/end_absence", Do(ManageRoster)),
    (Post, "/api/system/add", Do(ManageRoster)),
    (Post, "/api/system/hand_over", Do(ManageRoster)),
    (Post, "/api/system/end", Do(ManageRoster)),
    (Post, "/api/person/grant_role", Do(ManageAccess)),
    (Post, "/api/person/withdraw_role", Do(ManageAccess)),
    (Post, "/api/department/set_attributes", Do(RunInspection)),
    (Post, "/api/closed_day/add", Do(RunInspection)),
    (Post, "/api/closed_day/remove", Do(RunInspection)),
    (Post, "/api/extension/make", Do(RunInspection)),
    (Post, "/api/extension/take_back", Do(RunInspection)),
    (Post, "/api/letter/write", Do(RunInspection)),
    (Post, "/api/notice/set", Do(RunInspection)),
    (Post, "/api/outbox/retry", Do(RunInspection)),
    (Post, "/api/draft/discard", Do(RunInspection)),
    (Post, "/api/draft/rehearse", Do(RunInspection)),
    (Post, "/api/inspection/add_department", Do(RunInspection)),
    (Post, "/api/inspection/change_target", Do(RunInspection)),
    (Post, "/api/inspection/close", Do(RunInspection)),
    (Post, "/api/inspection/pulse", Do(RunInspection)),
    (Post, "/api/inspection/remind", Do(RunInspection)),
    (Post, "/api/inspection/start", Do(RunInspection)),
    (Post, "/api/inspection/transfers", Do(RunInspection)),
    (Post, "/api/response/begin_proxy", Do(EnterForOthers)),
    (Post, "/api/response/hand_in", Do(AnswerSheet)),
    (Post, "/api/response/save_answer", Do(AnswerSheet)),
    (Post, "/api/response/save_sheet", Do(AnswerSheet)),
    (Post, "/api/department/confirm", Do(ConfirmDepartment)),
    (Post, "/api/department/withdraw_confirmation", Do(ConfirmDepartment)),
    (Post, "/api/response/return_sheet", Do(ConfirmDepartment)),
    (Post, "/api/audit/issue_report", Do(Audit)),
    (Post, "/api/audit/mark", Do(Audit)),
    (Post, "/api/audit/open", Do(OpenAudit)),
    (Post, "/api/finding/record", Do(Audit)),
    (Post, "/api/finding/revise", Do(Audit)),
    (Post, "/api/improvement/complete", Do(MendImprovement)),
    (Post, "/api/improvement/from_answer", Do(MendImprovement)),
    (Post, "/api/improvement/plan", Do(MendImprovement)),
    (Post, "/api/improvement/from_finding", Do(VerifyImprovement)),
    (Post, "/api/improvement/verify", Do(VerifyImprovement)),
    (Post, "/api/amendment/draft", Do(DraftAmendment)),
    (Post, "/api/amendment/decide", Do(RecordDecision)),
    (Post, "/api/retention/set_class", Do(ManageRetention)),
    (Post, "/api/retention/hold", Do(ManageRetention)),
    (Post, "/api/retention/release_hold", Do(ManageRetention)),
    (Post, "/api/retention/list_disposal", Do(ManageRetention)),
    (Post, "/api/retention/approve_disposal", Do(ApproveDisposal)),
    (Post, "/api/retention/reject_disposal", Do(ApproveDisposal)),
    // Files and the few forms that answer with a page of their own.
    (Get, "/download/board/{inspection}", Do(RunInspection)),
    (Get, "/download/comparison/{revision}", Do(ReadPolicy)),
    (Get, "/download/edition/{edition}", Do(ReadPolicy)),
    (Get, "/download/evidence/{evidence}", Do(SeeAnswers)),
    (Get, "/download/own-evidence/{file}", Do(AnswerSheet)),
    (Get, "/download/form/{target}", Do(AnswerSheet)),
    (Get, "/download/ledger.csv", Do(ReadLedger)),
    (Get, "/download/ledger.xlsx", Do(ReadLedger)),
    (Get, "/download/ledger/own.csv", SignedIn),
    (Get, "/download/ledger/own.xlsx", SignedIn),
    (Get, "/download/results/{inspection}", Do(SeeResults)),
    (Get, "/download/roster-difference/{import}", Do(ManageRoster)),
    (Get, "/download/roster-template.xlsx", SignedIn),
    (Post, "/roster/columns/read", Do(ManageRoster)),
    (Get, "/people/codes/issue", SignedIn),
    (Post, "/people/codes/issue", Do(ManageAccess)),
    (Get, "/sheet-codes/issue", SignedIn),
    (Post, "/sheet-codes/issue", Do(RunInspection)),
    (Get, "/second-factor/confirm", SignedIn),
    (Post, "/second-factor/confirm", SignedIn),
    (Get, "/second-factor/recovery-codes", SignedIn),
    (Post, "/second-factor/recovery-codes", SignedIn),
    (Post, "/upload/answers/{target}", Do(AnswerSheet)),
    (Post, "/upload/form/{target}", Do(AnswerSheet)),
    (Post, "/upload/policy", Do(EditPolicy)),
    (Post, "/upload/roster", Do(ManageRoster)),
    (Get, "/api/{*name}", SignedIn),
];

/// What an address takes, if it is listed.
pub fn need(method: Method, path: &str) -> Option<Need> {
    ENDPOINTS
        .iter()
        .find(|(listed, address, _)| *listed == method && *address == path)
        .map(|(.., need)| *need)
}

/// The addresses of an action, pages first.
pub fn of_action(action: Action) -> impl Iterator<Item = &'static Endpoint> {
    ENDPOINTS.iter().filter(move |(.., need)| *need == Do(action))
}
