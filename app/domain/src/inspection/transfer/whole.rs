//! Adding a whole department to a running inspection.

use super::Sheet;
use crate::inspection::Holder;
use crate::refusal::Refusal;
use crate::role::Role;
use uuid::Uuid;

/// Who of those that would owe a sheet in a department has none yet. Source: the rules of the start hold for those who
/// come later (the staff's sheet once, heads per department, one for each system); who was taken out stays out.
///
/// # Errors
/// When nobody is left to add.
pub fn new_in_department(
    owed: Vec<Holder>,
    sheets: &[Sheet],
    department: Uuid,
) -> Result<Vec<Holder>, Refusal> {
    let here = owed.into_iter().filter(|one| one.department_id == department);
    let new: Vec<Holder> = here.filter(|one| !sheets.iter().any(|sheet| is_same(sheet, one))).collect();
    if new.is_empty() {
        return Err(Refusal::field(
            "department",
            "この所属に、新しく加える人はいません。全員が既に対象であるか、対象から外されています。",
        ));
    }
    Ok(new)
}

fn is_same(sheet: &Sheet, owed: &Holder) -> bool {
    let place = match owed.role {
        Role::Staff => true,
        Role::SystemManager => sheet.system == owed.system,
        _ => sheet.department_id == owed.department_id,
    };
    sheet.person_id == owed.person_id && sheet.role == owed.role && place
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspection::transfer::{Begun, Withdrawn};
    use crate::post::Kind;

    const HERE: Uuid = Uuid::from_u128(10);
    const THERE: Uuid = Uuid::from_u128(20);

    fn holder(person: u128, role: Role, department_id: Uuid, system: Option<&str>) -> Holder {
        Holder {
            person_id: Uuid::from_u128(person),
            department_id,
            role,
            kind: Kind::Main,
            title: "主事".into(),
            system: system.map(Into::into),
        }
    }

    fn sheet(of: &Holder, department_id: Uuid, withdrawn: Option<Withdrawn>) -> Sheet {
        Sheet {
            target: Uuid::from_u128(99),
            person_id: of.person_id,
            department_id,
            role: of.role,
            system: of.system.clone(),
            begun: Begun::NotBegun,
            withdrawn,
        }
    }

    #[test]
    fn only_who_is_in_the_department_and_has_no_sheet_is_added() {
        let staff = holder(1, Role::Staff, HERE, None);
        let head = holder(1, Role::Manager, HERE, None);
        let system = holder(2, Role::SystemManager, HERE, Some("税務"));
        let owed = || vec![staff.clone(), head.clone(), system.clone(), holder(3, Role::Staff, THERE, None)];
        let all = new_in_department(owed(), &[], HERE);
        assert_eq!(all.map(|new| new.len()), Ok(3));
        for (sheets, left) in [
            // The staff's sheet goes with the person, wherever it is; a head's is of one department.
            (vec![sheet(&staff, THERE, None)], vec![&head, &system]),
            (vec![sheet(&head, THERE, None)], vec![&staff, &head, &system]),
            (vec![sheet(&head, HERE, None)], vec![&staff, &system]),
            (
                vec![sheet(&holder(2, Role::SystemManager, HERE, Some("住民記録")), HERE, None)],
                vec![&staff, &head, &system],
            ),
            (vec![sheet(&staff, HERE, Some(Withdrawn::ByHand))], vec![&head, &system]),
        ] {
            let new = new_in_department(owed(), &sheets, HERE);
            assert_eq!(new, Ok(left.into_iter().cloned().collect()));
        }
        let everybody = [sheet(&staff, HERE, None), sheet(&head, HERE, None), sheet(&system, HERE, None)];
        assert!(new_in_department(owed(), &everybody, HERE).is_err(), "twice adds nobody twice");
    }
}
