//! The page: loading what it shows, head, title line, and what is shown instead when it can't be.

use super::badge::{Chip, Tone};
use super::form::Alert;
use crate::context::{Ask, Request, Returned, ask_for_page, request};
use crate::error::AppError;
use crate::home::head::Head;
use http::StatusCode;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;
use std::future::Future;

/// Loads what a page shows and renders it, or the error's page with its status.
pub fn page<T, F>(
    load: impl FnOnce(Ask) -> F + Send + 'static,
    render: impl FnOnce(T) -> AnyView + Send + 'static,
) -> AnyView
where
    F: Future<Output = Result<T, AppError>> + Send + 'static,
    T: Send + 'static,
{
    page_for(ask_for_page(), load, render)
}

/// The same for a page that asks in its own way, because it is open before everything else is.
pub fn page_for<T, F>(
    asked: Result<Ask, AppError>,
    load: impl FnOnce(Ask) -> F + Send + 'static,
    render: impl FnOnce(T) -> AnyView + Send + 'static,
) -> AnyView
where
    F: Future<Output = Result<T, AppError>> + Send + 'static,
    T: Send + 'static,
{
    let content = Suspend::new(async move {
        let loaded = match asked {
            Ok(ask) => load(ask).await,
            Err(error) => Err(error),
        };
        match loaded {
            Ok(data) => render(data),
            Err(error) => view! { <ErrorPage error/> }.into_any(),
        }
    });
    view! { <Suspense>{content}</Suspense> }.into_any()
}

/// One step on the way to a page.
#[derive(Debug, Clone)]
pub struct Crumb {
    pub text: String,
    pub href: String,
}

/// The frame of a page: head, way, title line with state and actions, content.
#[component]
pub fn Page(
    /// The page's one h1 and the document's title.
    #[prop(into)]
    title: String,
    /// The state beside the title.
    #[prop(optional, into)]
    state: Option<(Tone, String)>,
    /// Scope and dates in small type.
    #[prop(optional, into)]
    scope: String,
    /// Buttons and links at the end of the title line.
    #[prop(optional)]
    actions: Option<AnyView>,
    /// The way back, outermost first.
    #[prop(optional)]
    way: Vec<Crumb>,
    /// A further class for the main part.
    #[prop(optional, into)]
    class: String,
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=format!("{title}｜見直し")/>
        <Head/>
        <main class=format!("page {class}") id="main">
            {(!way.is_empty()).then(|| view! { <Way way/> })}
            <div class="title">
                <h1>{title}</h1>
                {state.map(|(tone, text)| view! { <Chip tone text/> })}
                {(!scope.is_empty()).then(|| view! { <span class="sub">{scope}</span> })}
                {actions.map(|actions| view! { <div class="push">{actions}</div> })}
            </div>
            <Unclaimed/>
            {children()}
        </main>
    }
}

#[component]
fn Way(way: Vec<Crumb>) -> impl IntoView {
    view! {
        <nav class="way" aria-label="現在位置">
            <ol>
                {way.into_iter().map(|crumb| view! { <li><a href=crumb.href>{crumb.text}</a></li> }).collect_view()}
            </ol>
        </nav>
    }
}

/// The notice on top of a page that came back because something was refused; the field in question repeats it.
#[component]
fn Unclaimed() -> impl IntoView {
    use_context::<Returned>().map(|returned| view! { <Alert text=returned.error.text()/> })
}

/// Why there is nothing, and what happens next.
#[component]
pub fn Empty(#[prop(into)] text: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <div class="empty">
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// The page of an error, with its status.
#[component]
pub fn ErrorPage(error: AppError) -> impl IntoView {
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(status) = StatusCode::from_u16(error.status())
    {
        response.set_status(status);
    }
    let title = match error {
        AppError::SignIn => "サインインしてください",
        AppError::Forbidden => "権限がありません",
        AppError::NotFound => "見つかりません",
        AppError::Refused(_) | AppError::Malformed => "処理できません",
        AppError::Machine => "処理できませんでした",
    };
    let signed_in = request().is_ok_and(|request: Request| request.signed_in.is_some());
    let (href, text) = if signed_in { ("/", "最初の画面へ") } else { ("/sign-in", "サインイン画面へ") };
    view! {
        <Page title>
            <p class="lead-text">{error.text()}</p>
            <p><a class="btn" href=href>{text}</a></p>
        </Page>
    }
}
