//! An information system (情報システム) with the department that owns it.

use crate::post::hand::Period;
use crate::refusal::Refusal;
use time::Date;

/// May a system be entered under this name?
///
/// # Errors
/// When the name is missing, too long or taken, or its department does not exist on the day.
pub fn may_add(name: &str, taken: &[String], department: Period, from: Date) -> Result<(), Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::field("name", "情報システムの名称を入力してください。"));
    }
    if name.chars().count() > 80 {
        return Err(Refusal::field("name", "名称が長すぎます。80字以内にしてください。"));
    }
    if taken.iter().any(|other| other == name.trim()) {
        return Err(Refusal::field("name", "同じ名称の情報システムが既にあります。"));
    }
    may_own(department, from)
}

/// May a department own a system from a day on?
///
/// # Errors
/// When it does not exist then, or ends.
pub fn may_own(department: Period, from: Date) -> Result<(), Refusal> {
    if from < department.from || department.to.is_some() {
        let text = "その所属は、その日には存在しないか、廃止の予定があります。所属又は日付を直してください。";
        return Err(Refusal::field("department", text));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_system_has_a_name_of_its_own_and_a_department_that_exists() {
        let day = date!(2026 - 11 - 23);
        let open = Period { from: date!(2020 - 04 - 01), to: None };
        let ending = Period { to: Some(date!(2027 - 04 - 01)), ..open };
        let taken = ["庶務事務".to_string()];
        for (name, department, from, allowed) in [
            ("文書管理", open, day, true),
            ("庶務事務　", open, day, false),
            ("", open, day, false),
            ("文書管理", ending, day, false),
            ("文書管理", open, date!(2020 - 03 - 31), false),
        ] {
            assert_eq!(may_add(name, &taken, department, from).is_ok(), allowed, "{name}");
        }
    }
}
