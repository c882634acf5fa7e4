//! Who could own a form: the sheets that are owed with the words for comparing them and for showing them.

use crate::entity::{inspection_department, intake_form, person, target};
use crate::error::StoreResult;
use domain::intake::difference::{Difference, differences};
use domain::intake::owner::{Candidate, Said};
use domain::role::Role;
use sea_orm::sea_query::{Query, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Departments as the inspections keep them, and 職員番号 of people.
#[derive(Default)]
pub struct People {
    places: BTreeMap<(Uuid, Uuid), inspection_department::Model>,
    numbers: Numbers,
}

impl People {
    /// What is known of the owners of these sheets.
    pub async fn of<C: ConnectionTrait>(connection: &C, targets: &[target::Model]) -> StoreResult<People> {
        let places = inspection_department::Entity::find()
            .filter(
                inspection_department::Column::InspectionId
                    .is_in(targets.iter().map(|one| one.inspection_id)),
            )
            .filter(
                inspection_department::Column::DepartmentId
                    .is_in(targets.iter().map(|one| one.department_id)),
            )
            .all(connection)
            .await?;
        People::with(connection, places, person::Column::Id.is_in(targets.iter().map(|one| one.person_id)))
            .await
    }

    /// What is known of everybody who owes a sheet of an inspection.
    pub async fn all<C: ConnectionTrait>(connection: &C, inspection: Uuid) -> StoreResult<People> {
        let owing = Query::select()
            .column(target::Column::PersonId)
            .from(target::Entity)
            .and_where(target::Column::InspectionId.eq(inspection))
            .to_owned();
        let places = inspection_department::Entity::find()
            .filter(inspection_department::Column::InspectionId.eq(inspection))
            .all(connection)
            .await?;
        People::with(connection, places, person::Column::Id.in_subquery(owing)).await
    }

    async fn with<C: ConnectionTrait>(
        connection: &C,
        places: Vec<inspection_department::Model>,
        wanted: SimpleExpr,
    ) -> StoreResult<People> {
        Ok(People {
            places: places.into_iter().map(|row| ((row.inspection_id, row.department_id), row)).collect(),
            numbers: numbers(connection, wanted).await?,
        })
    }

    fn place(&self, target: &target::Model) -> Option<&inspection_department::Model> {
        self.places.get(&(target.inspection_id, target.department_id))
    }

    /// What a form of this owner would say.
    fn said(&self, target: &target::Model) -> Said {
        Said {
            staff_no: self.numbers.get(&target.person_id).cloned().unwrap_or_default(),
            person: target.person_name.clone(),
            department: self.place(target).map(|place| place.name.clone()).unwrap_or_default(),
            system: target.system.clone().unwrap_or_default(),
            ..Said::default()
        }
    }

    fn division(&self, target: &target::Model) -> &str {
        self.place(target).map_or("", |place| place.division_name.as_str())
    }

    /// For finding the owner of a form.
    pub fn candidate(&self, target: &target::Model) -> Candidate {
        let role = Role::from_key(&target.role).unwrap_or(Role::Staff);
        Candidate::new(target.id, target.edition_id, role, &self.said(target), self.division(target))
    }

    /// Where a form says something else.
    pub fn differences(&self, said: &Said, target: &target::Model) -> Vec<Difference> {
        differences(said, &self.said(target), self.division(target))
    }

    /// 「所属　氏名（点検票）」.
    pub fn text(&self, target: &target::Model) -> String {
        text(self.place(target), target)
    }
}

/// 「所属　氏名（点検票）」 of somebody who belongs there.
pub fn text(place: Option<&inspection_department::Model>, target: &target::Model) -> String {
    let place = place.map_or("", |place| place.name.as_str());
    let role = Role::from_key(&target.role).unwrap_or(Role::Staff).short();
    let system = target.system.as_ref().map(|system| format!("・{system}")).unwrap_or_default();
    format!("{place}　{}（{role}{system}）", target.person_name)
}

/// 職員番号 by person.
pub type Numbers = BTreeMap<Uuid, String>;

/// The numbers of some people; one statement.
pub async fn numbers<C: ConnectionTrait>(connection: &C, wanted: SimpleExpr) -> StoreResult<Numbers> {
    let rows: Vec<(Uuid, String)> = person::Entity::find()
        .select_only()
        .columns([person::Column::Id, person::Column::StaffNo])
        .filter(wanted)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}

/// What a form says of its owner.
pub fn said(form: &intake_form::Model) -> Said {
    Said {
        target_key: String::new(),
        staff_no: form.staff_no.clone(),
        person: form.person.clone(),
        department: form.department.clone(),
        system: form.system.clone(),
    }
}
