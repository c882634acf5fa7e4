//! 組織改正: what may be set up, renamed, moved, merged, split and abolished, and from which day.

use crate::post::hand::Period;
use crate::refusal::Refusal;
use time::Date;
use uuid::Uuid;

/// A department as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub id: Uuid,
    pub parent: Option<Uuid>,
    pub name: String,
    pub period: Period,
}

/// All departments there are or were.
pub type Places = [Place];

const GONE: &str = "その日には存在しない所属です（設置前又は廃止後です。）。日付又は所属を直してください。";

fn holds(place: &Place, on: Date) -> bool {
    place.period.from <= on && place.period.to.is_none_or(|to| to > on)
}

/// A department that can be changed from a day on: it exists then and has no other end yet.
fn changeable(places: &Places, id: Uuid, on: Date) -> Result<&Place, Refusal> {
    let place = places.iter().find(|place| place.id == id).ok_or_else(|| Refusal::new(GONE))?;
    if on < place.period.from {
        let text = format!("「{}」の設置より前の日です。改正の日を直してください。", place.name);
        return Err(Refusal::field("on", text));
    }
    if place.period.to.is_some() {
        return Err(Refusal::new(format!("「{}」は既に廃止又は改正されています。", place.name)));
    }
    Ok(place)
}

/// A name that nobody beside it has on that day.
fn free_name(
    places: &Places,
    parent: Option<Uuid>,
    name: &str,
    on: Date,
    but: &[Uuid],
) -> Result<(), Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::field("name", "所属の名称を入力してください。"));
    }
    if name.chars().count() > 60 {
        return Err(Refusal::field("name", "所属の名称が長すぎます。60字以内にしてください。"));
    }
    let same =
        |place: &&Place| place.parent == parent && place.name == name.trim() && !but.contains(&place.id);
    if places.iter().filter(same).any(|place| holds(place, on)) {
        return Err(Refusal::field("name", format!("「{}」は同じ部に既にあります。", name.trim())));
    }
    Ok(())
}

fn existing_parent(places: &Places, parent: Option<Uuid>, on: Date) -> Result<(), Refusal> {
    match parent {
        Some(id)
            if !places
                .iter()
                .any(|place| place.id == id && holds(place, on) && place.period.to.is_none()) =>
        {
            Err(Refusal::field("parent", "上の所属は、その日には存在しません。選び直してください。"))
        }
        _ => Ok(()),
    }
}

/// Whether one department stands below another, however deep. A circle in the data ends the search.
pub fn is_below(places: &Places, id: Uuid, above: Uuid) -> bool {
    let mut at = places.iter().find(|place| place.id == id).and_then(|place| place.parent);
    for _ in 0..places.len() {
        match at {
            Some(parent) if parent == above => return true,
            Some(parent) => {
                at = places.iter().find(|place| place.id == parent).and_then(|place| place.parent)
            }
            None => return false,
        }
    }
    false
}

/// May a department be set up?
///
/// # Errors
/// When the name is empty or taken, or there is no such department above.
pub fn may_add(places: &Places, parent: Option<Uuid>, name: &str, on: Date) -> Result<(), Refusal> {
    existing_parent(places, parent, on)?;
    free_name(places, parent, name, on, &[])
}

/// May a department get another name?
///
/// # Errors
/// When it is not there on the day, or the name is the same or taken.
pub fn may_rename(places: &Places, id: Uuid, name: &str, on: Date) -> Result<(), Refusal> {
    let place = changeable(places, id, on)?;
    if place.name == name.trim() {
        return Err(Refusal::field("name", "今の名称と同じです。新しい名称を入力してください。"));
    }
    free_name(places, place.parent, name, on, &[id])
}

/// May a department go under another 部 (none: to the top)?
///
/// # Errors
/// When it is there already, or would stand below itself.
pub fn may_move(places: &Places, id: Uuid, parent: Option<Uuid>, on: Date) -> Result<(), Refusal> {
    let place = changeable(places, id, on)?;
    if place.parent == parent {
        return Err(Refusal::field("parent", "今と同じ部です。移す先を選び直してください。"));
    }
    if parent.is_some_and(|parent| parent == id || is_below(places, parent, id)) {
        return Err(Refusal::field("parent", "自らの下には移せません。移す先を選び直してください。"));
    }
    existing_parent(places, parent, on)?;
    free_name(places, parent, &place.name, on, &[id])
}

