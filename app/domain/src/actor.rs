//! Who acts: a signed-in person with posts and granted roles.

use crate::post::Kind;
use crate::role::Role;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A signed-in person. Every use case takes one as its first argument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person.
    pub person_id: Uuid,
    /// 氏名, for the ledger and the page head.
    pub name: String,
    /// Posts held today.
    pub posts: Vec<ActorPost>,
    /// Roles granted by the 事務局 and not withdrawn.
    pub grants: Vec<Role>,
    /// Departments whose audit is in this person's hands.
    pub assigned: Vec<Uuid>,
    /// The address the request came from, for the ledger; empty on the command line.
    #[serde(default)]
    pub origin: String,
    /// Came in by the number of a sheet: reaches this one and nothing else.
    #[serde(default)]
    pub sheet: Option<Uuid>,
}

/// A post held today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorPost {
    /// The department.
    pub department_id: Uuid,
    /// 所属名.
    pub department: String,
    /// Staff, Manager or SystemManager.
    pub role: Role,
    /// 職名.
    pub title: String,
    /// The departments below, for the head of a division.
    pub below: Vec<Uuid>,
    /// Departments that are gone and that this one follows (統合・分割・改称・移管): their things are its own now.
    #[serde(default)]
    pub before: Vec<Uuid>,
    /// 本務, 兼務, 事務取扱 or 代理.
    #[serde(default)]
    pub kind: Kind,
}

impl ActorPost {
    /// The department and those it follows.
    pub fn departments(&self) -> impl Iterator<Item = Uuid> {
        self.before.iter().copied().chain([self.department_id])
    }
}

impl Actor {
    /// All roles, granted or through a post.
    pub fn roles(&self) -> Vec<Role> {
        let mut roles: Vec<Role> =
            self.posts.iter().map(|post| post.role).chain(self.grants.iter().copied()).collect();
        roles.sort();
        roles.dedup();
        roles
    }

    /// Whether the person holds a role in any way.
    pub fn is(&self, role: Role) -> bool {
        self.grants.contains(&role) || self.posts.iter().any(|post| post.role == role)
    }

    /// Whether the person works in a department, in whatever post.
    pub fn belongs_to(&self, department: Uuid) -> bool {
        self.posts.iter().any(|post| post.departments().any(|one| one == department))
    }

    /// Whether the person is the head of a department.
    pub fn heads(&self, department: Uuid) -> bool {
        self.head_post(department).is_some()
    }

    /// The post by which the person is the head of a department, the own one before one held for another.
    pub fn head_post(&self, department: Uuid) -> Option<&ActorPost> {
        let heads = self.posts.iter().filter(|post| post.role == Role::Manager);
        heads.filter(|post| post.departments().any(|one| one == department)).min_by_key(|post| post.kind)
    }

    /// The departments in which the person holds a role by post.
    pub fn departments_as(&self, role: Role) -> Vec<Uuid> {
        self.posts.iter().filter(|post| post.role == role).flat_map(ActorPost::departments).collect()
    }

    /// The role and department for the page head, e.g. 「事務局（情報政策課）」 or 「市民課 主事」.
    pub fn position(&self) -> String {
        let post = self.posts.iter().find(|post| post.role == Role::Manager).or(self.posts.first());
        match (self.grants.first(), post) {
            (Some(role), Some(post)) => format!("{}（{}）", role.short(), post.department),
            (Some(role), None) => role.short().to_string(),
            (None, Some(post)) if post.kind.in_place() && post.title.is_empty() => {
                format!("{} {}", post.department, post.kind.label())
            }
            (None, Some(post)) => format!("{} {}", post.department, post.title),
            (None, None) => String::new(),
        }
    }
}
