//! Every table as a file: the rows of its screen, in every form, for nobody but its readers.

#![allow(clippy::unwrap_used, clippy::allow_attributes)]

mod common;
#[path = "../store/tests/cases/common/mod.rs"]
mod small_city;

use common::Site;
use documents::workbook::open;
use domain::permission::export::EXPORTS;
use http::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use server::http::tables::addresses;
use small_city::{NOW, World};
use std::collections::BTreeSet;
use store::entity::{answer, event, submission};
use uuid::Uuid;

/// 平野 of 人事課 and 髙梨 of 市民課 have handed in.
async fn handed_in(site: &Site, world: &World) {
    for (target_id, by_person_id, comment) in
        [(world.hirano_target, world.hirano, "=1+1"), (world.takanashi_target, world.takanashi, "𠮷田に確認")]
    {
        for item_id in &world.items {
            let row = answer::Model {
                id: Uuid::now_v7(),
                target_id,
                item_id: *item_id,
                value: Some("not_done".into()),
                raw: None,
                evidence: String::new(),
                comment: comment.into(),
                planned_on: Some(time::macros::date!(2027 - 01 - 15)),
                version: 1,
                source: "web".into(),
                source_cell: None,
                at: NOW,
                by_person_id,
            };
            site.put::<_, answer::ActiveModel>(row).await;
        }
        let row = submission::Model { id: Uuid::now_v7(), target_id, at: NOW, by_person_id };
        site.put::<_, submission::ActiveModel>(row).await;
    }
}

async fn city() -> (Site, World, String, String) {
    let site = Site::new().await;
    let world = World::build(&site.db).await;
    handed_in(&site, &world).await;
    let (officer, head) = (site.session_of(world.shiina).await, site.session_of(world.tachibana).await);
    (site, world, officer, head)
}

/// The lines of a CSV file without line breaks inside of cells.
fn lines(text: &str) -> Vec<Vec<String>> {
    let cell = |cell: &str| cell.trim_matches('"').to_string();
    text.trim_start_matches('\u{feff}').lines().map(|line| line.split(',').map(cell).collect()).collect()
}

#[test]
fn every_table_that_is_listed_can_be_made_and_nothing_else() {
    let listed: BTreeSet<String> = EXPORTS.iter().map(|export| export.address()).collect();
    let made: BTreeSet<String> = addresses().into_iter().collect();
    assert_eq!(
        made, listed,
        "add the columns to server::http::tables, or the line to domain::permission::export"
    );
}

/// How many rows the table behind the links of a page has on the screen.
fn shown(page: &str) -> usize {
    let table = page.split("<table").nth(1).unwrap_or_default().split("</table>").next().unwrap();
    let bodies = table.split("<thead>").nth(1).unwrap_or(table).split("</thead>").nth(1).unwrap_or_default();
    bodies.matches("<tr").count() - bodies.matches("scope=\"rowgroup\"").count()
}

#[tokio::test]
async fn a_file_holds_as_many_rows_as_its_screen_and_the_three_forms_hold_the_same() {
    let (site, world, officer, _) = city().await;
    let inspection = world.inspection;
    let mut seen = BTreeSet::new();
    for page in [
        "/people".to_string(),
        "/people?q=平".into(),
        "/people?show=without&order=reading".into(),
        "/departments".into(),
        "/systems".into(),
        "/permissions".into(),
        "/policies".into(),
        "/sheets".into(),
        "/retention".into(),
        "/outbox".into(),
        format!("/editions/{}", world.staff_edition),
        format!("/departments/{}", world.jinji),
        format!("/inspections/{inspection}?sort=rate"),
        format!("/inspections/{inspection}/answers?value=not_done"),
        format!("/inspections/{inspection}/results?view=questions"),
        format!("/inspections/{inspection}/results?view=divisions"),
        format!("/inspections/{inspection}/departments/{}", world.jinji),
    ] {
        let html = site.get(&page, &officer).await.body;
        for after in html.split("class=\"export only-screen\"").skip(1) {
            let links: Vec<String> = after
                .split("href=\"")
                .skip(1)
                .take(3)
                .map(|link| link.split('"').next().unwrap().replace("&amp;", "&"))
                .collect();
            let file = site.get(&links[1], &officer).await;
            assert_eq!(file.status, StatusCode::OK, "{}", links[1]);
            let text = String::from_utf8(file.bytes).unwrap();
            let rows = csv_rows(&text);
            // The edition stands on paper chapter by chapter, under one link.
            if !page.starts_with("/editions") {
                assert_eq!(rows.len() - 1, shown(after), "{}", links[1]);
            }
            let book = site.get(&links[0], &officer).await;
            let sheets = open("a.xlsx", &book.bytes).unwrap();
            for (at, row) in rows.iter().enumerate() {
                for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.starts_with('\'')) {
                    let read = sheets[0].text(at + 1, column);
                    let same = read == cell.as_str()
                        || sheets[0].cell(at + 1, column).is_some() && read.is_empty()
                        || cell.is_empty()
                        // Our reader tells the day of a moment only.
                        || read.len() == 10 && cell.starts_with(&format!("{read} "));
                    assert!(same, "{} row {} {cell:?} {read:?}", links[0], at + 1);
                }
            }
            seen.insert(links[1].split('?').next().unwrap().rsplit('/').next().unwrap().to_string());
        }
    }
    assert!(seen.len() >= 14, "{seen:?}");
}

