//! Roles a policy gives duties to, and roles people hold. Source: field glossary, role dictionary.

use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};
use time::Date;

/// A role of the policy or of the procedure.
///
/// The first three owe a sheet; the others act in the procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 職員等: everybody who works for the city.
    Staff,
    /// 情報セキュリティ管理者: the head of a department (所属長).
    Manager,
    /// 情報システム管理者: answers for one information system.
    SystemManager,
    /// 情報セキュリティ責任者: the head of a division (部長・局長).
    Responsible,
    /// 統括情報セキュリティ責任者.
    Chief,
    /// 最高情報セキュリティ責任者 (CISO).
    Ciso,
    /// 情報セキュリティ監査統括責任者.
    AuditChief,
    /// 監査人.
    Auditor,
    /// 情報セキュリティ委員会.
    Committee,
    /// 事務局: the office that runs the procedure (情報政策課).
    Secretariat,
    /// 情報セキュリティ推進員: helps the head of a department; one in each.
    Promoter,
    /// CSIRT: the team that handles incidents.
    Csirt,
    /// 運用者: looks after accounts and the roster, sees no content.
    Operator,
}

impl Role {
    /// Every role, in the order of the organisation.
    pub const ALL: [Role; 13] = [
        Role::Staff,
        Role::Manager,
        Role::SystemManager,
        Role::Responsible,
        Role::Chief,
        Role::Ciso,
        Role::AuditChief,
        Role::Auditor,
        Role::Committee,
        Role::Secretariat,
        Role::Promoter,
        Role::Csirt,
        Role::Operator,
    ];

    /// The roles that receive a sheet in an inspection.
    pub const WITH_SHEET: [Role; 3] = [Role::Staff, Role::Manager, Role::SystemManager];

    /// The roles the 事務局 grants by hand; the others come with a post.
    pub const GRANTED: [Role; 9] = [
        Role::Secretariat,
        Role::Auditor,
        Role::AuditChief,
        Role::Committee,
        Role::Ciso,
        Role::Chief,
        Role::Promoter,
        Role::Csirt,
        Role::Operator,
    ];

    /// The stable key used in the database, in addresses and in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Role::Staff => "staff",
            Role::Manager => "manager",
            Role::SystemManager => "system_manager",
            Role::Responsible => "responsible",
            Role::Chief => "chief",
            Role::Ciso => "ciso",
            Role::AuditChief => "audit_chief",
            Role::Auditor => "auditor",
            Role::Committee => "committee",
            Role::Secretariat => "secretariat",
            Role::Promoter => "promoter",
            Role::Csirt => "csirt",
            Role::Operator => "operator",
        }
    }

    /// The role of a key, if there is one.
    pub fn from_key(key: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.key() == key)
    }

    /// The name on screens and documents.
    pub fn label(self) -> &'static str {
        match self {
            Role::Staff => "職員等",
            Role::Manager => "情報セキュリティ管理者（所属長）",
            Role::SystemManager => "情報システム管理者",
            Role::Responsible => "情報セキュリティ責任者",
            Role::Chief => "統括情報セキュリティ責任者",
            Role::Ciso => "最高情報セキュリティ責任者",
            Role::AuditChief => "情報セキュリティ監査統括責任者",
            Role::Auditor => "監査人",
            Role::Committee => "情報セキュリティ委員会",
            Role::Secretariat => "事務局",
            Role::Promoter => "情報セキュリティ推進員",
            Role::Csirt => "CSIRT（情報セキュリティ事故への対応班）",
            Role::Operator => "システムの運用者",
        }
    }

    /// The short name for tables and chips.
    pub fn short(self) -> &'static str {
        match self {
            Role::Staff => "職員",
            Role::Manager => "所属長",
            Role::SystemManager => "システム管理者",
            Role::Responsible => "責任者",
            Role::Chief => "統括",
            Role::Ciso => "CISO",
            Role::AuditChief => "監査統括",
            Role::Auditor => "監査人",
            Role::Committee => "委員会",
            Role::Secretariat => "事務局",
            Role::Promoter => "推進員",
            Role::Csirt => "CSIRT",
            Role::Operator => "運用者",
        }
    }
}

/// May this role be granted by hand?
///
/// # Errors
/// For a role that comes with a post.
pub fn may_grant(role: Role) -> Result<(), Refusal> {
    if Role::GRANTED.contains(&role) {
        return Ok(());
    }
    Err(Refusal::field(
        "role",
        format!("「{}」は発令に伴う役割です。名簿を直して取り込んでください。", role.label()),
    ))
}

/// May this role be granted until before a day (none: for good) to somebody who holds a post or none?
///
/// # Errors
/// For an auditor from outside without an end: the contract has one. When the end is not in the future.
pub fn may_grant_until(
    role: Role,
    has_post: bool,
    ends_on: Option<Date>,
    today: Date,
) -> Result<(), Refusal> {
    match ends_on {
        None if role == Role::Auditor && !has_post => Err(Refusal::field(
            "ends_on",
            "発令のない者（外部監査人）に監査人の役割を付与するときは、期限を入力してください。",
        )),
        Some(day) if day <= today => {
            Err(Refusal::field("ends_on", "期限が過ぎています。明日以後の日を入力してください。"))
        }
        _ => Ok(()),
    }
}

/// May a grant of this role be withdrawn, when others hold the role or not?
///
/// # Errors
/// For the last 事務局: nobody could grant it again.
pub fn may_withdraw(role: Role, others_hold_it: bool) -> Result<(), Refusal> {
    if role == Role::Secretariat && !others_hold_it {
        return Err(Refusal::new(
            "事務局がいなくなるため、取り消せません。先に、後任の職員に事務局の役割を付与してください。",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn every_role_is_found_again_by_its_key() {
        for role in Role::ALL {
            assert_eq!(Role::from_key(role.key()), Some(role));
        }
        assert_eq!(Role::from_key("nobody"), None);
    }

    #[test]
    fn an_auditor_from_outside_has_an_end() {
        let (today, later) = (date!(2026 - 11 - 23), date!(2027 - 04 - 01));
        for (role, has_post, ends_on, allowed) in [
            (Role::Auditor, false, None, false),
            (Role::Auditor, false, Some(later), true),
            (Role::Auditor, true, None, true),
            (Role::Committee, false, None, true),
            (Role::Auditor, true, Some(today), false),
        ] {
            assert_eq!(may_grant_until(role, has_post, ends_on, today).is_ok(), allowed, "{role:?}");
        }
    }

    #[test]
    fn the_last_secretariat_stays_and_posts_are_not_granted() {
        assert!(may_withdraw(Role::Secretariat, false).is_err());
        assert!(may_withdraw(Role::Secretariat, true).is_ok());
        assert!(may_withdraw(Role::Auditor, false).is_ok());
        assert!(may_grant(Role::Auditor).is_ok());
        assert!(may_grant(Role::Manager).is_err());
    }
}
