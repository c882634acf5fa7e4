//! Questions: proposals, what was done with them, which duties are asked about.

use super::{Asked, Listed, Made};
use app::question::address::Address;
use app::question::corrections_page::{about, becomes};
use app::question::text::act as name_of;
use documents::table::Columns;
use domain::bank::BankQuestion;
use domain::role::Role;
use domain::topic::Topic;
use store::bank::{BankLine, Standing, of_role};
use store::correction::{CorrectionLine, list};
use store::policy::revision;
use store::question::{ActView, Line, Matrix, Share, Uncovered, acts as load, lines};

/// How officers put classes right.
pub async fn corrections(asked: Asked) -> Made {
    let rows = list(&asked.db, &asked.actor).await?;
    let columns = Columns::<CorrectionLine>::new()
        .with("当てはまる文", |line| about(&line.correction))
        .with("修正の内容", |line| becomes(&line.correction))
        .with("元の条項", |line| line.short_path.clone())
        .with("ポリシー", |line| line.title.clone())
        .with("改めた人", |line| line.by.clone())
        .moment("日時", |line| Some(line.at))
        .with("適用した文", |line| line.uses)
        .moment("取消し", |line| line.withdrawn.as_ref().map(|(at, _)| *at))
        .with("取り消した人", |line| line.withdrawn.as_ref().map(|(_, by)| by.clone()));
    Ok(columns.table(&rows).into())
}

/// More than anybody does in one revision.
const ALL: u64 = 1_000_000;

/// What was done at the workbench; the page shows the newest only.
pub async fn acts(asked: Asked) -> Made {
    let id = asked.id("revision")?;
    let view = revision(&asked.db, &asked.actor, id).await?;
    let rows = load(&asked.db, &asked.actor, id, ALL).await?;
    let columns = Columns::<ActView>::new()
        .moment("日時", |act| Some(act.at))
        .with("処理", |act| name_of(&act.kind))
        .with("条項", |act| act.short_path.clone())
        .with("設問又は文", |act| act.text.clone())
        .with("行った人", |act| act.by.clone())
        .moment("取消し", |act| act.withdrawn);
    let listed: Listed = columns.table(&rows).into();
    Ok(listed.of(view.title))
}

async fn matrix(asked: &Asked) -> Result<Matrix, app::error::AppError> {
    Ok(Matrix::load(&asked.db, &asked.actor, asked.id("revision")?).await?)
}

/// Duties and questions by chapter and role: asked, left out with a reason, all.
pub async fn coverage(asked: Asked) -> Made {
    let matrix = matrix(&asked).await?;
    let mut rows: Vec<(&'static str, Vec<Share>)> =
        matrix.lines.into_iter().map(|line| (line.topic.label(), line.shares)).collect();
    rows.push(("計", matrix.total));
    let roles = Role::WITH_SHEET.map(Role::short).into_iter().chain(["その他の役割"]);
    let columns = Columns::<(&'static str, Vec<Share>)>::new().with("章", |(name, _)| *name);
    let columns = roles.zip(0usize..).fold(columns, |columns, (role, at)| {
        let of = move |row: &(&'static str, Vec<Share>)| row.1.get(at).copied().unwrap_or_default();
        columns
            .with(format!("{role}：義務の文"), move |row| of(row).duties)
            .with(format!("{role}：設問あり"), move |row| of(row).asked)
            .with(format!("{role}：設問にしない"), move |row| of(row).exempt)
    });
    let listed: Listed = columns.table(&rows).into();
    Ok(listed.of(matrix.title))
}

/// Duties nobody is asked about.
pub async fn uncovered(asked: Asked) -> Made {
    let matrix = matrix(&asked).await?;
    let columns = Columns::<Uncovered>::new()
        .with("条項", |duty| duty.short_path.clone())
        .with("義務の文", |duty| duty.text.clone())
        .with("設問がない理由", |duty| duty.reason.clone());
    let listed: Listed = columns.table(&matrix.coverage.uncovered).into();
    Ok(listed.of(matrix.title))
}

/// The proposals of the filter.
pub async fn proposals(asked: Asked) -> Made {
    let id = asked.id("revision")?;
    let filter = Address::of_list(id, &asked.query).filter;
    let (title, rows) = lines(&asked.db, &asked.actor, id, filter).await?;
    let columns = Columns::<Line>::new()
        .with("条項", |line| line.short_path.clone())
        .with("設問の案", |line| line.proposal.text.clone())
        .with("答える人", |line| line.proposal.role.short())
        .with("章", |line| line.proposal.topic.label())
        .with("該当なしの条件", |line| line.proposal.not_applicable.clone())
        .rate("確からしさ", |line| Some(line.proposal.confidence))
        .with("処理", |line| match &line.proposal.settled {
            Some(settled) if settled.accepted => "採用",
            Some(_) => "却下",
            None => "未処理",
        })
        .with("行った人", |line| line.proposal.settled.as_ref().map(|settled| settled.by.clone()))
        .with("却下の理由", |line| {
            line.proposal.settled.as_ref().and_then(|settled| settled.reason.clone())
        });
    let listed: Listed = columns.table(&rows).into();
    Ok(listed.of(title))
}

/// The supplementary questions for a role.
pub async fn bank(asked: Asked) -> Made {
    let role = Role::from_key(&asked.text("role")).filter(|role| Role::WITH_SHEET.contains(role));
    let role = role.unwrap_or(Role::Staff);
    let mut rows = of_role(&asked.db, &asked.actor, role).await?;
    rows.sort_by_key(|line| Topic::number(line.question.topic));
    let of = |get: fn(&BankQuestion) -> Option<String>| move |line: &BankLine| get(&line.question);
    let columns = Columns::<BankLine>::new()
        .with("章", |line| line.question.topic.label())
        .with("設問", |line| line.question.text)
        .with("該当なしの条件", of(|question| question.not_applicable.map(str::to_string)))
        .with("手引", |line| line.question.guidance)
        .with("状態", |line| match line.standing {
            Standing::Free => "",
            Standing::Taken => "使用中",
            Standing::Asked => "同じ設問があります",
        })
        .with("最も近い条項", |line| line.nearest.as_ref().map(|near| near.short_path.clone()));
    let listed: Listed = columns.table(&rows).into();
    Ok(listed.of(role.label()))
}
