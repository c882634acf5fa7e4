//! Every page and its address. All are rendered completely before they are sent, so that they need no script.

use crate::answer::hand_in_page::HandInPage;
use crate::answer::page::AnswerPage;
use crate::answer::reading_page::ReadingPage;
use crate::answer::receipt_page::ReceiptPage;
use crate::approval::city_page::CityApprovalPage;
use crate::approval::division_page::DivisionApprovalPage;
use crate::department::attribute_page::AttributesPage;
use crate::department::page::DepartmentPage;
use crate::department::show_page::DepartmentHistoryPage;
use crate::department::tree_page::DepartmentsPage;
use crate::audit::list_page::AuditsPage;
use crate::audit::page::AuditPage;
use crate::audit::report_page::ReportPage;
use crate::bank::list_page::BankPage;
use crate::bank::question_page::BankQuestionPage;
use crate::amendment::show_page::AmendmentPage;
use crate::amendment::table_page::AmendmentTablePage;
use crate::error::AppError;
use crate::export::characters_page::CharactersPage;
use crate::finding::page::FindingPage;
use crate::form::original_page::OriginalPage;
use crate::form::page::FormsPageView;
use crate::home::landing::Landing;
use crate::inspection::board_page::{BoardHome, BoardPage};
use crate::inspection::draft_page::DraftPage;
use crate::inspection::letter_page::LetterPage;
use crate::inspection::new_page::NewInspectionPage;
use crate::inspection::notices_page::NoticesPage;
use crate::inspection::projector_page::ProjectorPage;
use crate::inspection::reminder_page::ReminderPage;
use crate::inspection::settings_page::SettingsPage;
use crate::inspection::slips_page::SlipsPage;
use crate::inspection::transfers_page::TransfersPage;
use crate::intake::form_page::IntakeFormPage;
use crate::intake::list_page::IntakesPage;
use crate::intake::show_page::IntakePageView;
use crate::intake::taking_page::TakingPage;
use crate::layout::list_page::LayoutsPage;
use crate::layout::point_page::PointPage;
use crate::layout::show_page::LayoutPage;
use crate::outbox::list_page::OutboxPage;
use crate::person::add_page::AddPersonPage;
use crate::person::codes_page::CodesPage;
use crate::person::list_page::PeoplePage;
use crate::person::person_page::PersonPage;
use crate::roster::columns_page::RosterColumnsPage;
use crate::roster::preview_page::RosterPreviewPage;
use crate::roster::upload_page::RosterPage;
use crate::policy::list_page::PoliciesPage;
use crate::policy::revision_page::RevisionPage;
use crate::question::accept_all_page::AcceptAllPage;
use crate::question::acts_page::ActsPage;
use crate::question::bench_page::BenchPage;
use crate::question::corrections_page::CorrectionsPage;
use crate::question::coverage_page::CoveragePage;
use crate::question::proposals_page::ProposalsPage;
use crate::results::answers_page::AnswersPage;
use crate::results::page::{NewestResultsPage, ResultsPage};
use crate::improvement::list_page::ImprovementsPage;
use crate::improvement::new_page::NewImprovementPage;
use crate::improvement::show_page::ImprovementPage;
use crate::ledger::check_page::CheckPage;
use crate::ledger::page::{LedgerPage, OwnLedgerPage};
use crate::ledger::seal_page::SealPage;
use crate::ledger::seals_page::SealsPage;
use crate::lineage::alignment_page::AlignmentPage;
use crate::lineage::changes_page::ChangesPage;
use crate::lineage::history_page::HistoryPage;
use crate::lineage::redline_page::RedlinePage;
use crate::lineage::table_page::TablePage;
use crate::permission::page::PermissionsPage;
use crate::retention::disposal_page::DisposalPage;
use crate::retention::kind_page::KindPage;
use crate::retention::page::RetentionPage;
use crate::review::clause_page::ReviewClausePage;
use crate::review::list_page::ReviewPage;
use crate::second_factor::give_page::GivePage;
use crate::second_factor::own_page::SecondFactorPage;
use crate::second_factor::requirements_page::RequirementsPage;
use crate::session::account_page::AccountPage;
use crate::session::devices_page::SessionsPage;
use crate::session::kiosk_page::KioskPage;
use crate::session::password_page::PasswordPage;
use crate::session::sign_in_page::SignInPage;
use crate::sheet::compare_page::ComparePage;
use crate::sheet::edition_page::EditionPage;
use crate::sheet::freeze_page::FreezePage;
use crate::sheet::list_page::SheetsPage;
use crate::sheet::preview_page::PreviewPage;
use crate::sheet::question_page::QuestionPage;
use crate::sheet::sheet_page::SheetPage;
use crate::system::list_page::SystemsPage;
use crate::ui::page::ErrorPage;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::SsrMode;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

