//! The organisation a document sets up: whose names stand for which of our roles. Source: field glossary §2.1.
//!
//! 「各課等に情報安全管理者を置き、当該課等の長をもって充てる」 makes 情報安全管理者 the head of a department, whatever
//! the name alone suggests.

use super::fold::fold;
use super::pattern::without_brackets;
use super::roles::{role_of, roles_by};
use super::split::sentences;
use super::{ClauseText, subject};
use crate::role::Role;

/// The names a document gives, with the roles they stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Organisation {
    names: Vec<(String, Role)>,
}

impl Organisation {
    /// Reads the names from the sentences that set up and appoint.
    pub fn learn(clauses: &[ClauseText]) -> Organisation {
        let mut organisation = Organisation::default();
        let whole: String = clauses.iter().map(|clause| clause.text.as_str()).collect();
        let apex = ["最高情報", "ＣＩＳＯ", "CISO"].iter().any(|word| whole.contains(word));
        for clause in clauses {
            for sentence in sentences(&clause.text) {
                for (name, holder) in aliases(sentence) {
                    organisation.add(&name, &holder, "", apex);
                }
                if let Some(post) = appointed(sentence, clause.heading.as_deref()) {
                    organisation.add(&post.name, &post.holder, &post.place, apex);
                }
            }
        }
        organisation
    }

    /// The roles a subject names in this document; a joint subject names several. Empty: none we know.
    pub fn roles_of(&self, subject: &str) -> Vec<Role> {
        roles_by(subject, |part| self.named(part).or_else(|| role_of(part)))
    }

    fn named(&self, part: &str) -> Option<Role> {
        let plain = part.trim_end_matches('等');
        self.names.iter().find(|(name, _)| part == name || plain == name).map(|(_, role)| *role)
    }

    fn add(&mut self, name: &str, holder: &str, place: &str, apex: bool) {
        let name = fold(name);
        let short = !name.is_empty() && name.chars().count() <= 24;
        if self.names.len() >= MOST_NAMES
            || !short
            || self.named(&name).is_some()
            || !POSTS.iter().any(|end| name.ends_with(end))
        {
            return;
        }
        if let Some(role) = role(&name, &fold(holder), &fold(place), apex) {
            self.names.push((name, role));
        }
    }
}

/// No organisation has more posts; what names more is no policy.
const MOST_NAMES: usize = 100;

/// How the names of posts end.
const POSTS: [&str; 14] = [
    "者",
    "長",
    "員",
    "主任",
    "統括",
    "総括",
    "リーダー",
    "アドバイザー",
    "CISO",
    "職員",
    "職員等",
    "担当",
    "委員会",
    "会議",
];

/// A post as a sentence sets it up.
struct Post {
    name: String,
    holder: String,
    place: String,
}

/// 「課に所属管理者を置き、課の長をもって充てる」「副市長を最高情報セキュリティ責任者とする」「統括者は、副市長とする」.
fn appointed(sentence: &str, heading: Option<&str>) -> Option<Post> {
    let text = without_brackets(sentence);
    let text = text.trim().trim_end_matches('。');
    let holder = |text: &str| {
        let text = text.rsplit('、').next().unwrap_or(text);
        let text = text.rsplit("には").next().unwrap_or(text);
        ["の職にある者", "にある者", "の職に在る者"]
            .iter()
            .find_map(|end| text.strip_suffix(end))
            .unwrap_or(text)
            .to_string()
    };
    let (place, rest) = match text.split_once("を置き") {
        Some((before, rest)) => (before, rest.trim_start_matches('、')),
        None => ("", text),
    };
    let charged = [
        "をもって充てる",
        "を以て充てる",
        "をもってこれに充てる",
        "をもって充てるものとする",
        "を充てる",
        "を充てるものとする",
        "がこれに当たる",
        "の職にある者とする",
    ];
    if let Some(end) = charged.iter().find(|end| rest.ends_with(**end)) {
        let body = &rest[..rest.len() - end.len()];
        if place.is_empty() {
            let (name, by) = body
                .split_once("は、")
                .or_else(|| body.split_once("には、"))
                .or_else(|| body.split_once("に"))
                .map_or((heading.unwrap_or_default(), body), |pair| pair);
            return Some(Post {
                name: name.trim_end_matches('は').to_string(),
                holder: holder(by),
                place: String::new(),
            });
        }
        let name = place.rsplit(['に', '、']).next().unwrap_or(place);
        return Some(Post { name: name.to_string(), holder: holder(body), place: place.to_string() });
    }
    let plain =
        rest.strip_suffix("とする").or_else(|| rest.split_once("とし、").map(|(before, _)| before))?;
    if let Some((by, name)) = plain.rsplit_once('を') {
        return Some(Post {
            name: name.trim_start_matches('、').to_string(),
            holder: holder(by),
            place: String::new(),
        });
    }
    let (name, by) = plain.split_once("は、")?;
    Some(Post { name: name.to_string(), holder: holder(by), place: String::new() })
}

/// 「課等の長（以下「所属長」という。）」: the short name and what it stands for.
fn aliases(sentence: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, _) in sentence.match_indices("以下「").chain(sentence.match_indices("以下、「")) {
        let Some(name) = subject::alias(&sentence[at..]) else { continue };
        let before = sentence[..at].trim_end_matches(['（', '(']);
        let begin = before.rfind(['、', '。']).map_or(0, |comma| comma + '、'.len_utf8());
        let noun = before[begin..].rsplit(['は', 'が']).next().unwrap_or_default();
        found.push((name, noun.to_string()));
    }
    found
}

