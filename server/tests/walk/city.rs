//! The small city with two departments that have the same things, and one walker for each role.

use crate::common::Site;
use crate::plan;
use crate::small_city::{NOW, TODAY, World, actor};
use crate::things::{audited, deputised, handed_in, insert, put, with_file};
use domain::actor::Actor;
use domain::answer::Value;
use domain::layout::{Column, Holds, Layout, Meaning, Question, Table};
use domain::retention::Subject;
use domain::role::Role;
use domain::session::Way;
use sea_orm::EntityTrait;
use std::collections::BTreeMap;
use store::Db;
use store::amendment::NewAmendment;
use store::entity::*;
use store::improvement::{Draft, from_answer};
use store::intake::{Form, NewFile, Reading};
use store::ledger::Author;
use store::person::NewPerson;
use store::retention::hold::Named;
use store::session::{Entry, Origin};
use time::macros::date;
use uuid::Uuid;

/// Somebody with one role beside being on the staff.
pub struct Walker {
    pub role: Role,
    pub actor: Actor,
    pub token: String,
    mine: Uuid,
    /// A workbook the walker brought to be filled; it is nobody else's.
    original: Uuid,
}

impl Walker {
    /// Nobody: no session.
    pub fn stranger() -> Walker {
        let actor = Actor {
            person_id: Uuid::nil(),
            name: String::new(),
            posts: Vec::new(),
            grants: Vec::new(),
            assigned: Vec::new(),
            origin: String::new(),
            sheet: None,
        };
        Walker { role: Role::Staff, actor, token: String::new(), mine: Uuid::nil(), original: Uuid::nil() }
    }
}

/// The city as a file, its things by name, and who walks.
pub struct City {
    folder: tempfile::TempDir,
    world: World,
    common: BTreeMap<&'static str, Uuid>,
    own: BTreeMap<&'static str, Uuid>,
    other: BTreeMap<&'static str, Uuid>,
    pub walkers: Vec<Walker>,
}

/// Where a role works: the own department, the division above it, or elsewhere where independence asks for it.
fn home(world: &World, role: Role) -> Uuid {
    match role {
        Role::Staff | Role::Manager | Role::SystemManager | Role::Promoter => world.jinji,
        Role::Responsible => world.somu,
        Role::Auditor | Role::AuditChief => world.kaikei,
        _ => world.joho,
    }
}

async fn walker(db: &Db, world: &World, role: Role) -> Uuid {
    let person = person::Model {
        id: Uuid::now_v7(),
        staff_no: format!("9-{}", role.key()),
        name: role.short().into(),
        kana: "あるく".into(),
        employment: "正規".into(),
        email: None,
        since: NOW,
    };
    let post_role = if Role::GRANTED.contains(&role) { Role::Staff } else { role };
    let held = post::Model {
        kind: "main".into(),
        id: Uuid::now_v7(),
        person_id: person.id,
        department_id: home(world, role),
        role: post_role.key().into(),
        title: "主事".into(),
        system: (role == Role::SystemManager).then(|| "人事給与システム".into()),
        valid_from: date!(2020 - 04 - 01),
        valid_to: None,
    };
    let txn = db.begin().await.unwrap();
    insert::<_, person::ActiveModel>(&txn, person.clone()).await;
    insert::<_, post::ActiveModel>(&txn, held).await;
    if Role::GRANTED.contains(&role) {
        store::access::grant(&txn, &Author::console(), person.id, role, None, NOW).await.unwrap();
    }
    txn.commit().await.unwrap();
    person.id
}

/// The walker's own sheet and session.
async fn equipped(db: &Db, world: &World, role: Role, id: Uuid) -> Walker {
    let mine = Uuid::now_v7();
    let target = target::Model {
        id: mine,
        inspection_id: world.inspection,
        department_id: home(world, role),
        person_id: id,
        edition_id: world.staff_edition,
        role: "staff".into(),
        system: None,
        person_name: role.short().into(),
        person_kana: "あるく".into(),
        title: "主事".into(),
        attributes: String::new(),
    };
    put::<_, target::ActiveModel>(db, target).await;
    let person = person::Entity::find_by_id(id).one(db.read()).await.unwrap().unwrap();
    let txn = db.begin().await.unwrap();
    let entry = Entry { login: person.staff_no.clone(), way: Way::Password, origin: Origin::default() };
    let token = store::session::open(&txn, &person, &entry, NOW).await.unwrap();
    txn.commit().await.unwrap();
    let original = original::Model {
        id: Uuid::now_v7(),
        inspection_id: world.inspection,
        name: "様式.xlsx".into(),
        sha256: store::ledger::START.into(),
        content: b"PK".to_vec(),
        reading: "[]".into(),
        at: NOW,
        by_person_id: id,
    };
    put::<_, original::ActiveModel>(db, original.clone()).await;
    Walker { role, actor: actor(db, id).await, token, mine, original: original.id }
}

