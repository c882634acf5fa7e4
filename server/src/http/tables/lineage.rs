//! Two revisions beside each other, and what came after what.

use super::policy::of_history;
use super::{Asked, Listed, Made};
use app::lineage::alignment_page::chosen;
use app::lineage::line::paths;
use documents::table::Columns;
use domain::lineage::{Kind, Paragraph, Row};
use store::lineage::{ComparisonLine, Import, Side, compare, history};

fn content(sides: &[Side]) -> String {
    sides.iter().map(Side::content).collect::<Vec<_>>().join("\n")
}

/// Which clause comes from which.
pub async fn lineage(asked: Asked) -> Made {
    let comparison = compare(&asked.db, &asked.actor, asked.id("revision")?, None).await?;
    let rows: Vec<ComparisonLine> = chosen(&comparison, &asked.text("kind"), asked.optional_id("line"));
    let columns = Columns::<ComparisonLine>::new()
        .with("種類", |line| line.kind.label())
        .with("改正前の条項", |line| paths(&line.old))
        .with("改正前", |line| content(&line.old))
        .with("改正後の条項", |line| paths(&line.new))
        .with("改正後", |line| content(&line.new))
        .rate("一致", |line| {
            matches!(line.kind, Kind::Changed | Kind::Split | Kind::Merged).then_some(line.likeness)
        })
        .with("修正済み", |line| if line.corrected { "修正済み" } else { "" });
    let listed: Listed = columns.table(&rows).into();
    Ok(listed.of(comparison.newer.title))
}

fn words(paragraphs: &[Paragraph]) -> String {
    let line = |paragraph: &Paragraph| paragraph.runs.iter().map(|run| run.text.as_str()).collect::<String>();
    paragraphs.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn marked(paragraphs: &[Paragraph]) -> String {
    let runs = paragraphs.iter().flat_map(|paragraph| &paragraph.runs).filter(|run| run.marked);
    runs.map(|run| run.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// The 新旧対照表; underlined parts stand in columns of their own.
pub async fn comparison(asked: Asked) -> Made {
    let comparison =
        compare(&asked.db, &asked.actor, asked.id("revision")?, asked.optional_id("from")).await?;
    let rows = comparison.older.as_ref().map(|_| comparison.table()).unwrap_or_default();
    let columns = Columns::<Row>::new()
        .with("改正後", |row| words(&row.new))
        .with("改正前", |row| words(&row.old))
        .with("改正後の改正部分", |row| marked(&row.new))
        .with("改正前の改正部分", |row| marked(&row.old));
    let listed: Listed = columns.table(&rows).into();
    Ok(listed.of(comparison.newer.title))
}

/// The revisions that were imported.
pub async fn revisions(asked: Asked) -> Made {
    let history = history(&asked.db, &asked.actor, asked.id("revision")?).await?;
    let columns = Columns::<Import>::new()
        .with("版", |import| import.revision.number)
        .day("施行日", |import| import.revision.effective_on)
        .moment("取込み", |import| Some(import.revision.at))
        .with("取り込んだ者", |import| import.by.clone())
        .with("ファイル", |import| import.file_name.clone());
    let different = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Same);
    let columns = different.fold(columns, |columns, kind| {
        columns.with(kind.label(), move |import| {
            let counts = &import.counts;
            import.previous.as_ref().map(|_| counts.get(&kind).copied().unwrap_or_default())
        })
    });
    let listed: Listed = columns.table(&history.imports).into();
    Ok(listed.of(history.title))
}

/// What the document says about its own past.
pub async fn told(asked: Asked) -> Made {
    let history = history(&asked.db, &asked.actor, asked.id("revision")?).await?;
    let listed: Listed = of_history().table(&history.printed).into();
    Ok(listed.of(history.title))
}
