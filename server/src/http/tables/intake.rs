//! Workbooks that were brought in.

use super::{Asked, Listed, Made};
use app::intake::form_rows::{ordered, question_word, read_word, rule, stored_word};
use app::intake::list_page::state;
use app::intake::show_page::{left, ordered as by_stage, owner, stage};
use app::intake::taking_page::after;
use documents::table::Columns;
use store::intake::{Batch, FileShown, FormShown, RowShown, WouldBe, form_page, list, page, rehearse};

/// Everything that was brought in for an inspection.
pub async fn intakes(asked: Asked) -> Made {
    let listed = list(&asked.db, &asked.actor, asked.id("inspection")?).await?;
    let columns = Columns::<Batch>::new()
        .with("受け入れたもの", |batch| batch.name.clone())
        .moment("日時", |batch| Some(batch.at))
        .with("行った人", |batch| batch.by.clone())
        .with("ファイル", |batch| batch.files)
        .with("取込済", |batch| batch.taken)
        .with("状態", |batch| state(batch).1);
    let made: Listed = columns.table(&listed.batches).into();
    Ok(made.of(listed.inspection.name).about("inspection", listed.inspection.id))
}

/// A file, and one of its forms.
type Shown = (FileShown, Option<FormShown>);

/// What became of each file: a line for each of its forms.
pub async fn files(asked: Asked) -> Made {
    let shown = page(&asked.db, &asked.actor, asked.id("intake")?).await?;
    let rows: Vec<Shown> = by_stage(shown.files).into_iter().flat_map(forms).collect();
    let number = |of: fn(&FormShown) -> usize| move |(_, form): &Shown| form.as_ref().map(of);
    let text = |of: fn(&FormShown) -> String| move |(_, form): &Shown| form.as_ref().map(of);
    let columns = Columns::<Shown>::new()
        .with("ファイル", |(file, _)| file.name.clone())
        .with("シート", text(|form| form.sheet.clone()))
        .with("記載の所属", text(|form| form.department.clone()))
        .with("記載の氏名", text(|form| form.person.clone()))
        .with("対象", text(owner))
        .day("点検日", |(_, form)| form.as_ref().and_then(|form| form.dated_on))
        .with("回答", number(|form| form.taken + form.same))
        .with("空欄", number(|form| form.blank))
        .with("要確認", number(|form| form.unclear + form.unmatched + form.conflicts))
        .with("状態", |(file, _)| stage(file).word().1)
        .with("要確認の内容", |(file, _)| file.taken.is_none().then(|| left(file)))
        .moment("取込み", |(file, _)| file.taken.map(|(at, _)| at))
        .with("照合値（SHA-256）", |(file, _)| file.sha256.clone());
    let made: Listed = columns.table(&rows).into();
    Ok(made.of(shown.name).about("intake", shown.id))
}

fn forms(file: FileShown) -> Vec<Shown> {
    match file.forms.is_empty() {
        true => vec![(file, None)],
        false => file.forms.clone().into_iter().map(|form| (file.clone(), Some(form))).collect(),
    }
}

/// What taking would do, form by form.
pub async fn taking(asked: Asked) -> Made {
    let intake = asked.id("intake")?;
    let shown = rehearse(&asked.db, &asked.actor, intake, asked.optional_id("file")).await?;
    let columns = Columns::<WouldBe>::new()
        .with("ファイル", |form| form.file.clone())
        .with("対象", |form| form.owner.clone())
        .with("新しい回答", |form| form.new)
        .with("置き換える回答", |form| form.replaced)
        .with("取込み後", |form| after(form).1)
        .with("提出に足りないもの", |form| form.lacks.clone());
    let made: Listed = columns.table(&shown.forms).into();
    Ok(made.of(shown.name).about("intake", intake))
}

/// What was read of a form, row by row.
pub async fn rows(asked: Asked) -> Made {
    let shown = form_page(&asked.db, &asked.actor, asked.id("form")?, &asked.text("q"), asked.now).await?;
    let rows = ordered(shown.rows);
    let questions = shown.questions;
    let (meant, said, kept) = (questions.clone(), questions.clone(), questions);
    let columns = Columns::<RowShown>::new()
        .with("セル", |row| row.cell.clone())
        .with("様式の番号", |row| row.no.clone())
        .with("様式の設問", |row| row.question.clone())
        .with("点検票の設問", move |row| question_word(row, &meant))
        .with("記載", |row| row.raw.clone())
        .with("読み取った規則", |row| rule(&row.rule))
        .with("読取り", move |row| read_word(row, &said))
        .with("コメント", |row| row.comment.clone())
        .with("登録済み", move |row| stored_word(row, &kept))
        .with("状態", |row| row.state.label());
    let made: Listed = columns.table(&rows).into();
    Ok(made.of(shown.file_name).about("intake", shown.intake))
}
