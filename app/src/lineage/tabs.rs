//! The ways between the pages of a revision's lineage.

use domain::calendar::wareki;
use domain::lineage::Kind;
use leptos::prelude::*;
use crate::ui::{Chip, Tone};
use store::lineage::RevisionName;
use uuid::Uuid;

/// Which page one is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Changes,
    Alignment,
    Redline,
    Table,
    History,
}

const TABS: [(Tab, &str, &str); 5] = [
    (Tab::Changes, "changes", "見直しが必要な設問"),
    (Tab::Alignment, "lineage", "新旧の対応"),
    (Tab::Redline, "redline", "見え消し"),
    (Tab::Table, "table", "新旧対照表"),
    (Tab::History, "history", "改定履歴"),
];

/// The tabs; the to-do list is the 事務局's.
#[component]
pub fn Tabs(revision: Uuid, #[prop(optional)] current: Option<Tab>, may_edit: bool) -> impl IntoView {
    let shown = TABS.into_iter().filter(move |(tab, ..)| may_edit || *tab != Tab::Changes);
    view! {
        <nav class="filter" aria-label="改定">
            <ul class="tabs">
                {shown
                    .map(|(tab, path, text)| {
                        let here = (Some(tab) == current).then_some("page");
                        view! { <li><a href=format!("/policies/{revision}/{path}") aria-current=here>{text}</a></li> }
                    })
                    .collect_view()}
            </ul>
        </nav>
    }
}

/// What happened to a clause, as a chip.
#[component]
pub fn KindChip(kind: Kind) -> impl IntoView {
    let tone = match kind {
        Kind::Changed | Kind::Split | Kind::Merged => Tone::Note,
        Kind::New => Tone::Key,
        Kind::Repealed => Tone::Warn,
        Kind::Moved | Kind::Same => Tone::Plain,
    };
    view! { <Chip tone text=kind.label()/> }
}

/// 第2版（令和8年4月1日施行）
pub fn name(revision: &RevisionName) -> String {
    match revision.effective_on {
        Some(day) => format!("第{}版（{}施行）", revision.number, wareki(day)),
        None => format!("第{}版", revision.number),
    }
}