/// The application: one page for each address.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <FlatRoutes fallback=|| view! { <ErrorPage error=AppError::NotFound/> }>
                <Route path=path!("/") view=Landing ssr=SsrMode::Async/>
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-in/second-factor") view=GivePage ssr=SsrMode::Async/>
                <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async/>
                <Route path=path!("/kiosk") view=KioskPage ssr=SsrMode::Async/>
                <Route path=path!("/password") view=PasswordPage ssr=SsrMode::Async/>
                <Route path=path!("/second-factor") view=SecondFactorPage ssr=SsrMode::Async/>
                <Route path=path!("/shift-jis") view=CharactersPage ssr=SsrMode::Async/>
                <Route path=path!("/sessions") view=SessionsPage ssr=SsrMode::Async/>
                <Route path=path!("/roster") view=RosterPage ssr=SsrMode::Async/>
                <Route path=path!("/roster/imports/:import") view=RosterPreviewPage ssr=SsrMode::Async/>
                <Route path=path!("/roster/imports/:import/columns") view=RosterColumnsPage ssr=SsrMode::Async/>
                <Route path=path!("/people") view=PeoplePage ssr=SsrMode::Async/>
                <Route path=path!("/people/new") view=AddPersonPage ssr=SsrMode::Async/>
                <Route path=path!("/people/codes") view=CodesPage ssr=SsrMode::Async/>
                <Route path=path!("/people/second-factor") view=RequirementsPage ssr=SsrMode::Async/>
                <Route path=path!("/people/:person") view=PersonPage ssr=SsrMode::Async/>
                <Route path=path!("/board") view=BoardHome ssr=SsrMode::Async/>
                <Route path=path!("/inspections/new") view=NewInspectionPage ssr=SsrMode::Async/>
                <Route path=path!("/drafts/:draft") view=DraftPage ssr=SsrMode::Async/>
                <Route path=path!("/inspections/:inspection") view=BoardPage ssr=SsrMode::Async/>
                <Route path=path!("/inspections/:inspection/projector") view=ProjectorPage ssr=SsrMode::Async/>
                <Route path=path!("/inspections/:inspection/slips") view=SlipsPage ssr=SsrMode::Async/>
                <Route path=path!("/inspections/:inspection/intakes") view=IntakesPage ssr=SsrMode::Async/>
                <Route path=path!("/intakes/:intake") view=IntakePageView ssr=SsrMode::Async/>
                <Route path=path!("/intakes/:intake/taking") view=TakingPage ssr=SsrMode::Async/>
                <Route path=path!("/intakes/forms/:form") view=IntakeFormPage ssr=SsrMode::Async/>
                <Route path=path!("/inspections/:inspection/forms") view=FormsPageView ssr=SsrMode::Async/>
                <Route path=path!("/originals/:original") view=OriginalPage ssr=SsrMode::Async/>
                <Route path=path!("/intakes/files/:intake_file") view=PointPage ssr=SsrMode::Async/>
                <Route path=path!("/layouts") view=LayoutsPage ssr=SsrMode::Async/>
                <Route path=path!("/layouts/:layout") view=LayoutPage ssr=SsrMode::Async/>
                <Route path=path!("/inspections/:inspection/letter") view=LetterPage ssr=SsrMode::Async/>
                <Route path=path!("/inspections/:inspection/notices") view=NoticesPage ssr=SsrMode::Async/>
                <Route path=path!("/inspections/:inspection/settings") view=SettingsPage ssr=SsrMode::Async/>
                <Route path=path!("/inspections/:inspection/transfers") view=TransfersPage ssr=SsrMode::Async/>
                <Route path=path!("/outbox") view=OutboxPage ssr=SsrMode::Async/>
                <Route path=path!("/policies") view=PoliciesPage ssr=SsrMode::Async/>
                <Route path=path!("/policies/corrections") view=CorrectionsPage ssr=SsrMode::Async/>
                <Route path=path!("/policies/:revision") view=RevisionPage ssr=SsrMode::Async/>
                <Route path=path!("/policies/:revision/accept") view=AcceptAllPage ssr=SsrMode::Async/>
                <Route path=path!("/policies/:revision/acts") view=ActsPage ssr=SsrMode::Async/>
                <Route path=path!("/policies/:revision/coverage") view=CoveragePage ssr=SsrMode::Async/>
                <Route path=path!("/policies/:revision/proposals") view=ProposalsPage ssr=SsrMode::Async/>
                <Route path=path!("/policies/:revision/clauses/:clause") view=BenchPage ssr=SsrMode::Async/>
                <Route path=path!("/policies/:revision/changes") view=ChangesPage ssr=SsrMode::Async/>
                <Route path=path!("/policies/:revision/lineage") view=AlignmentPage ssr=SsrMode::Async/>
                <Route path=path!("/policies/:revision/redline") view=RedlinePage ssr=SsrMode::Async/>
                <Route path=path!("/policies/:revision/table") view=TablePage ssr=SsrMode::Async/>
                <Route path=path!("/policies/:revision/history") view=HistoryPage ssr=SsrMode::Async/>
                <Route path=path!("/bank") view=BankPage ssr=SsrMode::Async/>
                <Route path=path!("/bank/:key") view=BankQuestionPage ssr=SsrMode::Async/>
                <Route path=path!("/sheets") view=SheetsPage ssr=SsrMode::Async/>
                <Route path=path!("/sheets/:sheet") view=SheetPage ssr=SsrMode::Async/>
                <Route path=path!("/sheets/:sheet/preview") view=PreviewPage ssr=SsrMode::Async/>
                <Route path=path!("/sheets/:sheet/freeze") view=FreezePage ssr=SsrMode::Async/>
                <Route path=path!("/sheets/:sheet/compare") view=ComparePage ssr=SsrMode::Async/>
                <Route path=path!("/sheets/:sheet/questions/:question") view=QuestionPage ssr=SsrMode::Async/>
                <Route path=path!("/departments") view=DepartmentsPage ssr=SsrMode::Async/>
                <Route path=path!("/departments/attributes") view=AttributesPage ssr=SsrMode::Async/>
                <Route path=path!("/departments/:department") view=DepartmentHistoryPage ssr=SsrMode::Async/>
                <Route path=path!("/systems") view=SystemsPage ssr=SsrMode::Async/>
                <Route path=path!("/editions/:edition") view=EditionPage ssr=SsrMode::Async/>
                <Route path=path!("/answer/:target") view=AnswerPage ssr=SsrMode::Async/>
                <Route path=path!("/answer/:target/check") view=HandInPage ssr=SsrMode::Async/>
                <Route path=path!("/answer/:target/receipt") view=ReceiptPage ssr=SsrMode::Async/>
                <Route path=path!("/responses/:target") view=ReadingPage ssr=SsrMode::Async/>
                <Route path=path!("/inspections/:inspection/departments/:department") view=DepartmentPage ssr=SsrMode::Async/>
                <Route path=path!("/inspections/:inspection/reminder") view=ReminderPage ssr=SsrMode::Async/>
                <Route path=path!("/inspections/:inspection/divisions/:division") view=DivisionApprovalPage ssr=SsrMode::Async/>
                <Route path=path!("/inspections/:inspection/approval") view=CityApprovalPage ssr=SsrMode::Async/>
                <Route path=path!("/results") view=NewestResultsPage ssr=SsrMode::Async/>
                <Route path=path!("/inspections/:inspection/results") view=ResultsPage ssr=SsrMode::Async/>
                <Route path=path!("/inspections/:inspection/answers") view=AnswersPage ssr=SsrMode::Async/>
                <Route path=path!("/audits") view=AuditsPage ssr=SsrMode::Async/>
                <Route path=path!("/audits/:audit") view=AuditPage ssr=SsrMode::Async/>
                <Route path=path!("/audits/:audit/report") view=ReportPage ssr=SsrMode::Async/>
                <Route path=path!("/findings/:finding") view=FindingPage ssr=SsrMode::Async/>
                <Route path=path!("/improvements") view=ImprovementsPage ssr=SsrMode::Async/>
                <Route path=path!("/improvements/new") view=NewImprovementPage ssr=SsrMode::Async/>
                <Route path=path!("/improvements/:improvement") view=ImprovementPage ssr=SsrMode::Async/>
                <Route path=path!("/review") view=ReviewPage ssr=SsrMode::Async/>
                <Route path=path!("/review/clauses/:clause") view=ReviewClausePage ssr=SsrMode::Async/>
                <Route path=path!("/amendments/table") view=AmendmentTablePage ssr=SsrMode::Async/>
                <Route path=path!("/amendments/:amendment") view=AmendmentPage ssr=SsrMode::Async/>
                <Route path=path!("/ledger") view=LedgerPage ssr=SsrMode::Async/>
                <Route path=path!("/ledger/own") view=OwnLedgerPage ssr=SsrMode::Async/>
                <Route path=path!("/ledger/check") view=CheckPage ssr=SsrMode::Async/>
                <Route path=path!("/ledger/seals") view=SealsPage ssr=SsrMode::Async/>
                <Route path=path!("/ledger/seals/:number") view=SealPage ssr=SsrMode::Async/>
                <Route path=path!("/retention") view=RetentionPage ssr=SsrMode::Async/>
                <Route path=path!("/retention/kinds/:kind") view=KindPage ssr=SsrMode::Async/>
                <Route path=path!("/retention/disposals/:disposal") view=DisposalPage ssr=SsrMode::Async/>
                <Route path=path!("/permissions") view=PermissionsPage ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}
