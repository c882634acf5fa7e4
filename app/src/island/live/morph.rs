//! Makes one tree of elements look like another while keeping the elements themselves: so the focus, opened details,
//! half-typed fields and the scroll position stay. Rows are recognised by `data-row`, everything else by its place.

use leptos::prelude::document;
use std::collections::BTreeSet;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node};

/// Islands live their own life.
const ISLAND: &str = "LEPTOS-ISLAND";

/// Makes `old` look like `fresh`. Which details are open is the reader's matter.
pub fn morph(old: &Element, fresh: &Element) -> Result<(), JsValue> {
    if old.tag_name() == ISLAND {
        return Ok(());
    }
    attributes(old, fresh)?;
    children(old, fresh)
}

fn attributes(old: &Element, fresh: &Element) -> Result<(), JsValue> {
    let names = |element: &Element| -> BTreeSet<String> {
        element.get_attribute_names().iter().filter_map(|name| name.as_string()).collect()
    };
    let (before, after) = (names(old), names(fresh));
    let own = |name: &str| name == "open" && old.tag_name() == "DETAILS";
    for name in before.difference(&after).filter(|name| !own(name)) {
        old.remove_attribute(name)?;
    }
    for name in after.iter().filter(|name| !own(name)) {
        let value = fresh.get_attribute(name).unwrap_or_default();
        if old.get_attribute(name).as_ref() != Some(&value) {
            old.set_attribute(name, &value)?;
        }
    }
    Ok(())
}

fn children(old: &Element, fresh: &Element) -> Result<(), JsValue> {
    let wanted = nodes(fresh);
    let keys: BTreeSet<String> = wanted.iter().filter_map(key).collect();
    for gone in nodes(old).iter().filter(|node| key(node).is_some_and(|key| !keys.contains(&key))) {
        old.remove_child(gone)?;
    }
    let mut place = old.first_child();
    for node in &wanted {
        let found = match key(node) {
            Some(key) => nodes(old).into_iter().find(|known| self::key(known).as_ref() == Some(&key)),
            None => place.clone().filter(|known| is_alike(known, node)),
        };
        match found {
            Some(known) if Some(&known) == place.as_ref() => {
                place = known.next_sibling();
                same(&known, node)?;
            }
            Some(known) => {
                old.insert_before(&known, place.as_ref())?;
                same(&known, node)?;
            }
            None => {
                let copy = document().import_node_with_deep(node, true)?;
                old.insert_before(&copy, place.as_ref())?;
            }
        }
    }
    while let Some(rest) = place {
        place = rest.next_sibling();
        old.remove_child(&rest)?;
    }
    Ok(())
}

fn same(known: &Node, node: &Node) -> Result<(), JsValue> {
    if let (Some(known), Some(node)) = (known.dyn_ref::<Element>(), node.dyn_ref::<Element>()) {
        return morph(known, node);
    }
    if known.node_value() != node.node_value() {
        known.set_node_value(node.node_value().as_deref());
    }
    Ok(())
}

fn is_alike(known: &Node, node: &Node) -> bool {
    known.node_name() == node.node_name() && key(known).is_none()
}

fn key(node: &Node) -> Option<String> {
    node.dyn_ref::<Element>()?.get_attribute("data-row")
}

fn nodes(element: &Element) -> Vec<Node> {
    let list = element.child_nodes();
    (0..list.length()).filter_map(|index| list.item(index)).collect()
}
