//! What goes on beside the board: transfers, notices, extensions, rehearsals.

use super::{Asked, Listed, Made};
use app::inspection::transfers_page::{begun, sheet};
use documents::table::Columns;
use domain::inspection::transfer::Rule;
use store::extension::{Entry as Extension, settings};
use store::inspection::draft::draft;
use store::inspection::rehearsal::Rehearsal;
use store::inspection::transfer::{Entry, Line, transfers as load};
use store::notice::{Planned, notices as plan};

/// What the roster asks to be changed.
pub async fn transfers(asked: Asked) -> Made {
    let shown = load(&asked.db, &asked.actor, asked.id("inspection")?, asked.now).await?;
    // A closed inspection shows none.
    let groups = if shown.closed { Vec::new() } else { shown.groups };
    let rows: Vec<(Rule, Line)> = groups
        .into_iter()
        .flat_map(|(rule, lines)| lines.into_iter().map(move |line| (rule, line)))
        .collect();
    let columns = Columns::<(Rule, Line)>::new()
        .with("区分", |(rule, _)| rule.label())
        .with("職員番号", |(_, line)| line.staff_no.clone())
        .with("氏名", |(_, line)| line.person.clone())
        .with("点検票", |(_, line)| sheet(line.role, line.system.as_ref()))
        .with("状態", |(_, line)| begun(line.begun))
        .with("所属", |(_, line)| line.from.clone())
        .with("変更後の所属", |(_, line)| line.to.clone())
        .with("変更", |(_, line)| line.act.label())
        .with("理由", |(_, line)| line.reason.clone());
    let listed: Listed = columns.table(&rows).into();
    Ok(listed.of(shown.inspection.name).about("inspection", shown.inspection.id))
}

/// What was changed.
pub async fn transferred(asked: Asked) -> Made {
    let shown = load(&asked.db, &asked.actor, asked.id("inspection")?, asked.now).await?;
    let columns = Columns::<Entry>::new()
        .moment("日時", |entry| Some(entry.at))
        .with("氏名", |entry| entry.person.clone())
        .with("変更", |entry| entry.what.clone())
        .with("理由", |entry| entry.reason.clone())
        .with("行った人", |entry| entry.by.clone());
    let listed: Listed = columns.table(&shown.history).into();
    Ok(listed.of(shown.inspection.name).about("inspection", shown.inspection.id))
}

/// The days on which notices go out.
pub async fn notices(asked: Asked) -> Made {
    let shown = plan(&asked.db, &asked.actor, asked.id("inspection")?, asked.hours, asked.now).await?;
    let (closed, today) = (shown.closed, asked.today());
    let columns = Columns::<Planned>::new()
        .with("通知", |one| one.occasion.kind.label())
        .day("送る日", |one| Some(one.goes_out_on))
        .day("規則による日", |one| Some(one.occasion.planned_on))
        .with("状況", move |one| match (one.sent, one.goes_out_on) {
            (1.., _) => "作成済",
            (_, day) if closed || day < today => "送信なし",
            _ => "予定",
        })
        .with("作成した通知", |one| one.sent);
    let listed: Listed = columns.table(&shown.planned).into();
    Ok(listed.of(shown.inspection.name).about("inspection", shown.inspection.id))
}

/// Deadlines that were put off.
pub async fn extensions(asked: Asked) -> Made {
    let shown = settings(&asked.db, &asked.actor, asked.id("inspection")?).await?;
    let columns = Columns::<Extension>::new()
        .with("対象", |entry| entry.scope.clone())
        .day("新しい期限", |entry| Some(entry.due_on))
        .with("理由", |entry| entry.reason.clone())
        .moment("日時", |entry| Some(entry.at))
        .with("行った人", |entry| entry.by.clone())
        .moment("取消し", |entry| entry.taken_back.as_ref().map(|(at, _)| *at))
        .with("取消しの理由", |entry| entry.taken_back.as_ref().map(|(_, reason)| reason.clone()));
    let listed: Listed = columns.table(&shown.extensions).into();
    Ok(listed.of(shown.inspection.name).about("inspection", shown.inspection.id))
}

/// What was tried out.
pub async fn rehearsals(asked: Asked) -> Made {
    let shown = draft(&asked.db, &asked.actor, asked.id("draft")?).await?;
    let columns = Columns::<Rehearsal>::new()
        .day("開始", |one| Some(one.opens_on))
        .day("期限", |one| Some(one.due_on))
        .with("状態", |one| if one.closed { "終了" } else { "実施中" })
        .with("点検票", |one| one.sheets)
        .with("提出", |one| one.submitted);
    let listed: Listed = columns.table(&shown.rehearsals).into();
    Ok(listed.of(shown.start.name))
}
