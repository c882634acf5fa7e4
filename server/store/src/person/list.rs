//! The list of people by department.

use super::{SignIn, open_grants};
use crate::Db;
use crate::access::{post_holds, require_city};
use crate::directory;
use crate::entity::{credential, department, person, post, sign_in_code};
use crate::error::StoreResult;
use crate::session::sign_in::CODE_HOLDS;
use domain::actor::Actor;
use domain::calendar::day;
use domain::permission::Action;
use domain::person::{folded, reading_key};
use domain::post::Kind as PostKind;
use domain::role::Role;
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// So many people stand on a page.
pub const PER_PAGE: usize = 100;

/// Which people to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Part of a name, kana or staff number; blanks and variants of characters (高, 髙) do not matter.
    pub text: String,
    pub department: Option<Uuid>,
    /// Only those who can't sign in yet.
    pub without_sign_in: bool,
    /// Only those with a granted role.
    pub granted: bool,
    /// From 1.
    pub page: usize,
    /// All of them on one page, for a file.
    pub whole: bool,
    pub order: Order,
}

/// How people are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// 組織順, heads first, then by reading.
    #[default]
    Organisation,
    /// By reading over the whole city.
    Reading,
}

/// One person in the list.
#[derive(Debug, Clone)]
pub struct Line {
    pub id: Uuid,
    pub staff_no: String,
    pub name: String,
    pub kana: String,
    pub employment: String,
    /// The main department, 所属なし if there is none.
    pub department: String,
    /// Further departments.
    pub also: Vec<String>,
    pub title: String,
    /// By post (without 職員) and granted.
    pub roles: Vec<Role>,
    pub sign_in: SignIn,
}

/// The list with its figures.
#[derive(Debug, Clone)]
pub struct People {
    pub lines: Vec<Line>,
    /// How many fit the filter.
    pub found: usize,
    pub pages: usize,
    pub page: usize,
    /// All people in a post.
    pub total: usize,
    /// Of these, without a password.
    pub without_password: usize,
    /// Of these, without a password and without a code that holds.
    pub without_anything: usize,
    /// For the choice of a department, in 組織順.
    pub departments: Vec<(Uuid, String)>,
}

/// People in 組織順, heads first.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn list(db: &Db, actor: &Actor, filter: &Filter, now: OffsetDateTime) -> StoreResult<People> {
    require_city(actor, Action::ManageRoster)?;
    let places = Places::load(db).await?;
    let posts = post::Entity::find()
        .filter(post_holds(day(now)))
        .order_by_asc(post::Column::Id)
        .all(db.read())
        .await?;
    let mut posts_of: BTreeMap<Uuid, Vec<post::Model>> = BTreeMap::new();
    for post in posts {
        posts_of.entry(post.person_id).or_default().push(post);
    }
    let mut grants_of: BTreeMap<Uuid, Vec<Role>> = BTreeMap::new();
    for grant in open_grants(db.read(), day(now)).await? {
        grants_of.entry(grant.person_id).or_default().extend(Role::from_key(&grant.role));
    }
    for grant in directory::open_grants().all(db.read()).await? {
        grants_of.entry(grant.person_id).or_default().extend(Role::from_key(&grant.role));
    }
    let sign_ins = sign_ins(db, now).await?;
    let people = person::Entity::find().all(db.read()).await?;
    let mut kept: Vec<(i32, bool, Line)> = Vec::new();
    let (mut total, mut without_password, mut without_anything) = (0, 0, 0);
    for person in people {
        let posts = posts_of.remove(&person.id).unwrap_or_default();
        let grants = grants_of.remove(&person.id).unwrap_or_default();
        if posts.is_empty() && grants.is_empty() {
            continue; // left the city
        }
        let sign_in = sign_ins.get(&person.id).copied().unwrap_or(SignIn::None);
        total += 1;
        without_password += usize::from(sign_in != SignIn::Ready);
        without_anything += usize::from(sign_in == SignIn::None);
        if fits(filter, &person, &posts, &grants, sign_in) {
            kept.push(places.line(person, &posts, grants, sign_in));
        }
    }
    kept.sort_by_cached_key(|(position, head, line)| {
        let place = if filter.order == Order::Reading { (0, false) } else { (*position, !*head) };
        (place, reading_key(&line.kana), line.staff_no.clone())
    });
    let found = kept.len();
    let per_page = if filter.whole { found.max(1) } else { PER_PAGE };
    let pages = found.div_ceil(per_page).max(1);
    let page = filter.page.clamp(1, pages);
    Ok(People {
        lines: kept.into_iter().skip((page - 1) * per_page).take(per_page).map(|(_, _, line)| line).collect(),
        found,
        pages,
        page,
        total,
        without_password,
        without_anything,
        departments: places.choice,
    })
}

