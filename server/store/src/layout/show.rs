//! The list of 様式, and one of them.

use super::{in_use, words};
use crate::Db;
use crate::access::require_city;
use crate::entity::{inspection, intake, intake_form, layout_version};
use crate::error::{StoreError, StoreResult};
use crate::intake::unrecognised;
use crate::response::standing::names;
use domain::actor::Actor;
use domain::layout::{Layout, Meaning};
use domain::permission::Action;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// A 様式 in the list.
#[derive(Debug, Clone)]
pub struct Listed {
    pub id: Uuid,
    pub name: String,
    pub questions: usize,
    /// Shapes it is recognised by.
    pub shapes: usize,
    /// Words explained in it.
    pub words: usize,
    /// Forms that were read by it.
    pub forms: usize,
    /// When its newest version was kept, and by whom.
    pub at: OffsetDateTime,
    pub by: String,
}

/// A word with its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordShown {
    pub word: String,
    pub meaning: Option<Meaning>,
}

/// What the city has kept.
#[derive(Debug, Clone)]
pub struct City {
    pub layouts: Vec<Listed>,
    /// Words that mean something in every workbook.
    pub words: Vec<WordShown>,
}

/// All 様式 in use, by name, and the words of the city.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn list(db: &Db, actor: &Actor) -> StoreResult<City> {
    require_city(actor, Action::RunInspection)?;
    let connection = db.read();
    let versions = in_use().all(connection).await?;
    let words = words(connection).await?;
    let forms = forms_by_version(db, &versions).await?;
    let mut newest: BTreeMap<Uuid, &layout_version::Model> = BTreeMap::new();
    for version in &versions {
        newest.entry(version.layout_id).or_insert(version);
    }
    let names = names(connection, newest.values().map(|version| version.by_person_id)).await?;
    let listed = |version: &&layout_version::Model| -> StoreResult<Listed> {
        let own = || versions.iter().filter(|one| one.layout_id == version.layout_id);
        let layout: Layout = serde_json::from_str(&version.content)?;
        Ok(Listed {
            id: version.layout_id,
            name: version.name.clone(),
            questions: layout.questions.len(),
            shapes: own().map(|one| one.fingerprint.as_str()).collect::<BTreeSet<_>>().len(),
            words: words.get(&Some(version.layout_id)).map_or(0, BTreeMap::len),
            forms: own().filter_map(|one| forms.get(&one.id)).sum(),
            at: version.at,
            by: names.get(&version.by_person_id).cloned().unwrap_or_default(),
        })
    };
    let mut layouts = newest.values().map(listed).collect::<StoreResult<Vec<_>>>()?;
    layouts.sort_by(|one, other| one.name.cmp(&other.name).then(one.id.cmp(&other.id)));
    Ok(City { layouts, words: shown(words.get(&None)) })
}

/// How many forms each version has read.
async fn forms_by_version(db: &Db, versions: &[layout_version::Model]) -> StoreResult<BTreeMap<Uuid, usize>> {
    let counts: Vec<(Option<Uuid>, i64)> = intake_form::Entity::find()
        .select_only()
        .column(intake_form::Column::VersionId)
        .column_as(Expr::col(intake_form::Column::Id).count(), "forms")
        .filter(intake_form::Column::VersionId.is_in(versions.iter().map(|version| version.id)))
        .group_by(intake_form::Column::VersionId)
        .into_tuple()
        .all(db.read())
        .await?;
    let counted = |(version, count): (Option<Uuid>, i64)| Some((version?, usize::try_from(count).ok()?));
    Ok(counts.into_iter().filter_map(counted).collect())
}

fn shown(words: Option<&BTreeMap<String, String>>) -> Vec<WordShown> {
    let shown = |(word, meaning): (&String, &String)| WordShown {
        word: word.clone(),
        meaning: Meaning::from_key(meaning),
    };
    words.into_iter().flatten().map(shown).collect()
}

/// One 様式.
#[derive(Debug, Clone)]
pub struct LayoutPage {
    pub id: Uuid,
    pub name: String,
    pub layout: Layout,
    pub words: Vec<WordShown>,
    /// Its versions, the newest first: number, name, shape, when, who.
    pub versions: Vec<(i32, String, String, OffsetDateTime, String)>,
    /// Inspections with files this 様式 has not read yet: the inspection and how many.
    pub open: Vec<(inspection::Model, usize)>,
}

/// One 様式 with its words, its versions, and what could be read again by it.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown or discarded one.
pub async fn page(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<LayoutPage> {
    require_city(actor, Action::RunInspection)?;
    let connection = db.read();
    let versions = in_use().filter(layout_version::Column::LayoutId.eq(id)).all(connection).await?;
    let newest = versions.first().ok_or(StoreError::NotFound)?;
    let names = names(connection, versions.iter().map(|version| version.by_person_id)).await?;
    // Files wait in the newest inspection anything was brought in for; older ones are done.
    let last = intake::Entity::find().order_by_desc(intake::Column::Id).one(connection).await?;
    let mut open = Vec::new();
    if let Some(last) = last {
        let files = unrecognised(connection, last.inspection_id).await?.len();
        let inspection = inspection::Entity::find_by_id(last.inspection_id).one(connection).await?;
        open.extend(inspection.filter(|_| files > 0).map(|inspection| (inspection, files)));
    }
    Ok(LayoutPage {
        id,
        name: newest.name.clone(),
        layout: serde_json::from_str(&newest.content)?,
        words: shown(words(connection).await?.get(&Some(id))),
        open,
        versions: versions
            .iter()
            .map(|version| {
                let by = names.get(&version.by_person_id).cloned().unwrap_or_default();
                (version.no, version.name.clone(), version.fingerprint.clone(), version.at, by)
            })
            .collect(),
    })
}