/// 外部監査人: the role for a time, no post.
async fn outside_auditor(db: &Db, world: &World) -> Uuid {
    let officer = actor(db, world.shiina).await;
    let new = NewPerson {
        staff_no: "9-outside".into(),
        name: "外部 監査人".into(),
        kana: "がいぶ".into(),
        employment: "委託".into(),
        email: String::new(),
    };
    let id = store::person::add(db, &officer, new, NOW).await.unwrap();
    let ends_on = Some(TODAY + time::Duration::days(90));
    let txn = db.begin().await.unwrap();
    store::access::grant(&txn, &(&officer).into(), id, Role::Auditor, ends_on, NOW).await.unwrap();
    txn.commit().await.unwrap();
    id
}

impl City {
    /// Builds everything once.
    pub async fn build() -> City {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::sqlite(&folder.path().join("minaoshi.db")).await.unwrap();
        db.migrate().await.unwrap();
        let world = World::build(&db).await;
        let mut people = BTreeMap::new();
        for role in Role::ALL {
            people.insert(role, walker(&db, &world, role).await);
        }
        let outside = outside_auditor(&db, &world).await;
        // The audit of the own department is theirs: so the walk shows that they reach it and no other.
        let (own, other) = two_departments(&db, &world, outside).await;
        let common = of_the_city(&db, &world, people[&Role::Auditor], people[&Role::Csirt]).await;
        let mut walkers = Vec::new();
        for (role, id) in people.into_iter().chain([(Role::Auditor, outside)]) {
            walkers.push(equipped(&db, &world, role, id).await);
        }
        store::backup::write(&db, &folder.path().join("base.db")).await.unwrap();
        db.close().await.unwrap();
        City { folder, world, common, own, other, walkers }
    }

    /// A site on a copy of the city.
    pub async fn copy(&self) -> Site {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(self.folder.path().join("base.db"), folder.path().join("minaoshi.db")).unwrap();
        Site::of(folder).await
    }

    /// 人事課 is everybody's own department, 市民課 the other one.
    pub fn department(&self, own: bool) -> Uuid {
        if own { self.world.jinji } else { self.world.shimin }
    }

    /// A thing by its name in braces; the nil key for what the city has not.
    fn thing(&self, name: &str, walker: &Walker, own: bool) -> Uuid {
        let of_department = if own { &self.own } else { &self.other };
        match name {
            "mine" if own => walker.mine,
            "original" => walker.original,
            _ => of_department.get(name).or(self.common.get(name)).copied().unwrap_or_default(),
        }
    }

    /// An address or a body with everything in braces filled in.
    pub fn filled(&self, pattern: &str, walker: &Walker, own: bool) -> String {
        // A form of one's own sheet names it in the address.
        let own_sheet = pattern.starts_with("/answer/")
            || ["load/form/", "load/answers/"].iter().any(|form| pattern.contains(form));
        let pattern = if own_sheet { pattern.replace("{target}", "{mine}") } else { pattern.to_string() };
        let mut filled = String::new();
        for (index, part) in pattern.split(['{', '}']).enumerate() {
            if index % 2 == 0 {
                filled.push_str(part);
            } else {
                filled.push_str(&self.thing(part, walker, own).to_string());
            }
        }
        filled
    }

    /// Whether something of a department or a person is named.
    pub fn is_scoped(&self, pattern: &str) -> bool {
        names(pattern).any(|name| name == "mine" || self.own.contains_key(name))
    }

    /// Whether everything named exists.
    pub fn knows(&self, pattern: &str) -> bool {
        names(pattern).all(|name| {
            ["mine", "original"].contains(&name)
                || self.own.contains_key(name)
                || self.common.contains_key(name)
        })
    }
}

fn names(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split(['{', '}']).enumerate().filter(|(index, _)| index % 2 == 1).map(|(_, name)| name)
}

type Things = BTreeMap<&'static str, Uuid>;

