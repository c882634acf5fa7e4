//! Workbooks through the endpoints: our own sheets out, filled, in again and taken; answers into a department's own
//! workbook, of which every other part stays byte for byte.

#![expect(clippy::unwrap_used, reason = "a test stops where its set-up fails")]

#[path = "../store/tests/cases/common/mod.rs"]
mod common;
#[path = "../store/tests/cases/results_common/mod.rs"]
mod results_common;

use axum::Router;
use axum::body::{Body, to_bytes};
use common::{NOW, World, actor, places};
use documents::form::legacy::read_form;
use documents::form::original::{Entry, fill};
use documents::form::{FormReading, read_set};
use domain::answer::Value::{Done, NotDone};
use domain::intake::Certainty;
use domain::session::Way;
use http::{Method, Request, Response, StatusCode, header};
use results_common::answered;
use sea_orm::EntityTrait;
use server::directory::Directory;
use server::http::{Service, router};
use server::settings::Settings;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;
use store::Db;
use store::entity::person;
use store::session::{Entry as SignIn, Origin};
use tower::ServiceExt;
use uuid::Uuid;
use zip::ZipArchive;

/// The router on a database of the small city.
struct Site {
    service: Service,
    router: Router,
    token: String,
}

impl Site {
    /// With the session of a person.
    async fn of(db: &Db, person: Uuid) -> Site {
        let settings = Settings {
            data: std::env::temp_dir(),
            city: "凪原市".into(),
            secure_cookie: false,
            smtp: None,
            smtp_ca: None,
            mail_hours: domain::calendar::office::Hours::Always,
            mail_from: "minaoshi@localhost".into(),
            trusted_proxies: Vec::new(),
            directory: Directory::default(),
        };
        let service = Service { db: db.clone(), settings, clock: Arc::new(|| NOW) };
        let person = person::Entity::find_by_id(person).one(db.read()).await.unwrap().unwrap();
        let txn = db.begin().await.unwrap();
        let entry = SignIn { login: person.staff_no.clone(), way: Way::Password, origin: Origin::default() };
        let token = store::session::open(&txn, &person, &entry, NOW).await.unwrap();
        txn.commit().await.unwrap();
        Site { router: router(service.clone()), service, token }
    }

    async fn send(&self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Response<Body> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "127.0.0.1:3000")
            .header(header::CONTENT_TYPE, kind)
            .header(header::COOKIE, format!("minaoshi={}", self.token));
        self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap()
    }

    async fn get(&self, path: &str) -> (StatusCode, Vec<u8>) {
        let response = self.send(Method::GET, path, "text/plain", Vec::new()).await;
        let status = response.status();
        (status, to_bytes(response.into_body(), 64 * 1024 * 1024).await.unwrap().to_vec())
    }

    /// Sends a file as a form does; gives the status and where it leads, or the page.
    async fn upload(&self, path: &str, name: &str, file: &[u8]) -> (StatusCode, String) {
        let mut body = format!(
            "--x\r\ncontent-disposition: form-data; name=\"page\"\r\n\r\n/\r\n--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let response = self.send(Method::POST, path, "multipart/form-data; boundary=x", body).await;
        let status = response.status();
        match response.headers().get(header::LOCATION) {
            Some(location) => (status, location.to_str().unwrap().to_string()),
            None => {
                let bytes = to_bytes(response.into_body(), 1024 * 1024).await.unwrap();
                (status, String::from_utf8_lossy(&bytes).into_owned())
            }
        }
    }
}

/// The parts of a package, inflated.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            (part.name().unwrap().into_owned(), content)
        })
        .collect()
}

