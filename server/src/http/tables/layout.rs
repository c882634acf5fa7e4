//! What was kept of departments' workbooks, and what words mean in them.

use super::{Asked, Listed, Made};
use documents::table::Columns;
use domain::layout::word::Meaning;
use store::layout::{self, WordShown};

/// The 様式 in use.
pub async fn layouts(asked: Asked) -> Made {
    let city = layout::list(&asked.db, &asked.actor).await?;
    let columns = Columns::<layout::Listed>::new()
        .with("名称", |listed| listed.name.clone())
        .with("設問", |listed| listed.questions)
        .with("形", |listed| listed.shapes)
        .with("言葉", |listed| listed.words)
        .with("読み取った点検票", |listed| listed.forms)
        .moment("保存した日時", |listed| Some(listed.at))
        .with("保存した人", |listed| listed.by.clone());
    Ok(columns.table(&city.layouts).into())
}

fn words(words: &[WordShown]) -> Listed {
    let columns = Columns::<WordShown>::new()
        .with("回答欄の言葉", |shown| shown.word.clone())
        .with("読み方", |shown| shown.meaning.map(Meaning::label));
    columns.table(words).into()
}

/// Words of the whole city.
pub async fn city_words(asked: Asked) -> Made {
    Ok(words(&layout::list(&asked.db, &asked.actor).await?.words))
}

/// Words of one 様式.
pub async fn layout_words(asked: Asked) -> Made {
    let page = layout::page(&asked.db, &asked.actor, asked.id("layout")?).await?;
    Ok(words(&page.words).of(page.name))
}