/// May these departments become one: `into` one of the city, or a new one called so under a 部?
///
/// # Errors
/// When there are too few, one of them is not there on the day, or the name is taken.
pub fn may_merge(places: &Places, ids: &[Uuid], into: &Target, on: Date) -> Result<(), Refusal> {
    for id in ids {
        changeable(places, *id, on)?;
    }
    match into {
        Target::Existing(target) => {
            if !ids.iter().any(|id| id != target) {
                return Err(Refusal::new("統合する所属を、統合先のほかに1つ以上選んでください。"));
            }
            changeable(places, *target, on)?;
            if ids.iter().any(|id| is_below(places, *target, *id)) {
                return Err(Refusal::field("into", "統合する所属の下の所属には統合できません。"));
            }
            Ok(())
        }
        Target::New { parent, name } => {
            if ids.len() < 2 {
                return Err(Refusal::new("統合する所属を2つ以上選んでください。"));
            }
            existing_parent(places, *parent, on)?;
            if parent
                .is_some_and(|parent| ids.iter().any(|id| *id == parent || is_below(places, parent, *id)))
            {
                return Err(Refusal::field(
                    "parent",
                    "統合する所属の下には置けません。上の部を選び直してください。",
                ));
            }
            free_name(places, *parent, name, on, ids)
        }
    }
}

/// Where merged departments go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Existing(Uuid),
    New { parent: Option<Uuid>, name: String },
}

/// May a department become several? `unassigned` people and systems have no place among them yet.
///
/// # Errors
/// When there are fewer than two names, others stand below it, or somebody would be left behind.
pub fn may_split(
    places: &Places,
    id: Uuid,
    names: &[String],
    unassigned: usize,
    on: Date,
) -> Result<(), Refusal> {
    let place = changeable(places, id, on)?;
    let mut plain: Vec<&str> = names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
    if plain.len() < 2 {
        return Err(Refusal::field("name", "分割後の名称を2つ以上入力してください。"));
    }
    for name in &plain {
        free_name(places, place.parent, name, on, &[id])?;
    }
    plain.sort_unstable();
    if plain.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(Refusal::field("name", "分割後の名称が重なっています。別の名称にしてください。"));
    }
    without_children(places, id, on)?;
    if unassigned > 0 {
        return Err(Refusal::field(
            "people",
            format!(
                "行き先の決まっていない職員又は情報システムが{unassigned}あります。全てに分割後の所属を選んでください。"
            ),
        ));
    }
    Ok(())
}

/// May a department end? `people` hold posts there then; `to` is where they go.
///
/// # Errors
/// When others stand below it, or people are left without a place.
pub fn may_abolish(
    places: &Places,
    id: Uuid,
    people: usize,
    to: Option<Uuid>,
    on: Date,
) -> Result<(), Refusal> {
    let place = changeable(places, id, on)?;
    without_children(places, id, on)?;
    match to {
        Some(to) if to == id => Err(Refusal::field("to", "廃止する所属は行き先になりません。")),
        Some(to) => changeable(places, to, on).map(drop),
        None if people > 0 => {
            let text =
                format!("「{}」には{people}人の職員がいます。行き先の所属を選んでください。", place.name);
            Err(Refusal::field("to", text))
        }
        None => Ok(()),
    }
}

fn without_children(places: &Places, id: Uuid, on: Date) -> Result<(), Refusal> {
    let below: Vec<&str> = places
        .iter()
        .filter(|place| place.parent == Some(id) && place.period.to.is_none_or(|to| to > on))
        .map(|place| place.name.as_str())
        .collect();
    if below.is_empty() {
        return Ok(());
    }
    Err(Refusal::new(format!(
        "下に所属があります（{}）。先に、別の部へ移すか廃止してください。",
        below.join("、")
    )))
}

#[cfg(test)]
mod tests;