fn changed(before: &[u8], after: &[u8]) -> Vec<String> {
    let (before, after) = (parts(before), parts(after));
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names.into_iter().filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

/// Every answer cell of a workbook of ours filled in.
fn filled_in(bytes: &[u8], text: &str) -> (Vec<(String, FormReading)>, Vec<u8>) {
    let sheets = read_set(bytes).unwrap();
    let cells = sheets.iter().flat_map(|(tab, reading)| {
        reading.answers.iter().map(|answer| Entry {
            sheet: tab.clone(),
            cell: answer.cell.clone(),
            text: text.to_string(),
            day: false,
        })
    });
    let filled = fill(bytes, &cells.collect::<Vec<_>>()).unwrap();
    (sheets, filled)
}

#[tokio::test]
async fn a_sheet_of_ours_goes_out_empty_comes_back_filled_and_is_taken_without_a_doubt() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, id) = (&place.db, world.inspection);
        let site = Site::of(db, world.shiina).await;
        let path = format!("/download/forms/{id}/departments/{}", world.jinji);
        let (status, bytes) = site.get(&path).await;
        assert_eq!(status, StatusCode::OK);
        let (sheets, filled) = filled_in(&bytes, "実施");
        let keys: Vec<&str> = sheets.iter().map(|(_, reading)| reading.target_key.as_str()).collect();
        assert_eq!(keys.len(), 3, "the head and two of the staff");
        let (status, intake) = site.upload(&format!("/upload/intake/{id}"), "人事課.xlsx", &filled).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        server::jobs::intake::read_waiting(&site.service).await.unwrap();
        let officer = actor(db, world.shiina).await;
        let intake: Uuid = intake.rsplit('/').next().unwrap().parse().unwrap();
        let shown = store::intake::page(db, &officer, intake).await.unwrap();
        let [file] = shown.files.as_slice() else { panic!("one file") };
        assert_eq!(file.refusal, None);
        assert!(file.forms.iter().all(|form| form.sureness == Some(Certainty::Sure)
            && form.why == "様式の番号"
            && (form.blank, form.unclear, form.unmatched, form.conflicts) == (0, 0, 0, 0)));
        let taken = store::intake::take(db, &officer, file.id, NOW).await.unwrap();
        assert_eq!((taken.answers, taken.submitted, taken.unfinished), (5, 3, 0));
        // And out again, with the answers.
        let (status, bytes) = site.get(&format!("{path}?answers=1")).await;
        assert_eq!(status, StatusCode::OK);
        let again = read_set(&bytes).unwrap();
        let answers = again.iter().flat_map(|(_, reading)| &reading.answers);
        assert!(answers.clone().count() == 5 && answers.clone().all(|answer| answer.raw == "実施"));
    }
}

#[tokio::test]
async fn all_sheets_leave_as_one_zip_with_a_workbook_for_each_division() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let site = Site::of(&place.db, world.shiina).await;
        let (status, bytes) = site.get(&format!("/download/forms/{}", world.inspection)).await;
        assert_eq!(status, StatusCode::OK);
        let books = parts(&bytes);
        let names: Vec<&String> = books.keys().collect();
        assert_eq!(names, ["市民部_空.xlsx", "総務部_空.xlsx"]);
        assert_eq!(read_set(&books["総務部_空.xlsx"]).unwrap().len(), 3);
        let shown = read_form("総務部.xlsx", &books["総務部_空.xlsx"]).unwrap();
        let tabs: Vec<&str> = shown.ignored.iter().map(|ignored| ignored.sheet.as_str()).collect();
        assert!(tabs.contains(&"目次"), "the list in front is no form: {tabs:?}");
        let head = Site::of(&place.db, world.tachibana).await;
        let (status, bytes) = head.get(&format!("/download/forms/{}", world.inspection)).await;
        assert_eq!((status, read_set(&bytes).unwrap().len()), (StatusCode::OK, 3), "one workbook is no zip");
        let other = format!("/download/forms/{}/divisions/{}", world.inspection, Uuid::nil());
        assert_eq!(head.get(&other).await.0, StatusCode::NOT_FOUND);
    }
}

const SMALL: &[u8] = include_bytes!("../documents/tests/material/forms/05_kominkan_small.xlsx");
const KOSEKI: &[u8] = include_bytes!("../documents/tests/material/forms/02_koseki_choice.xlsx");

