//! Audits, their findings, and the auditor's marks beside the answers.

use super::{Asked, Listed, Made};
use app::audit::questions::gap_text;
use documents::table::Columns;
use domain::answer::Value;
use domain::calendar::fiscal_year_label;
use store::audit::list::AuditLine;
use store::audit::show::{AuditQuestion, FindingLine};
use store::audit::{list, look_at};

/// The audits that the reader may see.
pub async fn audits(asked: Asked) -> Made {
    let audits = list(&asked.db, &asked.actor).await?;
    let columns = Columns::<AuditLine>::new()
        .with("番号", |audit| audit.label.clone())
        .with("年度", |audit| fiscal_year_label(audit.fiscal_year))
        .with("部", |audit| audit.division.clone())
        .with("所属", |audit| audit.department.clone())
        .with("監査人", |audit| audit.auditor.clone())
        .day("往査日", |audit| Some(audit.held_on))
        .with("評価", |audit| audit.marks)
        .with("指摘", |audit| audit.findings)
        .with("報告書", |audit| audit.issued.clone().unwrap_or_else(|| "下書き".to_string()));
    Ok(columns.table(&audits).into())
}

/// The findings of one of them.
pub async fn findings(asked: Asked) -> Made {
    let audit = look_at(&asked.db, &asked.actor, asked.id("audit")?, asked.now).await?;
    let columns = Columns::<FindingLine>::new()
        .with("番号", |finding| finding.label.clone())
        .with("区分", |finding| finding.grade.label())
        .with("件名", |finding| finding.title.clone());
    let listed: Listed = columns.table(&audit.findings).into();
    Ok(listed.of(audit.head.label).about("audit", audit.head.id))
}

/// Its questions with answers and marks.
pub async fn marks(asked: Asked) -> Made {
    let audit = look_at(&asked.db, &asked.actor, asked.id("audit")?, asked.now).await?;
    let columns = Columns::<AuditQuestion>::new()
        .with("点検票", |one| one.role.clone())
        .with("問", |one| one.no)
        .with("設問", |one| one.text.clone())
        .with("実施", |one| one.tally.done)
        .with("一部実施", |one| one.tally.partial)
        .with("未実施", |one| one.tally.not_done)
        .with("該当なし", |one| one.tally.na)
        .with("監査評価", |one| one.mark.as_ref().map(|mark| Value::label(mark.value)))
        .with("評価の理由", |one| one.mark.as_ref().map(|mark| mark.note.clone()))
        .with("差", |one| one.gap.map(gap_text))
        .with("差（段階）", |one| one.gap);
    let listed: Listed = columns.table(&audit.questions).into();
    Ok(listed.of(audit.head.label).about("audit", audit.head.id))
}
