//! Server functions of answering: the whole page as a form, and what the island's call does.

use crate::context::{Ask, ask};
use crate::error::AppError;
use crate::island::autosave::Reply;
use domain::Refusal;
use domain::answer::{Raw, Written};
use domain::calendar::{clock_time, iso, parse_day};
use domain::question::setting::MOST_ROWS;
use leptos::prelude::*;
use leptos_axum::redirect;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::receipt::own_receipt;
use store::response::{self, Clash, Draft, Outcome, SavedAll, Source};
use uuid::Uuid;

/// One question as the form sends it. A question without a chosen value sends none.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Entry {
    /// The key of the choice.
    #[serde(default)]
    pub value: String,
    /// A number or a day.
    #[serde(default)]
    pub typed: String,
    /// The rows of a table: `r0`, `r1` … Blank rows are not sent.
    #[serde(default)]
    pub rows: HashMap<String, String>,
    #[serde(default)]
    pub comment: String,
    #[serde(default)]
    pub evidence: String,
    #[serde(default)]
    pub planned_on: String,
    #[serde(default)]
    pub version: i32,
    /// 「前年と同じ」 was pressed and nothing was changed since.
    #[serde(default)]
    pub carried: bool,
}

/// The name of a field of a question in the form. The letter before the key keeps the form's reader from
/// taking a key that begins with a digit for the number of a list.
pub fn field_name(item: Uuid, part: &str) -> String {
    format!("answers[q{item}][{part}]")
}

/// The question of such a name's key.
fn item_of(key: &str) -> Result<Uuid, AppError> {
    key.strip_prefix('q').and_then(|id| id.parse().ok()).ok_or(AppError::Malformed)
}

impl Entry {
    fn draft(self, item: Uuid) -> Result<Draft, AppError> {
        let planned_on = match self.planned_on.trim() {
            "" => None,
            text => Some(parse_day(text).ok_or_else(|| unreadable_day(text))?),
        };
        Ok(Draft {
            item,
            written: Written { choice: self.value, typed: self.typed, rows: rows(&self.rows) },
            evidence: self.evidence,
            comment: self.comment,
            planned_on,
            seen_version: Some(self.version),
            source: if self.carried { Source::Carried } else { Source::Web },
        })
    }
}

/// The rows in their order, blank ones among them. No more than a table can have.
fn rows(sent: &HashMap<String, String>) -> Vec<String> {
    let number = |key: &String| key.strip_prefix('r').and_then(|number| number.parse::<usize>().ok());
    let last = sent.keys().filter_map(number).max().filter(|last| *last < MOST_ROWS);
    let row = |index: usize| sent.get(&format!("r{index}")).cloned().unwrap_or_default();
    last.map(|last| (0..=last).map(row).collect()).unwrap_or_default()
}

fn unreadable_day(text: &str) -> AppError {
    AppError::refused(format!(
        "改善予定日「{text}」を読み取れません。「2026-12-25」や「令和8年12月25日」のように入力してください。"
    ))
}

/// Saves one answer for the island.
pub async fn save_one(ask: &Ask, target: Uuid, item: Uuid, entry: Entry) -> Result<Reply, AppError> {
    let draft = entry.draft(item)?;
    // The session was looked up a moment ago (`gate`); the number of a sheet is looked up each time.
    let session = ask.actor.sheet.is_none().then_some(ask.session);
    Ok(match response::save(&ask.db, &ask.actor, session, target, draft, ask.now).await? {
        Outcome::Saved(saved) => Reply::Saved { version: saved.version, time: clock_time(saved.at) },
        Outcome::Clash(clash) => Reply::Clash {
            version: clash.version,
            value: clash.theirs.map(|raw| raw.key()).unwrap_or_default(),
            comment: clash.theirs_comment,
            evidence: clash.theirs_evidence,
            planned_on: clash.theirs_planned_on.map(iso).unwrap_or_default(),
        },
    })
}

