//! People, their posts, their sessions and their second factor.

use super::{Asked, Made};
use app::person::list_page::{filter, sign_in_words};
use documents::table::Columns;
use domain::role::Role;
use store::person::{Filter, Line, Post, SignIn, list, show};
use store::second_factor::{Line as Requirement, requirements};
use store::session::device::{self, Device};
use time::Date;

/// Everybody who fits the filter, without pages.
pub async fn people(asked: Asked) -> Made {
    let filter = Filter { whole: true, ..filter(&asked) };
    let people = list(&asked.db, &asked.actor, &filter, asked.now).await?;
    let columns = Columns::<Line>::new()
        .with("所属", |line| line.department.clone())
        .with("兼務", |line| line.also.join("、"))
        .with("職員番号", |line| line.staff_no.clone())
        .with("氏名", |line| line.name.clone())
        .with("ふりがな", |line| line.kana.clone())
        .with("職名", |line| line.title.clone())
        .with("雇用区分", |line| line.employment.clone())
        .with("役割", |line| line.roles.iter().copied().map(Role::short).collect::<Vec<_>>().join("、"))
        .with("サインイン", |line| sign_in_words(line.sign_in))
        .moment("確認コードの配布", |line| match line.sign_in {
            SignIn::Code(at) => Some(at),
            SignIn::Ready | SignIn::None => None,
        });
    Ok(columns.table(&people.lines).into())
}

/// The posts of one person.
pub async fn posts(asked: Asked) -> Made {
    let profile = show(&asked.db, &asked.actor, asked.id("person")?, asked.now).await?;
    let columns = Columns::<Post>::new()
        .with("所属", |post| post.department.clone())
        .with("職名", |post| post.title.clone())
        .with("区分", |post| post.kind.label())
        .with("役割", |post| post.role.short())
        .with("情報システム", |post| post.system.clone())
        .day("最初の日", |post| Some(post.from))
        .day("最後の日", |post| post.to.and_then(Date::previous_day));
    let listed: super::Listed = columns.table(&profile.posts).into();
    Ok(listed.of(profile.name).about("person", profile.id))
}

/// Which roles require a second factor.
pub async fn second_factor(asked: Asked) -> Made {
    let lines = requirements(&asked.db, &asked.actor, asked.now).await?;
    let columns = Columns::<Requirement>::new()
        .with("役割", |line| line.role.label())
        .with("二段階認証", |line| if line.since.is_some() { "必須" } else { "任意" })
        .moment("必須とした日時", |line| line.since)
        .with("職員", |line| line.holders)
        .with("設定済", |line| line.enrolled);
    Ok(columns.table(&lines).into())
}

/// Where the reader is signed in.
pub async fn devices(asked: Asked) -> Made {
    let devices = device::list(&asked.db, &asked.actor, asked.session, asked.now).await?;
    let columns = Columns::<Device>::new()
        .with("ブラウザ", |device| device.browser.clone())
        .with("この端末", |device| if device.present { "この端末" } else { "" })
        .with("認証コード", |device| if device.half { "認証コード待ち" } else { "" })
        .with("アドレス", |device| device.address.clone())
        .with("方法", |device| device.way.label())
        .moment("サインイン", |device| Some(device.since))
        .moment("最後の操作", |device| Some(device.last_seen));
    Ok(columns.table(&devices).into())
}
