//! The role dictionary: which role a written subject stands for. Source: field glossary §2.1.

use super::fold::fold;
use crate::role::Role;
use crate::topic::Topic;

/// Endings of subjects, the most special first; the first that fits decides.
const DICTIONARY: [(&str, Role); 87] = [
    ("副市長", Role::Ciso),
    ("副町長", Role::Ciso),
    ("市長", Role::Ciso),
    ("町長", Role::Ciso),
    ("村長", Role::Ciso),
    ("CIO", Role::Ciso),
    ("最高責任者", Role::Ciso),
    ("緊急対応班", Role::Csirt),
    ("対応チーム", Role::Csirt),
    ("推進会議", Role::Committee),
    ("推進本部", Role::Committee),
    ("情報政策課長", Role::Chief),
    ("情報システム課長", Role::Chief),
    ("情報管理課長", Role::Chief),
    ("情報推進課長", Role::Chief),
    ("被監査部門", Role::Manager),
    ("主管課の長", Role::SystemManager),
    ("主管課長", Role::SystemManager),
    ("室長", Role::Manager),
    ("課等の長", Role::Manager),
    ("部等の長", Role::Responsible),
    ("情報セキュリティ監査統括責任者", Role::AuditChief),
    ("監査統括責任者", Role::AuditChief),
    ("監査責任者", Role::AuditChief),
    ("監査人", Role::Auditor),
    ("監査員", Role::Auditor),
    ("監査を行う者", Role::Auditor),
    ("委員会", Role::Committee),
    ("情報セキュリティ会議", Role::Committee),
    ("最高情報セキュリティ責任者", Role::Ciso),
    ("最高情報セキュリティ副責任者", Role::Ciso),
    ("最高情報統括責任者", Role::Ciso),
    ("情報統括責任者", Role::Ciso),
    ("CISO", Role::Ciso),
    ("統括情報セキュリティ担当者", Role::Manager),
    ("統括情報セキュリティ責任者", Role::Chief),
    ("総括情報セキュリティ責任者", Role::Chief),
    ("統括責任者", Role::Chief),
    ("総括責任者", Role::Chief),
    ("統括者", Role::Chief),
    ("統括", Role::Chief),
    ("ネットワーク管理者", Role::Chief),
    ("CSIRT", Role::Csirt),
    ("課情報セキュリティ責任者", Role::Manager),
    ("所属情報セキュリティ責任者", Role::Manager),
    ("局情報管理者", Role::Responsible),
    ("区情報管理者", Role::Responsible),
    ("部情報セキュリティ責任者", Role::Responsible),
    ("情報セキュリティ責任者", Role::Responsible),
    ("部門責任者", Role::Responsible),
    ("部局長", Role::Responsible),
    ("部長", Role::Responsible),
    ("局長", Role::Responsible),
    ("部の長", Role::Responsible),
    ("情報システム管理者", Role::SystemManager),
    ("情報システムの管理者", Role::SystemManager),
    ("システム管理者", Role::SystemManager),
    ("情報システム担当者", Role::SystemManager),
    ("情報セキュリティ管理者", Role::Manager),
    ("情報管理者", Role::Manager),
    ("保護管理者", Role::Manager),
    ("所属管理者", Role::Manager),
    ("所属長", Role::Manager),
    ("課長", Role::Manager),
    ("課の長", Role::Manager),
    ("管理者", Role::Manager),
    ("推進員", Role::Manager),
    ("情報化推進リーダー", Role::Manager),
    ("セキュリティスタッフ", Role::Manager),
    ("事務局", Role::Secretariat),
    ("情報政策課", Role::Secretariat),
    ("職員", Role::Staff),
    ("職員等", Role::Staff),
    ("従事者", Role::Staff),
    ("利用者", Role::Staff),
    ("職員等となった者", Role::Staff),
    ("とする者", Role::Staff),
    ("した者", Role::Staff),
    ("する者", Role::Staff),
    ("情報管理員", Role::Manager),
    ("何人", Role::Staff),
    ("いかなる者", Role::Staff),
    ("いずれの者", Role::Staff),
    ("行う者", Role::Staff),
    ("扱う者", Role::Staff),
    ("用いる者", Role::Staff),
    ("持ち出す者", Role::Staff),
];