/// The same things in both departments.
async fn two_departments(db: &Db, world: &World, auditor: Uuid) -> (Things, Things) {
    let places = [
        (world.jinji, world.hirano_target, world.hirano, world.tachibana, auditor, "01"),
        (world.shimin, world.takanashi_target, world.takanashi, world.sawamura, world.kubota, "02"),
    ];
    let mut made = Vec::new();
    for (department, target, person, head, auditor, label) in places {
        let file = with_file(db, target, world.items[0], person).await;
        handed_in(db, target, world.items[0], person).await;
        let (audit, finding) = audited(db, world, department, auditor, label).await;
        let draft = Draft {
            title: "施錠の徹底".into(), fact: "施錠していない。".into(), rule_change: false
        };
        let head = actor(db, head).await;
        let improvement = from_answer(db, &head, target, world.items[0], draft, NOW).await.unwrap();
        let mine = target;
        let place = department::Entity::find_by_id(department).one(db.read()).await.unwrap().unwrap();
        let deputation = deputised(db, department, person, head.person_id).await;
        made.push(BTreeMap::from([
            ("department", department),
            ("division", place.parent_id.unwrap()),
            ("deputation", deputation),
            ("target", target),
            ("mine", mine),
            ("audit", audit),
            ("evidence", file),
            ("finding", finding),
            ("improvement", improvement),
        ]));
    }
    let other = made.pop().unwrap();
    (made.pop().unwrap(), other)
}

/// A workbook that was brought in and read.
async fn brought_in(db: &Db, officer: &Actor, world: &World) -> (Uuid, Uuid, Uuid) {
    let bytes = include_bytes!("../../documents/tests/material/forms/01_kikaku.xlsx");
    let file = NewFile { name: "01.xlsx".into(), content: Ok(bytes.to_vec()) };
    let files = [file].into_iter();
    let id = store::intake::bring(db, officer, world.inspection, "01.xlsx", files, NOW).await.unwrap();
    let waiting = store::intake::waiting(db, 1).await.unwrap();
    let reading = Reading { forms: vec![Form::default()], ignored: Vec::new() };
    store::intake::note(db, waiting[0].id, Ok(reading), NOW).await.unwrap();
    let page = store::intake::page(db, officer, id).await.unwrap();
    (id, waiting[0].id, page.files[0].forms[0].id)
}

/// A 様式 with a word.
async fn kept_layout(db: &Db, officer: &Actor) -> Uuid {
    let column =
        |at: usize, heading: &str, holds| Column { columns: (at, at), heading: vec![heading.into()], holds };
    let columns = vec![column(0, "点検項目", Holds::Question), column(1, "回答", Holds::Answer)];
    let question = |below: usize| Question { below, no: None, text: format!("設問{below}") };
    let layout = Layout {
        fingerprint: "f".into(),
        tables: vec![Table { rows: (1, 1), columns }],
        questions: vec![question(1), question(2)],
        ..Layout::default()
    };
    let id = store::layout::keep(db, officer, "様式", &layout, None, NOW).await.unwrap();
    let meaning = Meaning::Answer(Value::Done);
    store::layout::set_word(db, officer, Some(id), "sumi", meaning, NOW).await.unwrap();
    id
}

/// What belongs to no department.
async fn of_the_city(db: &Db, world: &World, auditor: Uuid, csirt: Uuid) -> Things {
    let officer = actor(db, world.shiina).await;
    let draft = NewAmendment {
        new_text: "職員等は、離席時に端末を施錠しなければならない。".into(),
        reason: "離席の時を明らかにする。".into(),
        note: "監査の指摘".into(),
        ..NewAmendment::default()
    };
    let amendment = store::amendment::draft(db, &officer, world.clauses[1], draft, NOW).await.unwrap();
    let sheet =
        edition::Entity::find_by_id(world.staff_edition).one(db.read()).await.unwrap().unwrap().sheet_id;
    let item = sheet_item::Model {
        id: Uuid::now_v7(),
        sheet_id: sheet,
        question_id: world.questions[0],
        position: 1,
    };
    put::<_, sheet_item::ActiveModel>(db, item).await;
    let inspection = Named::Thing(Subject::Inspection(world.inspection));
    let hold = store::retention::hold::place(db, &officer, inspection, "訴訟", NOW).await.unwrap();
    let disposal = disposal::Model { id: Uuid::now_v7(), number: 1, at: NOW, by_person_id: world.shiina };
    put::<_, disposal::ActiveModel>(db, disposal.clone()).await;
    let draft = plan::draft(db, &officer, world).await;
    let grants = role_grant::Entity::find().all(db.read()).await.unwrap();
    let grant = grants.iter().find(|grant| grant.person_id == csirt).unwrap().id;
    let (intake, file, form) = brought_in(db, &officer, world).await;
    BTreeMap::from([
        ("intake", intake),
        ("layout", kept_layout(db, &officer).await),
        ("intake_file", file),
        ("form", form),
        ("amendment", amendment),
        ("auditor", auditor),
        ("clause", world.clauses[1]),
        ("disposal", disposal.id),
        ("draft", draft),
        ("edition", world.staff_edition),
        ("grant", grant),
        ("hold", hold),
        ("inspection", world.inspection),
        ("item", world.items[0]),
        ("joho", world.joho),
        ("person", world.hirano),
        ("question", world.questions[0]),
        ("revision", world.revision),
        ("sheet", sheet),
        ("unit", world.jinji),
    ])
}
