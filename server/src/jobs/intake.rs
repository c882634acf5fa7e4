//! Reads the workbooks that were brought in, one after the other. What was not read when the server ended is read after
//! the next start.

use crate::http::Service;
use documents::form::legacy::{self, FilledForm, FilledItem, Read};
use domain::calendar::parse_day;
use domain::intake::owner::Said;
use domain::layout::Habits;
use std::sync::Arc;
use store::intake::{Form, Item, Reading, note, waiting};
use store::layout::habits;
use tokio::sync::Mutex;

/// Files taken from the database at once; a file may have 20 MB.
const TOGETHER: u64 = 4;
/// What the person reads when reading itself broke down.
const BROKEN: &str = "ファイルを読み取れませんでした。Excelで開いて保存し直し、もう一度取り込んでください。";

/// One reader in a process: two would read the same files.
static TURN: Mutex<()> = Mutex::const_new(());

/// Reads what waits, when whoever reads now is through.
///
/// # Errors
/// When the database fails.
pub async fn read_waiting(service: &Service) -> anyhow::Result<()> {
    let _turn = TURN.lock().await;
    read_all(service).await
}

/// Reads what was left unread, unless somebody is reading.
///
/// # Errors
/// When the database fails.
pub async fn read_left(service: &Service) -> anyhow::Result<()> {
    let Ok(_turn) = TURN.try_lock() else { return Ok(()) };
    read_all(service).await
}

/// Another process may read the same at the same time; a file has one reading all the same.
async fn read_all(service: &Service) -> anyhow::Result<()> {
    loop {
        let files = waiting(&service.db, TOGETHER).await?;
        if files.is_empty() {
            return Ok(());
        }
        let habits = Arc::new(habits(service.db.read()).await?);
        for file in files {
            let (id, name, habits) = (file.id, file.name.clone(), habits.clone());
            let read = tokio::task::spawn_blocking(move || read(&file.name, &file.content, &habits)).await;
            let read = read.unwrap_or_else(|error| {
                tracing::error!(%error, file = %name, "reading a workbook broke down");
                Err(BROKEN.to_string())
            });
            if let Err(error) = note(&service.db, id, read, (service.clock)()).await {
                // What can't be kept must not keep the files behind it waiting for ever.
                tracing::error!(%error, file = %name, "keeping a reading failed");
                note(&service.db, id, Err(BROKEN.to_string()), (service.clock)()).await?;
            }
        }
    }
}

fn read(name: &str, bytes: &[u8], habits: &Habits) -> Result<Reading, String> {
    let file = legacy::read_with(name, bytes, habits).map_err(|unreadable| unreadable.text)?;
    let ignored = file.ignored.into_iter().map(|sheet| (sheet.sheet, sheet.reason.to_string())).collect();
    Ok(Reading { forms: file.forms.into_iter().map(form).collect(), ignored })
}

fn form(form: FilledForm) -> Form {
    let text = |read: Option<Read<String>>| read.map(|read| read.value).unwrap_or_default();
    Form {
        sheet: form.sheet.unwrap_or_default(),
        title: form.title.unwrap_or_default(),
        said: Said {
            target_key: form.target_key.unwrap_or_default(),
            staff_no: text(form.head.staff_no),
            person: text(form.head.respondent),
            department: text(form.head.department),
            system: text(form.head.system),
        },
        dated_on: form.head.date.map(|read| read.value),
        doubts: form.doubts.into_iter().map(|doubt| doubt.text).collect(),
        version: form.kept,
        fingerprint: form.layout.fingerprint,
        drifts: form.drifts,
        items: form.items.into_iter().map(item).collect(),
    }
}

fn item(item: FilledItem) -> Item {
    let planned_on = item.due.as_deref().and_then(parse_day);
    // A time that is no day (「年度内」) is said in words.
    let due = item.due.filter(|_| planned_on.is_none()).map(|due| format!("改善予定：{due}"));
    let comment: Vec<String> = item.comment.into_iter().chain(due).collect();
    let rule = serde_json::to_value(item.origin.rule).ok();
    Item {
        no: item.no.unwrap_or_default(),
        question: item.question,
        item_key: item.item_key.unwrap_or_default(),
        raw_answer: item.raw_answer.unwrap_or_default(),
        word: item.word.unwrap_or_default(),
        answer: item.answer,
        fault: item.fault,
        comment: comment.join("　"),
        evidence: item.evidence.unwrap_or_default(),
        planned_on,
        cell: item.origin.cell,
        rule: rule.as_ref().and_then(|rule| rule.as_str()).unwrap_or_default().to_string(),
    }
}
