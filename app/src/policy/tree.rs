//! The clause tree.

use crate::ui::Chip;
use domain::clause::Class;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::policy::ClauseLine;
use uuid::Uuid;

type Children = BTreeMap<Option<Uuid>, Vec<ClauseLine>>;

/// All clauses of a revision, nested as in the document.
#[component]
pub fn Tree(revision: Uuid, clauses: Vec<ClauseLine>) -> impl IntoView {
    let mut children = Children::new();
    for clause in clauses {
        children.entry(clause.parent).or_default().push(clause);
    }
    let children = Arc::new(children);
    view! { <nav class="tree" aria-label="条項">{branch(revision, &children, None)}</nav> }
}

/// The clauses below one, as a list.
fn branch(revision: Uuid, children: &Arc<Children>, parent: Option<Uuid>) -> AnyView {
    let below = children.get(&parent).cloned().unwrap_or_default();
    let items = below.into_iter().map(|clause| {
        let content = if children.contains_key(&Some(clause.id)) {
            let own = (!clause.text.is_empty()).then(|| view! { <li>{link(revision, &clause, false)}</li> });
            view! {
                <details open>
                    <summary>{name(&clause)}{numbers(&clause)}</summary>
                    <ul>{own}{branch(revision, children, Some(clause.id))}</ul>
                </details>
            }
            .into_any()
        } else {
            link(revision, &clause, true)
        };
        view! { <li>{content}</li> }
    });
    let items = items.collect_view();
    if parent.is_none() { view! { <ul class="tree__root">{items}</ul> }.into_any() } else { items.into_any() }
}

fn name(clause: &ClauseLine) -> String {
    let text = clause.heading.clone().unwrap_or_else(|| shortened(&clause.text));
    format!("{} {text}", clause.label).trim().to_string()
}

/// Enough of the text to know the clause by.
fn shortened(text: &str) -> String {
    let start: String = text.chars().take(46).collect();
    if start.chars().count() < text.chars().count() { format!("{start}…") } else { start }
}

fn link(revision: Uuid, clause: &ClauseLine, named: bool) -> AnyView {
    let text = if named { name(clause) } else { shortened(&clause.text) };
    let classes = clause.classes.iter().map(|class| chip(*class)).collect_view();
    view! {
        <a href=format!("/policies/{revision}/clauses/{}", clause.id)>
            <span>{text}" "{classes}</span>
            {named.then(|| numbers(clause))}
        </a>
    }
    .into_any()
}

fn chip(class: Class) -> AnyView {
    if class.obliges() {
        view! { <Chip tone=crate::ui::Tone::Key text=class.label()/> }.into_any()
    } else {
        view! { <Chip text=class.label()/> }.into_any()
    }
}

/// How many proposals wait and how many questions there are.
fn numbers(clause: &ClauseLine) -> AnyView {
    let (open, questions, proposals) = (clause.open, clause.questions, clause.proposals);
    match (open, questions, proposals) {
        (0, 0, 0) => ().into_any(),
        (0, 0, _) => view! { <span class="n">"設問なし"</span> }.into_any(),
        (0, _, _) => view! { <span class="n done">{format!("✓ 設問{questions}")}</span> }.into_any(),
        (_, 0, _) => view! { <span class="n">{format!("案{open}")}</span> }.into_any(),
        _ => view! { <span class="n">{format!("設問{questions}・案{open}")}</span> }.into_any(),
    }
}
