//! Every page and its address. All are rendered completely before they are sent, so that they need no script.

use crate::error::AppError;
use crate::home::landing::Landing;
use crate::policy::list_page::PoliciesPage;
use crate::policy::revision_page::RevisionPage;
use crate::question::accept_all_page::AcceptAllPage;
use crate::question::clause_page::ClausePage;
use crate::session::password_page::PasswordPage;
use crate::session::sign_in_page::SignInPage;
use crate::sheet::edition_page::EditionPage;
use crate::sheet::list_page::SheetsPage;
use crate::sheet::sheet_page::SheetPage;
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
                <Route path=path!("/policies") view=PoliciesPage ssr=SsrMode::Async/>
                <Route path=path!("/policies/:revision") view=RevisionPage ssr=SsrMode::Async/>
                <Route path=path!("/policies/:revision/accept") view=AcceptAllPage ssr=SsrMode::Async/>
                <Route path=path!("/policies/:revision/clauses/:clause") view=ClausePage ssr=SsrMode::Async/>
                <Route path=path!("/sheets") view=SheetsPage ssr=SsrMode::Async/>
                <Route path=path!("/sheets/:sheet") view=SheetPage ssr=SsrMode::Async/>
                <Route path=path!("/editions/:edition") view=EditionPage ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}
