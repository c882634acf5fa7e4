//! How long records are kept, what was disposed of, what is held.

use super::{Asked, Listed, Made};
use app::error::AppError;
use app::retention::disposals::state;
use app::retention::page::way;
use documents::table::Columns;
use domain::retention::{Kind, starts_on};
use store::retention::disposal::{self, Decision, Group as Disposed};
use store::retention::hold;
use store::retention::{Group, Line, overview, records as load};

/// The kinds of records.
pub async fn kinds(asked: Asked) -> Made {
    let lines = overview(&asked.db, &asked.actor, asked.now).await?;
    let columns = Columns::<Line>::new()
        .with("記録の種類", |line| line.kind.label())
        .with("期日が来たとき", |line| way(line.kind))
        .with("完結", |line| line.kind.end())
        .with("保存期間", |line| line.class.label())
        .moment("改めた日時", |line| line.set.as_ref().map(|(at, _)| *at))
        .with("改めた者", |line| line.set.as_ref().map(|(_, by)| by.clone()))
        .day("次の廃棄の期日", |line| line.next)
        .with("完結した記録", |line| line.records)
        .with("期日が来た記録", |line| line.due);
    Ok(columns.table(&lines).into())
}

/// The lists of disposal.
pub async fn disposals(asked: Asked) -> Made {
    let lines = disposal::all(&asked.db, &asked.actor).await?;
    let columns = Columns::<disposal::Line>::new()
        .with("番号", |line| line.number)
        .moment("作成", |line| Some(line.at))
        .with("作成した者", |line| line.by.clone())
        .with("状態", |line| state(&line.decision).1)
        .moment("承認又は却下", |line| match line.decision {
            Decision::Waiting => None,
            Decision::Approved { at, .. } | Decision::Rejected { at, .. } => Some(at),
        })
        .with("承認又は却下した者", |line| line.decided_by.clone())
        .with("却下の理由", |line| match &line.decision {
            Decision::Rejected { reason, .. } => reason.clone(),
            Decision::Waiting | Decision::Approved { .. } => String::new(),
        });
    Ok(columns.table(&lines).into())
}

/// What may not be disposed of.
pub async fn holds(asked: Asked) -> Made {
    let lines = hold::list(&asked.db, &asked.actor).await?;
    let columns = Columns::<hold::Line>::new()
        .with("対象", |line| line.label.clone())
        .with("理由", |line| line.reason.clone())
        .moment("停止", |line| Some(line.at))
        .with("停止した者", |line| line.by.clone())
        .with("状態", |line| if line.lifted.is_some() { "解除" } else { "停止中" })
        .moment("解除", |line| line.lifted.as_ref().map(|(at, ..)| *at))
        .with("解除した者", |line| line.lifted.as_ref().map(|(_, by, _)| by.clone()))
        .with("解除の理由", |line| line.lifted.as_ref().map(|(.., reason)| reason.clone()));
    Ok(columns.table(&lines).into())
}

/// The finished records of a kind.
pub async fn records(asked: Asked) -> Made {
    let kind = Kind::from_key(&asked.text("kind")).ok_or(AppError::NotFound)?;
    let records = load(&asked.db, &asked.actor, kind, asked.now).await?;
    let columns = Columns::<Group>::new()
        .with("記録", |group| group.label.clone())
        .with("件数", |group| group.number)
        .day("完結", |group| Some(group.ended_on))
        .day("起算日", |group| Some(starts_on(group.ended_on)))
        .day("廃棄の期日", |group| group.due_on)
        .with("廃棄の停止", |group| group.held.clone());
    let listed: Listed = columns.table(&records.groups).into();
    Ok(listed.of(kind.label()))
}

fn of_groups() -> Columns<Disposed> {
    Columns::<Disposed>::new()
        .with("種類", |group| group.kind.label())
        .with("記録", |group| group.label.clone())
        .with("件数", |group| group.number)
        .day("完結", |group| Some(group.ended_on))
        .day("廃棄の期日", |group| Some(group.due_on))
        .with("停止の対象及び理由", |group| group.held.clone())
}

/// What a list of disposal takes away.
pub async fn disposed(asked: Asked) -> Made {
    let shown = disposal::show(&asked.db, &asked.actor, asked.id("disposal")?).await?;
    let listed: Listed = of_groups().table(&shown.listed).into();
    Ok(listed.of(format!("第{}号", shown.line.number)))
}

/// What it leaves because of a hold.
pub async fn kept(asked: Asked) -> Made {
    let shown = disposal::show(&asked.db, &asked.actor, asked.id("disposal")?).await?;
    let listed: Listed = of_groups().table(&shown.held).into();
    Ok(listed.of(format!("第{}号", shown.line.number)))
}
