//! The clauses beside the workbench, each with what is left to do in it.

use super::address::Address;
use leptos::prelude::*;
use std::collections::BTreeMap;
use store::question::{Branch, Show};
use uuid::Uuid;

/// What waits in each clause and below it, in the order of the tree.
pub fn counts(tree: &[Branch]) -> Vec<String> {
    let mut sums: BTreeMap<Uuid, [usize; 3]> = BTreeMap::new();
    // Parents come before their children: from the end on, every child is complete when its parent is reached.
    for branch in tree.iter().rev() {
        let below = sums.get(&branch.id).copied().unwrap_or_default();
        let own = [branch.open, branch.proposals, branch.questions];
        let sum: [usize; 3] = std::array::from_fn(|at| below[at] + own[at]);
        sums.insert(branch.id, sum);
        if let Some(parent) = branch.parent {
            let above = sums.entry(parent).or_default();
            *above = std::array::from_fn(|at| above[at] + sum[at]);
        }
    }
    tree.iter().map(|branch| count(sums.get(&branch.id).copied().unwrap_or_default())).collect()
}

fn count([open, proposals, questions]: [usize; 3]) -> String {
    match (open, proposals, questions) {
        (0, 0, 0) => String::new(),
        (0, _, 0) => "✓".to_string(),
        (0, _, _) => format!("✓ {questions}問"),
        _ => format!("案{open}"),
    }
}

struct Nodes {
    address: Address,
    children: BTreeMap<Option<Uuid>, Vec<(Branch, String)>>,
    /// The clauses above the one under work, and itself.
    way: Vec<Uuid>,
    filtered: bool,
}

/// The tree. What lies on the way to the clause under work is open.
#[component]
pub fn Tree(tree: Vec<Branch>, address: Address) -> impl IntoView {
    let counts = counts(&tree);
    let parents: BTreeMap<Uuid, Option<Uuid>> = tree.iter().map(|one| (one.id, one.parent)).collect();
    let mut way = vec![address.clause];
    while let Some(parent) = way.last().and_then(|last| parents.get(last).copied().flatten()) {
        way.push(parent);
    }
    let filter = address.filter;
    let filtered = filter.show != Show::Open || filter.role.is_some() || filter.topic.is_some();
    let mut children: BTreeMap<Option<Uuid>, Vec<(Branch, String)>> = BTreeMap::new();
    for (branch, count) in tree.into_iter().zip(counts) {
        children.entry(branch.parent).or_default().push((branch, count));
    }
    let nodes = Nodes { address, children, way, filtered };
    view! { <nav class="tree" aria-label="条項"><ul class="tree__root">{below(&nodes, None)}</ul></nav> }
}

fn below(nodes: &Nodes, parent: Option<Uuid>) -> Vec<AnyView> {
    let own = nodes.children.get(&parent).map(Vec::as_slice).unwrap_or_default();
    own.iter().map(|(branch, count)| item(nodes, branch, count)).collect()
}

fn item(nodes: &Nodes, branch: &Branch, count: &str) -> AnyView {
    let class = if count.starts_with('✓') { "n done" } else { "n" };
    let count = view! { <span class=class>{count.to_string()}</span> };
    if !nodes.children.contains_key(&Some(branch.id)) {
        return view! { <li>{link(nodes, branch, branch.name.clone(), Some(count.into_any()))}</li> }.into_any();
    }
    let own = (branch.proposals > 0)
        .then(|| view! { <li>{link(nodes, branch, "この条項の本文".to_string(), None)}</li> });
    view! {
        <li>
            <details open=nodes.way.contains(&branch.id)>
                <summary>{branch.name.clone()}{count}</summary>
                <ul>{own}{below(nodes, Some(branch.id))}</ul>
            </details>
        </li>
    }
    .into_any()
}

fn link(nodes: &Nodes, branch: &Branch, name: String, count: Option<AnyView>) -> AnyView {
    let current = (nodes.address.clause == branch.id).then_some("true");
    let again = (branch.waiting > 0).then(|| view! { <b class="hit">"要見直し"</b> });
    let shown = (nodes.filtered && branch.shown > 0)
        .then(|| view! { <b class="hit">{format!("該当{}", branch.shown)}</b> });
    view! {
        <a
            id=format!("c-{}", branch.id)
            href=nodes.address.to(branch.id, None).href()
            data-place="tree"
            aria-current=current
        >
            <span>{name}" "{again}" "{shown}</span>
            {count}
        </a>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parent_counts_what_is_below_it() {
        let branch = |id: u128, parent: Option<u128>, open, proposals, questions| Branch {
            id: Uuid::from_u128(id),
            parent: parent.map(Uuid::from_u128),
            name: String::new(),
            open,
            shown: 0,
            proposals,
            questions,
            waiting: 0,
        };
        let tree = [
            branch(1, None, 0, 0, 0),
            branch(2, Some(1), 1, 2, 1),
            branch(3, Some(2), 2, 2, 0),
            branch(4, Some(1), 0, 1, 0),
            branch(5, None, 0, 3, 2),
        ];
        assert_eq!(counts(&tree), ["案3", "案3", "案2", "✓", "✓ 2問"]);
    }
}
