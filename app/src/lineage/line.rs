//! Clauses of two revisions beside each other.

use super::tabs::KindChip;
use crate::amendment::sides::{NewSide, OldSide};
use domain::lineage::Kind;
use domain::rate::percent;
use domain::review::{Piece, difference};
use leptos::prelude::*;
use store::lineage::{ComparisonLine, Side};

/// What differs between both sides of a line, as a whole.
pub fn pieces(old: &[Side], new: &[Side]) -> Vec<Piece> {
    let whole = |sides: &[Side]| sides.iter().map(Side::content).collect::<Vec<_>>().join("\n");
    difference(&whole(old), &whole(new))
}

/// Paths of the clauses of one side.
pub fn paths(sides: &[Side]) -> String {
    sides.iter().map(|side| side.path.clone()).collect::<Vec<_>>().join("、")
}

/// 2-4-(3)-イ　端末及び電磁的記録媒体の管理
pub fn title(side: &Side) -> String {
    format!("{} {}", side.path, side.under).trim().to_string()
}

fn shortened(text: &str) -> String {
    let start: String = text.chars().take(60).collect();
    if start.chars().count() < text.chars().count() { format!("{start}…") } else { start }
}

/// The cells of a line: kind, old side, new side.
#[component]
pub fn Cells(line: ComparisonLine) -> impl IntoView {
    let ComparisonLine { kind, old, new, likeness, corrected, .. } = line;
    let pieces = pieces(&old, &new);
    let brief = kind.keeps_words();
    let alike = matches!(kind, Kind::Changed | Kind::Split | Kind::Merged);
    let text = |sides: &[Side]| shortened(&sides.iter().map(Side::content).collect::<String>());
    let (old_text, new_text) = (text(&old), text(&new));
    view! {
        <td class="lineage__kind">
            <KindChip kind/>
            {alike.then(|| view! { <span class="sub">{format!("一致 {}%", percent(Some(likeness)))}</span> })}
            {corrected.then(|| view! { <span class="sub">"修正済み"</span> })}
        </td>
        <td>
            {match (old.is_empty(), brief) {
                (true, _) => view! { <span class="sub">"（なし）"</span> }.into_any(),
                (_, true) => view! { <b>{paths(&old)}</b><p class="sub">{old_text}</p> }.into_any(),
                _ => view! { <b>{paths(&old)}</b><p class="text"><OldSide pieces=pieces.clone()/></p> }.into_any(),
            }}
        </td>
        <td>
            {match (new.is_empty(), brief) {
                (true, _) => view! { <span class="sub">"（なし）"</span> }.into_any(),
                (_, true) => view! { <b>{paths(&new)}</b><p class="sub">{new_text}</p> }.into_any(),
                _ => view! { <b>{paths(&new)}</b><p class="text"><NewSide pieces/></p> }.into_any(),
            }}
        </td>
    }
}