/// Saves the whole page and goes on: to the check before handing in, back to a question, or to the next open one.
/// `carry` names the question whose answer of last year is taken over, `at` the question that was worked on.
#[server(endpoint = "response/save_sheet")]
pub async fn save_sheet(
    target: Uuid,
    #[server(default)] answers: HashMap<String, Entry>,
    #[server(default)] then: String,
    #[server(default)] carry: String,
    #[server(default)] at: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let mut answers = answers;
    let carried = take_over(&ask, target, &carry, &mut answers).await?;
    let mut unreadable = Vec::new();
    let mut drafts = Vec::new();
    for (key, entry) in answers {
        match entry.draft(item_of(&key)?) {
            Ok(draft) => drafts.push(draft),
            Err(error) => unreadable.push(error.text()),
        }
    }
    let all = response::save_all(&ask.db, &ask.actor, target, drafts, ask.now).await;
    if then == "check" && is_handed_in(&ask, target).await? {
        redirect(&format!("/answer/{target}?again=1"));
        return Ok(());
    }
    said(all?, unreadable)?;
    let place = carried.map(|no| no.to_string()).or_else(|| at.parse::<i32>().ok().map(|no| no.to_string()));
    redirect(&match (then.as_str(), place) {
        ("check", _) => format!("/answer/{target}/check"),
        (_, Some(no)) => format!("/answer/{target}?saved=1#q{no}"),
        _ => after_saving(&ask, target).await?,
    });
    Ok(())
}

/// 「前年と同じ」: puts last year's answer where nothing is answered yet. Gives the question's number.
async fn take_over(
    ask: &Ask,
    target: Uuid,
    carry: &str,
    answers: &mut HashMap<String, Entry>,
) -> Result<Option<i32>, AppError> {
    let Ok(item) = carry.parse::<Uuid>() else { return Ok(None) };
    let sheet = response::open(&ask.db, &ask.actor, target, ask.now).await?;
    let item = sheet.items().find(|one| one.id == item).ok_or(AppError::NotFound)?;
    let entry = answers.entry(format!("q{}", item.id)).or_default();
    if !entry.value.is_empty() {
        return Err(AppError::Refused(Refusal::new(format!(
            "問{}は既に回答が選ばれているため、前年の回答を引き継ぎませんでした。変えるときは、回答を選び直してください。",
            item.no
        ))));
    }
    (entry.value, entry.carried) = (item.carry.as_ref().map(Raw::key).unwrap_or_default(), true);
    Ok(Some(item.no))
}

/// Hands the sheet in.
#[server(endpoint = "response/hand_in")]
pub async fn hand_in(target: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    let submitted = response::submit(&ask.db, &ask.actor, target, ask.now).await?;
    redirect(&match submitted.before {
        true => format!("/answer/{target}?again=1"),
        // The number of a sheet ends with its submission.
        false if ask.actor.sheet.is_some() => {
            let receipt = own_receipt(&ask.db, &ask.actor, target).await?;
            format!("/kiosk?done={}", receipt.number.unwrap_or_default())
        }
        false => format!("/answer/{target}"),
    });
    Ok(())
}

/// Handing in twice is one submission: the second time only shows the first.
async fn is_handed_in(ask: &Ask, target: Uuid) -> Result<bool, AppError> {
    let sheet = response::open(&ask.db, &ask.actor, target, ask.now).await?;
    Ok(sheet.facts.standing.submitted)
}

async fn after_saving(ask: &Ask, target: Uuid) -> Result<String, AppError> {
    let sheet = response::open(&ask.db, &ask.actor, target, ask.now).await?;
    let next = sheet.items().find(|item| !item.given().is_complete());
    let place = next.map_or_else(|| "hand-in".to_string(), |item| format!("q{}", item.no));
    Ok(format!("/answer/{target}?saved=1#{place}"))
}

/// What could not be saved, in one refusal; the rest is saved.
fn said(all: SavedAll, mut reasons: Vec<String>) -> Result<(), AppError> {
    reasons.extend(all.refused.into_iter().map(|(_, text)| text));
    if !all.clashes.is_empty() {
        let named: Vec<String> = all.clashes.iter().map(|clash: &Clash| format!("問{}", clash.no)).collect();
        reasons.push(format!(
            "{}は、ほかの画面で別の回答が保存されています。両方の回答を設問に示しました。どちらにするか選んで、もう一度保存してください。",
            named.join("、")
        ));
    }
    if reasons.is_empty() {
        return Ok(());
    }
    reasons.push("ほかの回答は保存しました。".to_string());
    Err(AppError::Refused(Refusal::new(reasons.concat())))
}
