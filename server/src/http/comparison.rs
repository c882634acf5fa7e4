//! The 新旧対照表 as a Word document, with exactly the rows of the page.

use super::Service;
use super::attachment::{attachment, plain};
use super::gate::Who;
use super::uploads::actor;
use app::error::AppError;
use app::lineage::tabs::name;
use axum::extract::{Extension, Path, Query, State};
use axum::response::Response;
use documents::comparison::{ComparisonTable, write};
use domain::calendar::{day, wareki};
use serde::Deserialize;
use serde_json::json;
use store::ledger::NewEvent;
use store::ledger::look::export;
use store::lineage::compare;
use uuid::Uuid;

const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// What it is compared with.
#[derive(Debug, Deserialize)]
pub struct With {
    from: Option<Uuid>,
}

/// `/download/comparison/{revision}`
pub async fn download(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Path(revision): Path<Uuid>,
    Query(with): Query<With>,
) -> Response {
    match document(&service, &who, revision, with.from).await {
        Ok((name, bytes)) => attachment(&name, KIND, bytes),
        Err(error) => plain(&error),
    }
}

async fn document(
    service: &Service,
    who: &Who,
    revision: Uuid,
    from: Option<Uuid>,
) -> Result<(String, Vec<u8>), AppError> {
    let (actor, now) = (actor(who)?, (service.clock)());
    let comparison = compare(&service.db, &actor, revision, from).await?;
    let older = comparison.older.as_ref().ok_or(AppError::NotFound)?;
    let title = comparison.newer.title.clone();
    let table = ComparisonTable {
        newer: name(&comparison.newer),
        older: name(older),
        made_on: wareki(day(now)),
        rows: comparison.table(),
        title: title.clone(),
    };
    let bytes = write(&table).map_err(|error| {
        tracing::error!(cause = %error, "writing the comparison failed");
        AppError::Machine
    })?;
    let event =
        NewEvent::new("revision", revision, "comparison.exported", json!({ "title": title, "form": "docx" }));
    export(&service.db, &(&actor).into(), now, event).await?;
    Ok((format!("{title}_新旧対照表_第{}版.docx", comparison.newer.number), bytes))
}
