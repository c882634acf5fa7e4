//! Which group gives which role: `group=role`, as it stands on the command line.

use anyhow::{Context, ensure};
use domain::role::{Role, may_grant};

/// Groups with their roles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    pairs: Vec<(String, Role)>,
}

impl Mapping {
    /// Reads `group=role` pairs; the group may hold `=` itself, as distinguished names do.
    ///
    /// # Errors
    /// When a pair has no role, an unknown one, or one that comes with a post.
    pub fn read(pairs: &[String]) -> anyhow::Result<Mapping> {
        Ok(Mapping { pairs: pairs.iter().map(|pair| read_pair(pair)).collect::<anyhow::Result<_>>()? })
    }

    /// The roles of groups named by distinguished names; case and blanks beside commas do not matter.
    pub fn roles_of_dns(&self, groups: &[String]) -> Vec<Role> {
        let groups: Vec<String> = groups.iter().map(|group| plain_dn(group)).collect();
        self.roles(|group| groups.contains(&plain_dn(group)))
    }

    /// The roles of groups named by anything else; every character matters.
    pub fn roles_of_names(&self, groups: &[String]) -> Vec<Role> {
        self.roles(|group| groups.iter().any(|one| one == group))
    }

    fn roles(&self, in_group: impl Fn(&str) -> bool) -> Vec<Role> {
        let mut roles: Vec<Role> =
            self.pairs.iter().filter(|(group, _)| in_group(group)).map(|(_, role)| *role).collect();
        roles.sort();
        roles.dedup();
        roles
    }
}

fn read_pair(pair: &str) -> anyhow::Result<(String, Role)> {
    let (group, key) = pair
        .rsplit_once('=')
        .with_context(|| format!("「{pair}」は「グループ=役割のキー」の形になっていません。"))?;
    let (group, key) = (group.trim(), key.trim());
    ensure!(!group.is_empty(), "「{pair}」にグループがありません。");
    let role =
        Role::from_key(key).with_context(|| format!("「{pair}」の役割のキー「{key}」はありません。"))?;
    may_grant(role).map_err(|refusal| anyhow::anyhow!("「{pair}」：{}", refusal.text))?;
    Ok((group.to_string(), role))
}

/// A distinguished name in a form that can be compared: lower case, no blanks around `,` and `=`.
fn plain_dn(dn: &str) -> String {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for c in dn.chars() {
        match c {
            ',' if !escaped => parts.push(String::new()),
            other => parts.iter_mut().last().into_iter().for_each(|part| part.push(other)),
        }
        escaped = c == '\\' && !escaped;
    }
    let part = |part: &String| match part.split_once('=') {
        Some((name, value)) => format!("{}={}", name.trim(), value.trim()).to_lowercase(),
        None => part.trim().to_lowercase(),
    };
    parts.iter().map(part).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn distinguished_names_are_the_same_however_they_are_written() {
        let pairs = texts(&[
            "CN=監査,OU=Groups,DC=city,DC=lan=auditor",
            "cn=jimukyoku, ou=groups, dc=city, dc=lan=secretariat",
            "cn=audit chief,dc=lan=auditor",
            r"cn=a\, b,dc=lan=committee",
        ]);
        let mapping = Mapping::read(&pairs).unwrap();
        for (groups, roles) in [
            (vec!["cn=監査,ou=groups,dc=CITY,dc=lan"], vec![Role::Auditor]),
            (
                vec!["CN=Jimukyoku,OU=Groups,DC=city,DC=lan", "cn=監査, ou=groups, dc=city, dc=lan"],
                vec![Role::Auditor, Role::Secretariat],
            ),
            (vec![r"CN=A\, B, DC=lan"], vec![Role::Committee]),
            (vec!["cn=監査,ou=groups,dc=city,dc=lan,dc=evil"], vec![]),
            (vec!["cn=監査"], vec![]),
            (vec![], vec![]),
        ] {
            let mut expected = roles.clone();
            expected.sort();
            assert_eq!(mapping.roles_of_dns(&texts(&groups)), expected, "{groups:?}");
        }
    }

    #[test]
    fn names_of_groups_are_compared_to_the_letter() {
        let mapping = Mapping::read(&texts(&["/city/監査=auditor", "a=b=csirt"])).unwrap();
        assert_eq!(mapping.roles_of_names(&texts(&["/city/監査", "a=b"])), [Role::Auditor, Role::Csirt]);
        assert!(mapping.roles_of_names(&texts(&["/City/監査", "a"])).is_empty());
    }

    #[test]
    fn a_mapping_that_can_not_work_is_refused_at_the_start() {
        for wrong in ["auditor", "=auditor", "cn=x,dc=lan=boss", "cn=x=manager", "cn=x="] {
            assert!(Mapping::read(&texts(&[wrong])).is_err(), "{wrong}");
        }
    }
}