/// The role a holder has, by what the name and the place say beside it.
fn role(name: &str, holder: &str, place: &str, apex: bool) -> Option<Role> {
    let ends = |words: &[&str]| words.iter().any(|word| holder.ends_with(word));
    if name.contains("監査")
        || name.ends_with("委員会")
        || name.ends_with("会議")
        || name.ends_with("アドバイザー")
    {
        return role_of(name);
    }
    let system = |text: &str| {
        text.contains("システム") && (text.contains("所管") || text.contains("ごと") || text.contains("主管"))
    };
    if name.contains("システム") && !ends(&["副市長", "副町長", "市長", "町長", "村長"])
        || system(holder)
        || system(place)
    {
        return Some(Role::SystemManager);
    }
    if ends(&["副市長", "副町長", "副村長", "市長", "町長", "村長", "副区長", "助役"]) {
        let deputy = apex && role_of(name) == Some(Role::Chief);
        return Some(if deputy { Role::Chief } else { Role::Ciso });
    }
    let own = GENERIC.iter().find(|(end, _)| {
        holder == *end
            || holder
                .strip_prefix(EACH[0])
                .or_else(|| holder.strip_prefix(EACH[1]))
                .or_else(|| holder.strip_prefix(EACH[2]))
                == Some(*end)
    });
    if let Some((_, role)) = own {
        return Some(*role);
    }
    if ends(&["部長", "局長", "課長", "室長", "次長", "監", "参事"]) {
        // One head of one department for the whole city steers, where the name does not say otherwise.
        return match role_of(name) {
            Some(role @ (Role::Ciso | Role::Responsible)) if !name.contains("統括") => Some(role),
            _ => Some(Role::Chief),
        };
    }
    ends(&["係長", "主査", "うちから指名する者", "指名する職員", "指名する者"]).then_some(Role::Manager)
}

/// Words that make a holder one of many.
const EACH: [&str; 3] = ["各", "当該", "その"];

/// Heads of any division or department.
const GENERIC: [(&str, Role); 38] = [
    ("部長", Role::Responsible),
    ("局長", Role::Responsible),
    ("部局長", Role::Responsible),
    ("部長等", Role::Responsible),
    ("部等の長", Role::Responsible),
    ("部の長", Role::Responsible),
    ("局の長", Role::Responsible),
    ("部局の長", Role::Responsible),
    ("部局等の長", Role::Responsible),
    ("部及び局の長", Role::Responsible),
    ("部室の長", Role::Responsible),
    ("部門の長", Role::Responsible),
    ("部長及び局長", Role::Responsible),
    ("課長", Role::Manager),
    ("課長等", Role::Manager),
    ("課の長", Role::Manager),
    ("課等の長", Role::Manager),
    ("課室長", Role::Manager),
    ("課室の長", Role::Manager),
    ("課所長", Role::Manager),
    ("課所の長", Role::Manager),
    ("課かいの長", Role::Manager),
    ("課及び室の長", Role::Manager),
    ("課長及び室長", Role::Manager),
    ("課、室及び所の長", Role::Manager),
    ("室長", Role::Manager),
    ("所属長", Role::Manager),
    ("所属の長", Role::Manager),
    ("所属課長", Role::Manager),
    ("所属する課の長", Role::Manager),
    ("組織の長", Role::Manager),
    ("施設の長", Role::Manager),
    ("施設長", Role::Manager),
    ("園長", Role::Manager),
    ("校長", Role::Manager),
    ("担当課長", Role::Manager),
    ("長", Role::Manager),
    ("主管課長", Role::Manager),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clause::ClauseKind;

    fn learnt(texts: &[&str]) -> Organisation {
        let clause = |text: &&str| ClauseText {
            path: vec![(*text).to_string()],
            label: String::new(),
            heading: None,
            text: (*text).to_string(),
            kind: ClauseKind::Article,
            line: 1,
            sentences: Vec::new(),
        };
        Organisation::learn(&texts.iter().map(clause).collect::<Vec<_>>())
    }

    #[test]
    fn the_holder_says_what_a_name_stands_for() {
        for (text, name, role) in [
            ("各課等に情報安全管理者を置き、当該課等の長をもって充てる。", "情報安全管理者", Role::Manager),
            ("情報安全管理者を置き、総務課長をもって充てる。", "情報安全管理者", Role::Chief),
            ("最高情報安全責任者を置き、副市長をもって充てる。", "最高情報安全責任者", Role::Ciso),
            ("情報安全統括者は、副市長とする。", "情報安全統括者", Role::Ciso),
            ("課等の長（以下「所属長」という。）は、確認する。", "所属長", Role::Manager),
            ("部に情報化推進責任者を置き、部の長をもって充てる。", "情報化推進責任者", Role::Responsible),
            (
                "課の長を課情報セキュリティ責任者とし、課における対策の実施を担わせる。",
                "課情報セキュリティ責任者",
                Role::Manager,
            ),
            (
                "情報システムを所管する課の所属管理者（以下「運用管理者」という。）は、権限を設定する。",
                "運用管理者",
                Role::SystemManager,
            ),
            ("副市長を最高情報セキュリティ責任者(CISO)とする。", "最高情報セキュリティ責任者", Role::Ciso),
        ] {
            assert_eq!(learnt(&[text]).roles_of(name), [role], "{text}");
        }
    }

    #[test]
    fn a_name_without_a_holder_keeps_its_usual_role() {
        let organisation = learnt(&["職員等は、守らなければならない。"]);
        assert_eq!(organisation.roles_of("情報システム管理者"), [Role::SystemManager]);
        assert!(organisation.roles_of("本市").is_empty());
    }
}
