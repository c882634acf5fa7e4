//! Sheets and their editions.

use super::{Asked, Listed, Made};
use app::sheet::compare_page::{name, settings};
use app::sheet::list_page::year_of;
use documents::table::Columns;
use domain::question::setting::{Scale, Setting};
use domain::topic::Topic;
use store::question::QuestionNow;
use store::sheet::{
    Compared, EditionItemView, EditionLine, ItemView, RoleLine, compare, edition as load, list, show,
};

fn labels(lines: &[EditionLine]) -> String {
    lines.iter().map(|line| line.label.as_str()).collect::<Vec<_>>().join("、")
}

/// The sheets of a year.
pub async fn sheets(asked: Asked) -> Made {
    let lines = list(&asked.db, &asked.actor, year_of(&asked)).await?;
    let columns = Columns::<RoleLine>::new()
        .with("答える人", |line| line.role.label())
        .with("使用中の設問", |line| line.questions)
        .with("点検票の設問", |line| line.sheet.map(|(_, items)| items))
        .with("状態", |line| match (line.sheet, line.editions.is_empty()) {
            (None, _) => "なし",
            (Some(_), true) => "作成中",
            (Some(_), false) => "確定済み",
        })
        .with("この年度の版", |line| labels(&line.editions))
        .with("前の年度の版", |line| labels(&line.earlier));
    Ok(columns.table(&lines).into())
}

fn yes(on: bool) -> &'static str {
    if on { "○" } else { "" }
}

/// What is set for a question beyond its text.
fn set<T: 'static>(columns: Columns<T>, of: fn(&T) -> &Setting) -> Columns<T> {
    columns
        .with("尺度", move |row| Scale::label(&of(row).scale))
        .with("必須", move |row| yes(of(row).gate))
        .with("把握のみ", move |row| yes(!of(row).counts()))
        .with("証跡", move |row| yes(of(row).evidence))
        .with("記入の手引", move |row| of(row).guidance.clone())
}

/// The questions of a sheet, in their order.
pub async fn items(asked: Asked) -> Made {
    let sheet = show(&asked.db, &asked.actor, asked.id("sheet")?).await?;
    let rows: Vec<(usize, ItemView)> = (1..).zip(sheet.items).collect();
    let columns = Columns::<(usize, ItemView)>::new()
        .with("章", |(_, item)| Topic::label(item.question.topic))
        .with("番号", |(number, _)| *number)
        .with("設問", |(_, item)| item.question.text.clone())
        .with("該当なしの条件", |(_, item)| item.question.not_applicable.clone())
        .with("条項", |(_, item)| item.path.clone())
        .with("前の版から", |(_, item)| item.change.label())
        .with("要見直し", |(_, item)| yes(item.waits.is_some()));
    let listed: Listed = set(columns, |(_, item)| &item.question.setting).table(&rows).into();
    Ok(listed.of(sheet.title))
}

/// Questions in use that are not on it.
pub async fn left_out(asked: Asked) -> Made {
    let sheet = show(&asked.db, &asked.actor, asked.id("sheet")?).await?;
    let columns = Columns::<QuestionNow>::new()
        .with("章", |question| Topic::label(question.topic))
        .with("設問", |question| question.text.clone())
        .with("該当なしの条件", |question| question.not_applicable.clone());
    let listed: Listed = columns.table(&sheet.left_out).into();
    Ok(listed.of(sheet.title))
}

/// The sheet beside its last edition.
pub async fn compared(asked: Asked) -> Made {
    let comparison = compare(&asked.db, &asked.actor, asked.id("sheet")?).await?;
    let rows = if comparison.edition.is_some() { comparison.lines } else { Vec::new() };
    let columns = Columns::<Compared>::new()
        .with("区分", |line| name(line.change))
        .with("前の版の番号", |line| line.before.as_ref().map(|(no, ..)| *no))
        .with("番号", |line| line.now.as_ref().map(|(no, ..)| *no))
        .with("前の版の設問", |line| line.before.as_ref().map(|(_, text, _)| text.clone()))
        .with("設問", |line| line.now.as_ref().map(|(_, text, _)| text.clone()))
        .with("設定の変更", settings);
    let listed: Listed = columns.table(&rows).into();
    Ok(listed.of(comparison.title))
}

/// The questions of a frozen sheet.
pub async fn edition(asked: Asked) -> Made {
    let view = load(&asked.db, &asked.actor, asked.id("edition")?).await?;
    let columns = Columns::<EditionItemView>::new()
        .with("章", |item| Topic::label(item.topic))
        .with("番号", |item| item.no)
        .with("設問", |item| item.text.clone())
        .with("該当なしの条件", |item| item.not_applicable.clone())
        .with("根拠条文", |item| item.clause_path.clone())
        .with("条文", |item| item.clause_text.clone())
        .with("前の版から", |item| item.change.label())
        .with("重み", |item| item.weight);
    let columns = set(columns, |item: &EditionItemView| &item.setting).with("補足説明", |item| {
        item.supplements.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join("\n")
    });
    let listed: Listed = columns.table(&view.items).into();
    Ok(listed.of(view.label))
}
