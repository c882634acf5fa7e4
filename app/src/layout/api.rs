//! Server functions of 様式. What a sheet looks like is asked of the server again, never taken from the browser.

use crate::context::{ask, request};
use crate::error::AppError;
use domain::Refusal;
use domain::layout::picture::Which;
use domain::layout::word::Meaning;
use domain::layout::{Layout, Pointing};
use leptos::prelude::*;
use leptos_axum::redirect;
use store::StoreError;
use store::layout::{self, Look, Reach};
use uuid::Uuid;

/// Keeps how a sheet is read, and has its file read by it.
#[server(endpoint = "layout/keep")]
pub async fn keep_layout(
    file: Uuid,
    sheet: usize,
    #[server(default)] said: String,
    name: String,
    #[server(default)] into: String,
) -> Result<(), AppError> {
    let (ask, books) = (ask()?, request()?.workbooks);
    let page = layout::sheet(&ask.db, &ask.actor, file, ask.now).await?;
    let look = Look {
        file_name: page.file_name,
        content: page.content,
        sheet: Which::At(sheet),
        habits: page.habits,
        pointing: Pointing::parse(&said),
    };
    let seen = (books.look)(look).await.map_err(AppError::refused)?;
    let refusal = || seen.refusal.clone().unwrap_or_else(|| "読み取れる表がありません。見出しの行と列を指定してください。".into());
    let shape = seen.layout.clone().ok_or_else(|| AppError::refused(refusal()))?;
    let kept = layout::keep(&ask.db, &ask.actor, &name, &shape, into.parse().ok(), ask.now).await?;
    match store::intake::read_file_again(&ask.db, &ask.actor, file, ask.now).await {
        // A file that was taken stays as it is; the 様式 is for the next one.
        Ok(()) | Err(StoreError::Refused(_)) => {}
        Err(error) => return Err(error.into()),
    }
    (books.wake)();
    redirect(&format!("/intakes/{}?layout={kept}", page.intake));
    Ok(())
}

/// Gives a 様式 another name.
#[server(endpoint = "layout/rename")]
pub async fn rename_layout(layout: Uuid, name: String) -> Result<(), AppError> {
    let ask = ask()?;
    layout::rename(&ask.db, &ask.actor, layout, &name, ask.now).await?;
    redirect(&format!("/layouts/{layout}"));
    Ok(())
}

/// Uses a 様式 no more.
#[server(endpoint = "layout/discard")]
pub async fn discard_layout(layout: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    layout::discard(&ask.db, &ask.actor, layout, ask.now).await?;
    redirect("/layouts");
    Ok(())
}

/// Takes over the shape of a form that departs from its 様式.
#[server(endpoint = "layout/accept")]
pub async fn accept_shape(form: Uuid) -> Result<(), AppError> {
    let (ask, books) = (ask()?, request()?.workbooks);
    let departed = layout::departed(&ask.db, &ask.actor, form).await?;
    let look = Look {
        file_name: departed.file_name,
        content: departed.content,
        sheet: Which::Named(departed.sheet),
        habits: layout::habits(ask.db.read()).await?,
        pointing: Pointing::default(),
    };
    let seen = (books.look)(look).await.map_err(AppError::refused)?;
    let shape: Layout = seen.layout.unwrap_or_default();
    layout::accept(&ask.db, &ask.actor, form, &shape, ask.now).await?;
    redirect(&format!("/intakes/forms/{form}"));
    Ok(())
}

fn meant(meaning: &str) -> Result<Meaning, AppError> {
    let unknown = || AppError::from(Refusal::field("meaning", "読み方を選んでください。"));
    Meaning::from_key(meaning).ok_or_else(unknown)
}

fn place(layout: Option<Uuid>) -> String {
    layout.map_or_else(|| "/layouts".to_string(), |layout| format!("/layouts/{layout}"))
}

/// Keeps what a word means, in a 様式 or in every workbook.
#[server(endpoint = "layout/set_word")]
pub async fn set_word(
    #[server(default)] layout: String,
    word: String,
    #[server(default)] meaning: String,
) -> Result<(), AppError> {
    let (ask, layout) = (ask()?, layout.parse().ok());
    layout::set_word(&ask.db, &ask.actor, layout, &word, meant(&meaning)?, ask.now).await?;
    redirect(&place(layout));
    Ok(())
}

/// Takes a word back.
#[server(endpoint = "layout/take_word_back")]
pub async fn take_word_back(#[server(default)] layout: String, word: String) -> Result<(), AppError> {
    let (ask, layout) = (ask()?, layout.parse().ok());
    layout::take_word_back(&ask.db, &ask.actor, layout, &word, ask.now).await?;
    redirect(&place(layout));
    Ok(())
}

/// Says what a word in a form means, and settles all rows with it.
#[server(endpoint = "layout/explain")]
pub async fn explain_word(form: Uuid, word: String, meaning: String, reach: String) -> Result<(), AppError> {
    let ask = ask()?;
    let reach = if reach == "layout" { Reach::Layout } else { Reach::City };
    let rows =
        layout::explain(&ask.db, &ask.actor, form, (&word, meant(&meaning)?), reach, ask.now).await?;
    redirect(&format!("/intakes/forms/{form}?rows={rows}"));
    Ok(())
}
