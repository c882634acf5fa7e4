//! By which 様式 forms were read, and which of their departures nobody has accepted yet.

use crate::entity::{intake_acceptance, intake_form, layout_version};
use crate::error::StoreResult;
use domain::layout::Drift;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What is known of several forms.
pub struct Departures {
    /// By version: the 様式 and its name.
    layouts: BTreeMap<Uuid, (Uuid, String)>,
    accepted: BTreeSet<Uuid>,
}

impl Departures {
    /// Two statements, none where no form was read by a 様式.
    pub async fn load<C: ConnectionTrait>(
        connection: &C,
        forms: &[intake_form::Model],
    ) -> StoreResult<Departures> {
        let versions: BTreeSet<Uuid> = forms.iter().filter_map(|form| form.version_id).collect();
        if versions.is_empty() {
            return Ok(Departures { layouts: BTreeMap::new(), accepted: BTreeSet::new() });
        }
        let rows: Vec<(Uuid, Uuid, String)> = layout_version::Entity::find()
            .select_only()
            .columns([
                layout_version::Column::Id,
                layout_version::Column::LayoutId,
                layout_version::Column::Name,
            ])
            .filter(layout_version::Column::Id.is_in(versions))
            .into_tuple()
            .all(connection)
            .await?;
        let departed = forms.iter().filter(|form| !form.drifts.is_empty()).map(|form| form.id);
        let accepted = intake_acceptance::Entity::find()
            .select_only()
            .column(intake_acceptance::Column::FormId)
            .filter(intake_acceptance::Column::FormId.is_in(departed))
            .into_tuple::<Uuid>()
            .all(connection)
            .await?;
        Ok(Departures {
            layouts: rows.into_iter().map(|(id, layout, name)| (id, (layout, name))).collect(),
            accepted: accepted.into_iter().collect(),
        })
    }

    /// The 様式 a form was read by.
    pub fn layout(&self, form: &intake_form::Model) -> Option<(Uuid, String)> {
        self.layouts.get(&form.version_id?).cloned()
    }

    /// What nobody has accepted.
    pub fn open(&self, form: &intake_form::Model) -> Vec<Drift> {
        match self.accepted.contains(&form.id) {
            true => Vec::new(),
            false => drifts_of(form),
        }
    }
}

/// How a form departs from its 様式, accepted or not.
pub fn drifts_of(form: &intake_form::Model) -> Vec<Drift> {
    serde_json::from_str(&form.drifts).unwrap_or_default()
}
