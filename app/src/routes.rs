//! Every page and its address. All are rendered completely before they are sent, so that they need no script.

use crate::amendment::show_page::AmendmentPage;
use crate::amendment::table_page::AmendmentTablePage;
use crate::error::AppError;
use crate::home::landing::Landing;
use crate::improvement::list_page::ImprovementsPage;
use crate::improvement::new_page::NewImprovementPage;
use crate::improvement::show_page::ImprovementPage;
use crate::ledger::page::LedgerPage;
use crate::permission::page::PermissionsPage;
use crate::review::clause_page::ReviewClausePage;
use crate::review::list_page::ReviewPage;
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
                <Route path=path!("/improvements") view=ImprovementsPage ssr=SsrMode::Async/>
                <Route path=path!("/improvements/new") view=NewImprovementPage ssr=SsrMode::Async/>
                <Route path=path!("/improvements/:improvement") view=ImprovementPage ssr=SsrMode::Async/>
                <Route path=path!("/review") view=ReviewPage ssr=SsrMode::Async/>
                <Route path=path!("/review/clauses/:clause") view=ReviewClausePage ssr=SsrMode::Async/>
                <Route path=path!("/amendments/table") view=AmendmentTablePage ssr=SsrMode::Async/>
                <Route path=path!("/amendments/:amendment") view=AmendmentPage ssr=SsrMode::Async/>
                <Route path=path!("/ledger") view=LedgerPage ssr=SsrMode::Async/>
                <Route path=path!("/permissions") view=PermissionsPage ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}
