//! Server functions of inspections.

use crate::context::{Ask, ask};
use crate::error::AppError;
use crate::island::live::Pulse;
use domain::Refusal;
use domain::approval::Level;
use domain::calendar::{clock_time, day_field};
use domain::inspection::board::Asked;
use domain::inspection::{About, Start, Visibility};
use domain::rate::Scoring;
use domain::role::Role;
use leptos::prelude::*;
use leptos_axum::redirect;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::inspection::draft;
use store::inspection::rehearsal::{NewRehearsal, draft_of, rehearse};
use uuid::Uuid;

/// How it is run: whom to ask, and who approves after the heads.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Way {
    pub contact: String,
    /// Keys of the steps after the heads' confirmations, each as the name of a box that was ticked.
    #[serde(default)]
    pub steps: BTreeMap<String, String>,
    #[serde(default)]
    pub about: AboutEntry,
}

/// The keys of the editions that are handed out; empty for a role that gets no sheet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sheets {
    staff: String,
    manager: String,
    system_manager: String,
}

/// What an inspection is part of, and how it is scored, as it is entered.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AboutEntry {
    #[serde(default)]
    programme: String,
    #[serde(default)]
    covers: String,
    #[serde(default)]
    partial: String,
    #[serde(default)]
    threshold: String,
}

impl AboutEntry {
    fn read(self) -> Result<About, Refusal> {
        let scoring = Scoring::read(&self.partial, &self.threshold)?;
        Ok(About { programme: self.programme, covers: self.covers, scoring })
    }
}

/// Starts an inspection, or keeps what was entered as a draft.
#[server(endpoint = "inspection/start")]
pub async fn start_inspection(
    fiscal_year: i32,
    name: String,
    base_on: String,
    opens_on: String,
    due_on: String,
    visibility: String,
    way: Way,
    sheets: Sheets,
    /// The draft it is; empty for a new one.
    #[server(default)]
    draft: String,
    /// `keep` keeps it as a draft; anything else starts.
    #[server(default)]
    then: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let choose = || Refusal::field("visibility", "所属長に見せる範囲を選んでください。");
    let start = Start {
        fiscal_year,
        name,
        base_on: day_field("base_on", &base_on)?,
        opens_on: day_field("opens_on", &opens_on)?,
        due_on: day_field("due_on", &due_on)?,
        visibility: Visibility::from_key(&visibility).ok_or_else(choose)?,
        contact: way.contact,
        editions: editions([sheets.staff, sheets.manager, sheets.system_manager]),
        levels: way.steps.keys().filter_map(|key| Level::from_key(key)).collect(),
        about: way.about.read()?,
    };
    let known: Option<Uuid> = draft.parse().ok();
    match (then.as_str(), known) {
        ("keep", known) => {
            let id = draft::keep(&ask.db, &ask.actor, known, start, ask.now).await?;
            redirect(&format!("/drafts/{id}?done=kept"));
        }
        (_, Some(known)) => {
            let id = draft::start_draft(&ask.db, &ask.actor, known, start, ask.now).await?;
            redirect(&format!("/inspections/{id}"));
        }
        (_, None) => {
            let id = store::inspection::start(&ask.db, &ask.actor, start, ask.now).await?;
            redirect(&format!("/inspections/{id}"));
        }
    }
    Ok(())
}

/// Throws a draft away.
#[server(endpoint = "draft/discard")]
pub async fn discard_draft(draft: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    draft::discard(&ask.db, &ask.actor, draft, ask.now).await?;
    redirect("/inspections/new?done=discarded");
    Ok(())
}

/// Tries a draft out with a few people.
#[server(endpoint = "draft/rehearse")]
pub async fn rehearse_draft(draft: Uuid, staff_nos: String, rehearsal_due_on: String) -> Result<(), AppError> {
    let ask = ask()?;
    let due_on = day_field("rehearsal_due_on", &rehearsal_due_on)?;
    let new = NewRehearsal { draft, staff_nos, due_on };
    rehearse(&ask.db, &ask.actor, new, ask.now).await?;
    redirect(&format!("/drafts/{draft}?done=rehearsed#rehearsal"));
    Ok(())
}

/// The chosen edition of each role; a blank means that the role gets no sheet.
fn editions(chosen: [String; 3]) -> Vec<(Role, Uuid)> {
    let pairs = Role::WITH_SHEET.into_iter().zip(chosen);
    pairs.filter_map(|(role, id)| Some((role, id.parse().ok()?))).collect()
}

/// Reminds the missing of an inspection: all, or those of some departments.
#[server(endpoint = "inspection/remind")]
pub async fn remind_missing(
    inspection: Uuid,
    /// Keys with commas between them; empty for all.
    #[server(default)]
    departments: String,
    /// What the board was asked for; it is shown again.
    #[server(default)]
    query: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let keys = departments.split(',').filter(|key| !key.is_empty()).map(str::parse::<Uuid>);
    let chosen: Vec<Uuid> = keys.collect::<Result<_, _>>().map_err(|_| AppError::NotFound)?;
    let chosen = (!chosen.is_empty()).then_some(chosen.as_slice());
    let people = store::reminder::remind(&ask.db, &ask.actor, inspection, chosen, ask.now).await?;
    let asked = asked_of(&query).query();
    let and = if asked.is_empty() { "?" } else { "&" };
    let of = match chosen {
        Some([one]) => format!("&of={one}#d-{one}"),
        _ => String::new(),
    };
    redirect(&format!("/inspections/{inspection}{asked}{and}reminded={people}{of}"));
    Ok(())
}

/// What an address asks of the board, read from its parameters.
pub fn asked_of(query: &str) -> Asked {
    let value = |name: &str| {
        let pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next().unwrap_or_default()
    };
    Asked::read(value("show"), value("sort"), value("division"), value("turn"))
}

/// How the board stands, for those who keep it open.
///
/// # Errors
/// As the use case.
pub async fn pulse_of(ask: &Ask, inspection: Uuid) -> Result<Pulse, AppError> {
    let stamp = store::inspection::board::pulse(&ask.db, &ask.actor, inspection, ask.now).await?;
    Ok(Pulse { stamp, time: clock_time(ask.now) })
}

/// Closes an inspection.
#[server(endpoint = "inspection/close")]
pub async fn close_inspection(inspection: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    store::inspection::close(&ask.db, &ask.actor, inspection, ask.now).await?;
    match draft_of(&ask.db, &ask.actor, inspection).await? {
        Some(draft) => redirect(&format!("/drafts/{draft}?done=ended#rehearsal")),
        None => redirect(&format!("/inspections/{inspection}?done=closed")),
    }
    Ok(())
}