/// The two questions of the staff's sheet become two of a form.
async fn asks(db: &Db, world: &World, questions: [&str; 2]) {
    for (item, text) in world.items.iter().zip(questions) {
        let row = store::entity::edition_item::ActiveModel {
            id: sea_orm::Set(*item),
            text: sea_orm::Set(text.into()),
            ..Default::default()
        };
        let txn = db.begin().await.unwrap();
        store::entity::edition_item::Entity::update(row).exec(&txn).await.unwrap();
        txn.commit().await.unwrap();
    }
}

#[tokio::test]
async fn a_department_s_own_workbook_comes_back_with_the_answers_and_is_otherwise_the_same() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, id) = (&place.db, world.inspection);
        answered(db, &world, world.jinji, world.hirano_target, &[Done, NotDone]).await;
        let site = Site::of(db, world.tachibana).await;
        for (name, before, rows) in [("small.xlsx", SMALL, [6, 3]), ("koseki.xlsx", KOSEKI, [2, 5])] {
            let read = read_form(name, before).unwrap();
            let form = &read.forms[0];
            asks(db, &world, rows.map(|row| form.items[row].question.as_str())).await;
            let (status, page) = site.upload(&format!("/upload/original/{id}"), name, before).await;
            assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
            let chosen = format!("owner0={}&head0=keep&rest0=keep&note0=keep", world.hirano_target);
            let (status, shown) = site.get(&format!("{page}?{chosen}")).await;
            let shown = String::from_utf8(shown).unwrap();
            assert!(status == StatusCode::OK && shown.contains("2問の回答を書き込む"), "{shown}");
            let (status, after) =
                site.get(&format!("/download{page}?{chosen}").replace("originals", "original")).await;
            assert_eq!(status, StatusCode::OK);
            let sheets = |part: &String| part.starts_with("xl/worksheets/sheet") || part == "xl/workbook.xml";
            let different = changed(before, &after);
            assert!(!different.is_empty() && different.iter().all(sheets), "{name}: {different:?}");
            let again = read_form(name, &after).unwrap();
            for (index, (old, new)) in form.items.iter().zip(&again.forms[0].items).enumerate() {
                // What a formula gives is computed when somebody opens the workbook.
                if old.formula && !rows.contains(&index) {
                    continue;
                }
                let given = match index {
                    index if index == rows[0] => Some(domain::answer::Raw::Mark(Done)),
                    index if index == rows[1] => Some(domain::answer::Raw::Mark(NotDone)),
                    _ => old.answer.clone(),
                };
                let asked =
                    given.map(|raw| domain::intake::on_scale(raw, &domain::question::setting::Scale::Marks));
                let found = new
                    .answer
                    .clone()
                    .map(|raw| domain::intake::on_scale(raw, &domain::question::setting::Scale::Marks));
                assert_eq!(found, asked, "{name}: {}", old.question);
            }
        }
    }
}

#[tokio::test]
async fn what_cannot_be_filled_is_refused_with_what_to_do_instead() {
    let place = places().await.remove(0);
    let world = World::build(&place.db).await;
    let site = Site::of(&place.db, world.shiina).await;
    let (_, ours) =
        site.get(&format!("/download/forms/{}/sheets/{}", world.inspection, world.hirano_target)).await;
    let csv = include_bytes!("../documents/tests/material/forms/08_suido_small_bom.csv");
    let xls = include_bytes!("../documents/tests/material/forms/06_R6自己点検_道路河川課.xls");
    let ods = include_bytes!("../documents/tests/material/forms/09_kaikei.ods");
    for (name, bytes, word) in [
        ("a.csv", &csv[..], ".xlsx、.xlsm"),
        ("a.xls", &xls[..], ".xlsx、.xlsm"),
        ("a.ods", &ods[..], ".xlsx、.xlsm"),
        ("own.xlsx", &ours[..], "このシステムが出力したもの"),
    ] {
        let (status, page) =
            site.upload(&format!("/upload/original/{}", world.inspection), name, bytes).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(page.contains(word), "{name}: {page}");
    }
}
