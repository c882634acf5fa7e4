//! The workbook of the board holds exactly what the screen shows: the rows, their order, and every cell.

#![allow(clippy::unwrap_used, clippy::allow_attributes)]

mod common;
#[path = "../store/tests/cases/common/mod.rs"]
mod small_city;

use common::Site;
use documents::workbook::{Cell, Sheet, open};
use domain::calendar::{parse_day, short_day};
use domain::rate::percent;
use small_city::{NOW, World};
use store::entity::{confirmation, sheet_return, submission};
use uuid::Uuid;

/// 平野 was given back; 髙梨 handed in and 市民課 is confirmed; the deadline has passed.
async fn last_days(site: &Site, world: &World) {
    for (target_id, by_person_id, back) in
        [(world.hirano_target, world.hirano, true), (world.takanashi_target, world.takanashi, false)]
    {
        let id = Uuid::now_v7();
        site.put::<_, submission::ActiveModel>(submission::Model { id, target_id, at: NOW, by_person_id })
            .await;
        if back {
            let row = sheet_return::Model {
                id: Uuid::now_v7(),
                submission_id: id,
                reason: "理由".into(),
                at: NOW,
                by_person_id: world.tachibana,
            };
            site.put::<_, sheet_return::ActiveModel>(row).await;
        }
    }
    let row = confirmation::Model {
        id: Uuid::now_v7(),
        inspection_id: world.inspection,
        department_id: world.shimin,
        note: String::new(),
        at: NOW,
        by_person_id: world.sawamura,
        capacity: String::new(),
    };
    site.put::<_, confirmation::ActiveModel>(row).await;
    site.db.execute("UPDATE inspection SET due_on = '2026-11-20'").await.unwrap();
}

/// The text of a piece of HTML without spaces.
fn text(html: &str) -> String {
    let mut text = String::new();
    let mut outside = true;
    for c in html.chars() {
        match c {
            '<' => outside = false,
            '>' => outside = true,
            c if outside && !c.is_whitespace() => text.push(c),
            _ => {}
        }
    }
    text
}

/// The rows of the page's table, without the last cell, which holds buttons.
fn screen(html: &str) -> Vec<Vec<String>> {
    let body = html.split("table--stick").nth(1).unwrap_or_default();
    let body = body.split("</table>").next().unwrap();
    let rows = body.split("data-row=").skip(1);
    rows.map(|row| {
        let cells = row.split("<t").skip(1).filter(|part| part.starts_with(['d', 'h']));
        let mut cells: Vec<String> =
            cells.map(|cell| text(&format!("<t{}", cell.split("</t").next().unwrap()))).collect();
        cells.pop();
        cells
    })
    .collect()
}

fn dash(text: String) -> String {
    if text == "0" { "―".into() } else { text }
}

/// 令和8年11月23日 10:00 as the screen says it: 11月23日（月）10:00, without its blanks.
fn parse_moment(text: &str) -> Option<String> {
    let (day, time) = text.split_once(' ')?;
    let (hour, minute) = time.split_once(':')?;
    let at = parse_day(day)?.with_hms(hour.parse().ok()?, minute.parse().ok()?, 0).ok()?;
    Some(domain::calendar::short_time(at.assume_offset(time::macros::offset!(+9))))
}

/// A row of the workbook in the words of the screen.
fn line(sheet: &Sheet, row: usize, sorted: bool) -> Vec<String> {
    let cell = |column: usize| sheet.text(row, column).to_string();
    let rate = match sheet.cell(row, 4) {
        Some(Cell::Number(rate)) => format!("{}%", percent(Some(*rate))),
        _ => cell(4),
    };
    let sum = cell(1) == "（部の計）";
    let name = match (sum, sorted) {
        (true, _) => cell(0),
        (false, true) => format!("{}{}", cell(1), cell(0)),
        (false, false) => cell(1),
    };
    let due = match (cell(14).is_empty(), sheet.cell(row, 13)) {
        (true, Some(_)) => parse_day(&cell(12)).map(short_day).unwrap_or_default(),
        _ => cell(14),
    };
    let when = parse_moment(&cell(9)).unwrap_or_default();
    let family = cell(11).split_whitespace().next().unwrap_or_default().to_string();
    let confirmed = format!("{}{when}{family}", cell(8)).split_whitespace().collect();
    vec![name, cell(2), cell(3), rate, dash(cell(5)), dash(cell(7)), confirmed, due]
}

#[tokio::test]
async fn the_workbook_is_the_table_on_the_screen_for_every_filter_and_order() {
    let site = Site::new().await;
    let world = World::build(&site.db).await;
    last_days(&site, &world).await;
    let token = site.session_of(world.shiina).await;
    let mut lengths = Vec::new();
    for query in [
        "",
        "?show=missing",
        "?show=overdue&sort=rate",
        "?show=returned",
        "?show=unconfirmed&sort=missing",
        "?sort=rate",
        "?show=overdue&sort=nonsense",
        "?sort=missing&turn=1",
        "?show=missing&sort=due&turn=1",
        &format!("?division={}", world.somu),
        &format!("?division={}&sort=missing", world.somu),
    ] {
        let page = site.get(&format!("/inspections/{}{query}", world.inspection), &token).await;
        let file = site.get(&format!("/export/inspections/{}/board{query}", world.inspection), &token).await;
        let shown = screen(&page.body);
        let sheets = open("進行状況.xlsx", &file.bytes).unwrap();
        let sorted = ["sort=rate", "sort=missing", "sort=due"].iter().any(|sort| query.contains(sort));
        let written: Vec<Vec<String>> =
            (2..=shown.len() + 1).map(|row| line(&sheets[0], row, sorted)).collect();
        assert_eq!(written, shown, "{query}");
        assert_eq!(sheets[0].text(shown.len() + 2, 1), "", "no further row for {query}");
        lengths.push(shown.len());
    }
    assert!(lengths[0] > lengths[2] && lengths[2] > 0, "{lengths:?}");
}

#[tokio::test]
async fn a_remark_after_the_reminder_keeps_what_was_asked_and_foreign_keys_are_not_found() {
    let site = Site::new().await;
    let world = World::build(&site.db).await;
    let token = site.session_of(world.shiina).await;
    let id = world.inspection;
    let form = format!("inspection={id}&departments={}&query=%3Fshow%3Dmissing%26sort%3Drate", world.jinji);
    let reply = site.post("/api/inspection/remind", &token, &form).await;
    assert_eq!(
        reply.header("location"),
        format!("/inspections/{id}?show=missing&sort=rate&reminded=3&of={0}#d-{0}", world.jinji)
    );
    let form = format!("inspection={id}&departments=x&query=");
    assert_eq!(site.post("/api/inspection/remind", &token, &form).await.status, http::StatusCode::NOT_FOUND);
}
