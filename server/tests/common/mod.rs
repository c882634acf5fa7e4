//! The whole router on an empty SQLite database, spoken to without sockets.

#![allow(dead_code, clippy::unwrap_used, clippy::allow_attributes)]

use axum::Router;
use axum::body::{Body, to_bytes};
use domain::role::Role;
use domain::session::Way;
use http::{HeaderMap, Method, Request, StatusCode, header};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use server::directory::Directory;
use server::http::{Service, router};
use server::settings::Settings;
use std::sync::Arc;
use store::Db;
use store::entity::{department, person, post};
use store::ledger::Author;
use store::session::{Entry, Origin};
use time::OffsetDateTime;
use time::macros::{date, datetime};
use tower::ServiceExt;
use uuid::Uuid;

/// The moment at which all tests happen.
pub const NOW: OffsetDateTime = datetime!(2026-11-23 01:00 UTC);

/// A site of its own for one test.
pub struct Site {
    pub db: Db,
    router: Router,
    _folder: tempfile::TempDir,
}

/// What came back.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// The body as it came, for files.
    pub bytes: Vec<u8>,
}

impl Reply {
    /// A header's text; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Site {
    /// An empty site; the session cookie is the one of plain HTTP.
    pub async fn new() -> Site {
        Site::with(Directory::default()).await
    }

    /// The same, with the city's directory.
    pub async fn with(directory: Directory) -> Site {
        let site = Site::made(tempfile::tempdir().unwrap(), directory).await;
        site.db.migrate().await.unwrap();
        site
    }

    /// A site on the database that lies in a folder; a new one is empty and has still to be migrated.
    pub async fn of(folder: tempfile::TempDir) -> Site {
        Site::made(folder, Directory::default()).await
    }

    async fn made(folder: tempfile::TempDir, directory: Directory) -> Site {
        let db = Db::sqlite(&folder.path().join("minaoshi.db")).await.unwrap();
        let settings = Settings {
            data: folder.path().to_path_buf(),
            city: "凪原市".into(),
            secure_cookie: false,
            smtp: None,
            smtp_ca: None,
            mail_hours: domain::calendar::office::Hours::Always,
            mail_from: "minaoshi@localhost".into(),
            trusted_proxies: Vec::new(),
            directory,
        };
        let service = Service { db: db.clone(), settings, clock: Arc::new(|| NOW) };
        Site { db, router: router(service), _folder: folder }
    }

    /// Sends a request.
    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 16 * 1024 * 1024).await.unwrap();
        Reply {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes: bytes.to_vec(),
        }
    }

    /// Opens a page; an empty token means without a session.
    pub async fn get(&self, path: &str, token: &str) -> Reply {
        let request = request(Method::GET, path, token);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form as a browser does.
    pub async fn post(&self, path: &str, token: &str, form: &str) -> Reply {
        let request = request(Method::POST, path, token)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form.to_string())).unwrap()).await
    }

    /// Sends a small text file as a form with a file does.
    pub async fn upload(&self, path: &str, token: &str) -> Reply {
        let request = request(Method::POST, path, token)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        let body =
            "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\na\r\n--x--\r\n";
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Somebody with a post (`Staff`, `Manager` and the like) or a granted role, and the token of an open session.
    pub async fn somebody(&self, role: Role) -> String {
        self.somebody_new(role, false).await
    }

    /// The same; `by_code` when the first password has still to be set.
    pub async fn somebody_new(&self, role: Role, by_code: bool) -> String {
        let id = Uuid::now_v7();
        let person = person::Model {
            id,
            staff_no: id.simple().to_string(),
            name: "平野 渚".into(),
            kana: "ひらの なぎさ".into(),
            employment: "正規".into(),
            email: None,
            since: NOW,
        };
        self.put::<person::Model, person::ActiveModel>(person.clone()).await;
        let post = if Role::GRANTED.contains(&role) { Role::Staff } else { role };
        self.put_post(id, post).await;
        let txn = self.db.begin().await.unwrap();
        if Role::GRANTED.contains(&role) {
            store::access::grant(&txn, &Author::console(), id, role, None, NOW).await.unwrap();
        }
        let way = if by_code { Way::Code } else { Way::Password };
        let entry = Entry { login: person.staff_no.clone(), way, origin: Origin::default() };
        let token = store::session::open(&txn, &person, &entry, NOW).await.unwrap();
        txn.commit().await.unwrap();
        token
    }

    /// The token of an open session of somebody who is there already.
    pub async fn session_of(&self, id: Uuid) -> String {
        let person = person::Entity::find_by_id(id).one(self.db.read()).await.unwrap().unwrap();
        let txn = self.db.begin().await.unwrap();
        let entry = Entry { login: person.staff_no.clone(), way: Way::Password, origin: Origin::default() };
        let token = store::session::open(&txn, &person, &entry, NOW).await.unwrap();
        txn.commit().await.unwrap();
        token
    }

    /// Somebody in the roster, with a post as staff and nothing to sign in with.
    pub async fn in_roster(&self, staff_no: &str) -> Uuid {
        let id = Uuid::now_v7();
        self.put::<person::Model, person::ActiveModel>(person::Model {
            id,
            staff_no: staff_no.into(),
            name: "平野 智子".into(),
            kana: "ひらの ともこ".into(),
            employment: "正規".into(),
            email: None,
            since: NOW,
        })
        .await;
        self.put_post(id, Role::Staff).await;
        id
    }

    async fn put_post(&self, person_id: Uuid, role: Role) {
        let department_id = Uuid::now_v7();
        self.put::<department::Model, department::ActiveModel>(department::Model {
            id: department_id,
            parent_id: None,
            code: department_id.simple().to_string(),
            name: "人事課".into(),
            kind: "department".into(),
            position: 1,
            valid_from: date!(2020 - 04 - 01),
            valid_to: None,
        })
        .await;
        self.put::<post::Model, post::ActiveModel>(post::Model {
            id: Uuid::now_v7(),
            person_id,
            department_id,
            role: role.key().into(),
            kind: "main".into(),
            title: "主事".into(),
            system: (role == Role::SystemManager).then(|| "人事給与システム".into()),
            valid_from: date!(2020 - 04 - 01),
            valid_to: None,
        })
        .await;
    }

    /// A row as it stands.
    pub async fn put<M, A>(&self, model: M)
    where
        M: IntoActiveModel<A>,
        A: ActiveModelTrait,
    {
        let txn = self.db.begin().await.unwrap();
        let active = model.into_active_model().reset_all();
        <A::Entity as EntityTrait>::insert(active).exec_without_returning(&txn).await.unwrap();
        txn.commit().await.unwrap();
    }
}

/// A request as a browser sends it.
pub fn request(method: Method, path: &str, token: &str) -> http::request::Builder {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "127.0.0.1:3000")
        .header(header::ACCEPT, "text/html,application/xhtml+xml");
    if token.is_empty() { request } else { request.header(header::COOKIE, format!("minaoshi={token}")) }
}

/// Every page's address as the application registers it; parameters look like `{name}`.
pub fn pages() -> Vec<String> {
    let listed = leptos_axum::generate_route_list(app::routes::App);
    listed.iter().map(|page| page.path().to_string()).collect()
}

/// An address with all parameters filled in by a key that nothing has.
pub fn filled(pattern: &str) -> String {
    let unknown = Uuid::nil().to_string();
    let segments = pattern.split('/').map(|segment| match segment.strip_prefix([':', '{']) {
        Some(_) => unknown.as_str(),
        None => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}