/// The rows of a CSV text with line breaks inside of quotes.
fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut signs = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(sign) = signs.next() {
        match (sign, quoted) {
            ('"', true) if signs.peek() == Some(&'"') => cell.extend(signs.next()),
            ('"', _) => quoted = !quoted,
            (',', false) => row.push(std::mem::take(&mut cell)),
            ('\r', false) => {}
            ('\n', false) => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (other, _) => cell.push(other),
        }
    }
    rows
}

#[tokio::test]
async fn the_file_of_a_head_holds_the_own_department_only_and_the_whole_city_is_refused() {
    let (site, world, officer, head) = city().await;
    let address = format!("/export/inspections/{}/answers/answers?as=csv", world.inspection);
    let all = site.get(&address, &officer).await;
    assert_eq!(lines(&all.body).len(), 1 + 2 * world.items.len());
    let refused = site.get(&address, &head).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    let own = site.get(&format!("{address}&department={}", world.jinji), &head).await;
    let rows = lines(&own.body);
    assert_eq!(rows.len(), 1 + world.items.len());
    assert!(rows[1..].iter().all(|row| row[0] == "人事課"), "{rows:?}");
    let other = site.get(&format!("{address}&department={}", world.shimin), &head).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn formulas_are_neutralised_and_days_are_told_twice() {
    let (site, world, officer, _) = city().await;
    let address = format!("/export/inspections/{}/answers/answers?as=csv", world.inspection);
    let text = site.get(&address, &officer).await.body;
    assert!(text.contains(",'=1+1,"), "{text}");
    assert!(text.contains(",令和9年1月15日,2027-01-15\r\n"), "{text}");
}

#[tokio::test]
async fn what_shift_jis_does_not_hold_is_asked_back_before_anything_is_sent_or_recorded() {
    let (site, world, officer, _) = city().await;
    let exported =
        || event::Entity::find().filter(event::Column::Kind.eq("table.exported")).count(site.db.read());
    let address = format!("/export/inspections/{}/answers/answers?value=not_done&as=sjis", world.inspection);
    let page = site.get(&address, &officer).await;
    assert!(page.header("content-type").starts_with("text/html"));
    for told in ["𠮷", "理由・改善の内容", "UTF-8で保存", "value=not_done&amp;as=csv", "replace=1"]
    {
        assert!(page.body.contains(told), "{told} is missing");
    }
    assert_eq!(exported().await.unwrap(), 0);
    let file = site.get(&format!("{address}&replace=1"), &officer).await;
    assert_eq!(file.header("content-type"), "text/csv; charset=Shift_JIS");
    assert_eq!(exported().await.unwrap(), 1);
    let fits = format!(
        "/export/inspections/{}/answers/answers?department={}&as=sjis",
        world.inspection, world.jinji
    );
    assert_eq!(site.get(&fits, &officer).await.header("content-type"), "text/csv; charset=Shift_JIS");
}
