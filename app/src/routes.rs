//! Every page and its address. All are rendered completely before they are sent, so that they need no script.

use crate::answer::page::AnswerPage;
use crate::answer::reading_page::ReadingPage;
use crate::department::page::DepartmentPage;
use crate::error::AppError;
use crate::home::landing::Landing;
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
                <Route path=path!("/answer/:target") view=AnswerPage ssr=SsrMode::Async/>
                <Route path=path!("/responses/:target") view=ReadingPage ssr=SsrMode::Async/>
                <Route path=path!("/inspections/:inspection/departments/:department") view=DepartmentPage ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}
