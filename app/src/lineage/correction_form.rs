//! Putting the lineage of one line right: another predecessor, one more, none.

use super::api::CorrectLineage;
use super::line::title;
use crate::ui::{Hidden, PostForm, Select, Submit};
use domain::lineage::likeness;
use leptos::prelude::*;
use server_fn::ServerFn;
use std::collections::BTreeMap;
use store::lineage::{Comparison, ComparisonLine, Side};
use uuid::Uuid;

/// So many of the most alike clauses stand on top of the choice.
const NEAREST: usize = 5;

/// All that can be said about a line.
#[component]
pub fn Corrections(comparison: Comparison, line: ComparisonLine) -> impl IntoView {
    let revision = comparison.newer.id;
    let olds: Vec<Side> = in_order(comparison.lines.iter().flat_map(|line| line.old.clone()));
    let news: Vec<Side> = in_order(comparison.lines.iter().flat_map(|line| line.new.clone()));
    let several = line.old.len() > 1 || line.new.len() > 1;
    view! {
        <div class="stack">
            <p class="hint">"対応を改めると、設問の結付け、引き継いだ採否及び見直しが必要な設問も改まります。"</p>
            {line
                .new
                .iter()
                .map(|new| {
                    let options = options(new, &olds);
                    let may_cut = !line.old.is_empty();
                    view! { <Predecessor revision new=new.clone() options may_cut/> }
                })
                .collect_view()}
            {line
                .new
                .is_empty()
                .then(|| line.old.iter().map(|old| {
                    let options = options(old, &news);
                    view! { <Successor revision old=old.clone() options/> }
                }).collect_view())}
            {several.then(|| view! { <Cut revision line=line.clone()/> })}
            {(!line.new.is_empty()).then(|| line.old.iter().map(|old| view! { <Repealed revision old=old.clone()/> }).collect_view())}
        </div>
    }
}

/// The document's own order is that of the keys: they were made one after the other.
fn in_order(sides: impl Iterator<Item = Side>) -> Vec<Side> {
    let sorted: BTreeMap<Uuid, Side> = sides.map(|side| (side.id, side)).collect();
    sorted.into_values().collect()
}

/// The most alike first, then all in their order.
fn options(of: &Side, from: &[Side]) -> Vec<(String, String)> {
    let words = of.content();
    let mut alike: Vec<(f64, &Side)> =
        from.iter().map(|side| (likeness(&words, &side.content()), side)).collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0));
    let option = |side: &Side| {
        let start: String = side.text.chars().take(24).collect();
        (side.id.to_string(), format!("{}　{start}", title(side)))
    };
    let near = alike.iter().take(NEAREST).map(|(_, side)| option(side));
    let rest = from.iter().map(option);
    near.chain(rest).collect()
}

#[component]
fn Predecessor(revision: Uuid, new: Side, options: Vec<(String, String)>, may_cut: bool) -> impl IntoView {
    let id = new.id.to_string();
    view! {
        <PostForm action=CorrectLineage::PATH key=id.clone() class="row">
            <Hidden name="revision" value=revision.to_string()/>
            <Hidden name="new" value=id.clone()/>
            <Select name="old" label=format!("改正後の{}の元の条項（似ている順、次に条文の順）", new.path) options=options.clone() id=format!("old-{id}")/>
            <div class="acts">
                <Submit text="この条項を元とする" small=true name="act" value="from"/>
                <Submit text="元の条項に加える（統合・分割）" small=true name="act" value="also"/>
                {may_cut.then(|| view! { <Submit text=format!("{}は新設とする", new.path) small=true name="act" value="new"/> })}
            </div>
        </PostForm>
    }
}

#[component]
fn Successor(revision: Uuid, old: Side, options: Vec<(String, String)>) -> impl IntoView {
    let id = old.id.to_string();
    view! {
        <PostForm action=CorrectLineage::PATH key=id.clone() class="row">
            <Hidden name="revision" value=revision.to_string()/>
            <Hidden name="old" value=id.clone()/>
            <Select name="new" label=format!("改正前の{}を引き継いだ条項（似ている順、次に条文の順）", old.path) options=options.clone() id=format!("new-{id}")/>
            <div class="acts"><Submit text="この条項に引き継がれたとする" small=true name="act" value="also"/></div>
        </PostForm>
    }
}

#[component]
fn Cut(revision: Uuid, line: ComparisonLine) -> impl IntoView {
    let pairs = line.new.iter().flat_map(|new| line.old.iter().map(move |old| (old.clone(), new.clone())));
    let pairs: Vec<(Side, Side)> = pairs.collect();
    view! {
        <div class="acts">
            {pairs
                .into_iter()
                .map(|(old, new)| {
                    let text = format!("{}と{}の対応を外す", old.path, new.path);
                    view! {
                        <PostForm action=CorrectLineage::PATH key=format!("{}-{}", old.id, new.id)>
                            <Hidden name="revision" value=revision.to_string()/>
                            <Hidden name="old" value=old.id.to_string()/>
                            <Hidden name="new" value=new.id.to_string()/>
                            <Submit text=text.clone() small=true name="act" value="cut"/>
                        </PostForm>
                    }
                })
                .collect_view()}
        </div>
    }
}

#[component]
fn Repealed(revision: Uuid, old: Side) -> impl IntoView {
    view! {
        <PostForm action=CorrectLineage::PATH key=format!("repealed-{}", old.id)>
            <Hidden name="revision" value=revision.to_string()/>
            <Hidden name="old" value=old.id.to_string()/>
            <Submit text=format!("改正前の{}は削除されたとする", old.path) small=true stop=true name="act" value="repealed"/>
        </PostForm>
    }
}