/// The roles a subject names; a joint subject (及び, 並びに, 又は) names several. Empty: none we know.
pub fn roles_of(subject: &str) -> Vec<Role> {
    roles_by(subject, role_of)
}

/// The roles of a joint subject, each part by `find`.
pub(super) fn roles_by(subject: &str, find: impl Fn(&str) -> Option<Role>) -> Vec<Role> {
    let key = fold(subject);
    let mut roles = Vec::new();
    for part in joint_parts(&key) {
        if let Some(role) = find(part).filter(|role| !roles.contains(role)) {
            roles.push(role);
        }
    }
    roles
}

fn joint_parts(key: &str) -> Vec<&str> {
    let mut parts = vec![key];
    for word in ["及び", "並びに", "又は", "若しくは", "、"] {
        parts = parts.into_iter().flat_map(|part| part.split(word)).collect();
    }
    parts
}

pub(super) fn role_of(part: &str) -> Option<Role> {
    let plain = part.trim_end_matches('等');
    DICTIONARY.iter().find(|(end, _)| part.ends_with(end) || plain.ends_with(end)).map(|(_, role)| *role)
}

/// Acts everybody does alone at the desk, whatever chapter they stand in.
const PERSONAL: [&str; 29] = [
    "離席",
    "席を離れ",
    "机上",
    "退庁",
    "帰宅",
    "自己の",
    "自己が",
    "自分の",
    "仮のパスワード",
    "パスワードを秘密",
    "パスワードは、他者",
    "パスワードが流出",
    "パスワードを記憶",
    "ICカード等を",
    "ＩＣカード等を",
    "紛失した場合",
    "不審な",
    "添付されたファイル",
    "電子メールを送",
    "私物の",
    "在宅勤務",
    "USBメモリ",
    "ＵＳＢメモリ",
    "ファクシミリ",
    "持ち出した端末",
    "公衆無線",
    "文字列は",
    "感染した場合",
    "その後も業務上知り得た",
];

/// The role that usually owns a topic, for sentences without a subject. Source: field glossary §5.3.
pub fn presumed_role(topic: Topic, headings: &str, text: &str) -> Role {
    let heading = headings.split(' ').next().unwrap_or_default();
    if PERSONAL.iter().any(|act| text.contains(act)) {
        return Role::Staff;
    }
    match topic {
        Topic::Organisation if heading.contains("策定") => Role::Chief,
        Topic::Organisation => Role::Ciso,
        Topic::Assets | Topic::Outsourcing => Role::Manager,
        Topic::Resilience | Topic::Physical | Topic::Technical => Role::SystemManager,
        Topic::People | Topic::Operation => Role::Chief,
        Topic::Evaluation if heading.contains("見直し") && !heading.contains("評価") => Role::Chief,
        Topic::Evaluation if heading.contains("監査") || text.contains("監査") => Role::AuditChief,
        Topic::Evaluation => Role::Chief,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_role_are_recognised() {
        for (written, role) in [
            ("C I S O", Role::Ciso),
            ("ＣＩＳＯ", Role::Ciso),
            ("総括情報セキュリティ責任者", Role::Chief),
            ("全ての職員等", Role::Staff),
            ("会計年度任用職員", Role::Staff),
            ("各課の長", Role::Manager),
            ("情報システムの管理者", Role::SystemManager),
            ("情報セキュリティ委員会", Role::Committee),
            ("ＣＳＩＲＴ", Role::Csirt),
            ("何人", Role::Staff),
        ] {
            assert_eq!(roles_of(written), [role], "{written}");
        }
    }

    #[test]
    fn a_joint_subject_names_every_role_once() {
        let roles = roles_of("統括情報セキュリティ責任者、情報システム管理者及び情報システム担当者");
        assert_eq!(roles, [Role::Chief, Role::SystemManager]);
        assert!(roles_of("本市").is_empty());
    }
}
