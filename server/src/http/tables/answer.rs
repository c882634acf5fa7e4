//! Individual answers: those behind a figure, and those of one sheet. They leave the house only with an entry of what
//! they are.

use super::{Asked, Listed, Made};
use app::error::AppError;
use app::intake::form_rows::rule_word;
use app::results::answers_page::figure;
use documents::table::Columns;
use domain::answer::Value;
use store::intake::Origin;
use store::response::{Chapter, Item, read};
use store::results::answers::export::begin;
use store::results::answers::{AnswerRow, Behind};

/// The answers behind a figure, up to those of a whole inspection; read department by department.
pub async fn answers(asked: Asked) -> Made {
    let behind = Behind { page: 1, ..figure(&asked) };
    let inspection = asked.id("inspection")?;
    let source = begin(&asked.db, &asked.actor, inspection, behind).await?;
    let of = format!("{}_{}", source.inspection_name(), source.scope());
    let columns = Columns::<AnswerRow>::new()
        .with("所属", |row| row.department.clone())
        .with("氏名", |row| row.person.clone())
        .with("代理入力", |row| if row.by_proxy { "代理入力" } else { "" })
        .with("点検票", |row| row.role.clone())
        .with("問", |row| row.no)
        .with("設問", |row| row.text.clone())
        .with("回答", |row| row.value.map(Value::label))
        .with("回答の内容", |row| row.words.clone())
        .with("理由・改善の内容", |row| row.comment.clone())
        .with("証跡", |row| row.evidence.clone())
        .with("証跡のファイル", |row| {
            row.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join("、")
        })
        .day("改善予定日", |row| row.planned_on);
    let listed = Listed::read(columns, source, |mut source| async move {
        let rows = source.next().await.map_err(AppError::from)?;
        Ok((rows, source))
    });
    Ok(listed.of(of).about("inspection", inspection).held())
}

/// The answers of one sheet.
pub async fn response(asked: Asked) -> Made {
    let reading = read(&asked.db, &asked.actor, asked.id("target")?, asked.now).await?;
    let sheet = reading.sheet;
    let shown = reading.shown && reading.gone.is_none();
    let chapters = if shown { sheet.chapters } else { Vec::new() };
    let rows: Vec<(&'static str, Item)> = chapters
        .into_iter()
        .flat_map(|Chapter { name, items, .. }| items.into_iter().map(move |item| (name, item)))
        .collect();
    let columns = Columns::<(&'static str, Item)>::new()
        .with("分野", |(chapter, _)| *chapter)
        .with("問", |(_, item)| item.no)
        .with("設問", |(_, item)| item.text.clone())
        .with("回答", |(_, item)| words(item))
        .with("数え方", |(_, item)| counted(item).map(Value::label))
        .with("理由・改善の内容", |(_, item)| {
            item.answer.as_ref().map(|answer| answer.comment.clone())
        })
        .with("証跡", |(_, item)| item.answer.as_ref().map(|answer| answer.evidence.clone()))
        .with("証跡のファイル", |(_, item)| {
            item.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join("、")
        })
        .day("改善予定日", |(_, item)| item.answer.as_ref().and_then(|answer| answer.planned_on));
    let listed: Listed = columns.table(&rows).into();
    Ok(listed.of(format!("{}_{}", sheet.inspection_name, sheet.person_name)).about("target", sheet.target))
}

fn words(item: &Item) -> String {
    let raw = item.answer.as_ref().and_then(|answer| answer.raw.as_ref());
    match (item.hidden, raw) {
        (true, _) => "対象外".to_string(),
        (false, Some(raw)) => item.setting.words(raw),
        (false, None) => "未回答".to_string(),
    }
}

fn counted(item: &Item) -> Option<Value> {
    item.answer.as_ref().and_then(|answer| answer.value).filter(|_| !item.hidden)
}

/// What stood in the workbooks the answers were taken from.
pub async fn origins(asked: Asked) -> Made {
    let reading = read(&asked.db, &asked.actor, asked.id("target")?, asked.now).await?;
    let rows = if reading.gone.is_some() { Vec::new() } else { reading.origins };
    let columns = Columns::<(i32, Origin)>::new()
        .with("問", |(no, _)| *no)
        .with("ファイル", |(_, origin)| origin.file.clone())
        .with("シート", |(_, origin)| origin.sheet.clone())
        .with("セル", |(_, origin)| origin.cell.clone())
        .with("記載", |(_, origin)| origin.raw.clone())
        .with("読み取った規則", |(_, origin)| rule_word(&origin.rule))
        .with("ファイルの照合値（SHA-256）", |(_, origin)| origin.sha256.clone());
    let listed: Listed = columns.table(&rows).into();
    Ok(listed.of(reading.sheet.person_name).about("target", reading.sheet.target))
}