fn fits(
    filter: &Filter,
    person: &person::Model,
    posts: &[post::Model],
    grants: &[Role],
    sign_in: SignIn,
) -> bool {
    let text = folded(&filter.text);
    let in_text = text.is_empty()
        || [&person.name, &person.kana, &person.staff_no].iter().any(|field| folded(field).contains(&text));
    let in_department = filter.department.is_none_or(|id| posts.iter().any(|post| post.department_id == id));
    in_text
        && in_department
        && (!filter.without_sign_in || sign_in != SignIn::Ready)
        && (!filter.granted || !grants.is_empty())
}

struct Places {
    names: BTreeMap<Uuid, (i32, String)>,
    choice: Vec<(Uuid, String)>,
}

impl Places {
    async fn load(db: &Db) -> StoreResult<Places> {
        let rows =
            department::Entity::find().order_by_asc(department::Column::Position).all(db.read()).await?;
        let choice = rows.iter().filter(|one| one.valid_to.is_none());
        let choice = choice.map(|one| (one.id, one.name.clone())).collect();
        let names = rows.into_iter().map(|one| (one.id, (one.position, one.name))).collect();
        Ok(Places { names, choice })
    }

    fn line(
        &self,
        person: person::Model,
        posts: &[post::Model],
        grants: Vec<Role>,
        sign_in: SignIn,
    ) -> (i32, bool, Line) {
        let name = |post: &post::Model| self.names.get(&post.department_id).map(|(_, name)| name.clone());
        let main = posts
            .iter()
            .find(|post| post.role == Role::Staff.key() && post.kind == PostKind::Main.key())
            .or_else(|| posts.iter().find(|post| post.role == Role::Staff.key()))
            .or(posts.first());
        let position =
            main.and_then(|post| self.names.get(&post.department_id)).map_or(i32::MAX, |one| one.0);
        let mut roles: Vec<Role> = posts.iter().filter_map(|post| Role::from_key(&post.role)).collect();
        roles.extend(grants);
        roles.retain(|role| *role != Role::Staff);
        roles.sort();
        roles.dedup();
        let department = main.and_then(name).unwrap_or_else(|| "所属なし".to_string());
        let mut also: Vec<String> = posts.iter().filter_map(name).filter(|one| *one != department).collect();
        also.dedup();
        let line = Line {
            id: person.id,
            staff_no: person.staff_no,
            name: person.name,
            kana: person.kana,
            employment: person.employment,
            department,
            also,
            title: main.map(|post| post.title.clone()).unwrap_or_default(),
            sign_in,
            roles,
        };
        (position, line.roles.contains(&Role::Manager), line)
    }
}

/// Who can sign in, and how; without those who can't.
async fn sign_ins(db: &Db, now: OffsetDateTime) -> StoreResult<BTreeMap<Uuid, SignIn>> {
    let codes: Vec<(Uuid, OffsetDateTime)> = sign_in_code::Entity::find()
        .select_only()
        .columns([sign_in_code::Column::PersonId, sign_in_code::Column::At])
        .order_by_asc(sign_in_code::Column::At)
        .into_tuple()
        .all(db.read())
        .await?;
    let mut sign_ins: BTreeMap<Uuid, SignIn> = codes
        .into_iter()
        .filter(|(_, at)| *at + CODE_HOLDS > now)
        .map(|(person, at)| (person, SignIn::Code(at)))
        .collect();
    let set: Vec<Uuid> = credential::Entity::find()
        .select_only()
        .column(credential::Column::PersonId)
        .into_tuple()
        .all(db.read())
        .await?;
    sign_ins.extend(set.into_iter().map(|person| (person, SignIn::Ready)));
    Ok(sign_ins)
}
