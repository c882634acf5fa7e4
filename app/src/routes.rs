//! Every page and its address. All are rendered completely before they are sent, so that they need no script.

use crate::audit::list_page::AuditsPage;
use crate::audit::page::AuditPage;
use crate::audit::report_page::ReportPage;
use crate::error::AppError;
use crate::finding::page::FindingPage;
use crate::home::landing::Landing;
use crate::results::answers_page::AnswersPage;
use crate::results::page::{NewestResultsPage, ResultsPage};
use crate::session::password_page::PasswordPage;
use crate::session::sign_in_page::SignInPage;
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
                <Route path=path!("/password") view=PasswordPage ssr=SsrMode::Async/>
                <Route path=path!("/results") view=NewestResultsPage ssr=SsrMode::Async/>
                <Route path=path!("/inspections/:inspection/results") view=ResultsPage ssr=SsrMode::Async/>
                <Route path=path!("/inspections/:inspection/answers") view=AnswersPage ssr=SsrMode::Async/>
                <Route path=path!("/audits") view=AuditsPage ssr=SsrMode::Async/>
                <Route path=path!("/audits/:audit") view=AuditPage ssr=SsrMode::Async/>
                <Route path=path!("/audits/:audit/report") view=ReportPage ssr=SsrMode::Async/>
                <Route path=path!("/findings/:finding") view=FindingPage ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}
