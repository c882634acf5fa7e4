//! Notices that wait, went out, or could not.

use super::{Asked, Made};
use app::outbox::list_page::state;
use documents::table::Columns;
use store::outbox::{Entry, Pile, all};

/// One of the three piles, without pages.
pub async fn outbox(asked: Asked) -> Made {
    let pile = Pile::from_key(&asked.text("pile")).unwrap_or(Pile::Waiting);
    let entries = all(&asked.db, &asked.actor, pile).await?;
    let columns = Columns::<Entry>::new()
        .moment("作成", |entry| Some(entry.message.at))
        .with("宛先", |entry| entry.message.to_name.clone())
        .with("メールアドレス", |entry| entry.address.clone())
        .with("件名", |entry| entry.message.subject.clone())
        .with("本文", |entry| entry.message.body.clone())
        .with("状態", state)
        .moment("最後の送信", |entry| entry.last.as_ref().map(|(at, ..)| *at))
        .with("送信の回数", |entry| entry.tries)
        .with("送信の結果", |entry| entry.last.as_ref().map(|(.., detail)| detail.clone()));
    Ok(columns.table(&entries).into())
}
