//! Sheets as workbooks, and answers into a department's own: who may take what out, and what stands in it.

#![expect(clippy::unwrap_used, reason = "a test stops where its set-up fails")]

use crate::common::{NOW, Statements, World, actor, places};
use crate::results_common::{answered, crowd, grant, totals_only};
use domain::answer::Value::{Done, NotApplicable, NotDone};
use domain::calendar::{day, iso};
use domain::form::head::{Field, Stands};
use domain::form::old::Old;
use domain::form::placing::Place;
use domain::intake::Certainty;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::collections::BTreeMap;
use store::entity::{event, original};
use store::form::original::{
    Cell, Choices, KEPT, NewOriginal, ReadForm, ReadRow, filling, keep, page as plan, sweep,
};
use store::form::{Filled, Listing, Order, VOLUME, Which, order, page};
use store::{Db, StoreError};
use time::Duration;
use uuid::Uuid;

async fn all(mut order: Order) -> Vec<(String, Vec<Filled>)> {
    let mut books = Vec::new();
    while let Some(book) = order.next().await.unwrap() {
        books.push(book);
    }
    books
}

/// The people of a workbook, each with how many answers stand on the sheet.
fn people(book: &(String, Vec<Filled>)) -> Vec<(&str, usize)> {
    let answers =
        |sheet: &Filled| sheet.questions.iter().filter(|question| question.answer.is_some()).count();
    book.1.iter().map(|sheet| (sheet.person.as_str(), answers(sheet))).collect()
}

async fn anonymous(db: &Db) {
    db.execute("UPDATE inspection SET visibility = 'anonymous'").await.unwrap();
}

#[tokio::test]
async fn all_sheets_go_by_division_the_head_s_first_and_answers_only_as_they_were_handed_in() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        answered(db, &world, world.jinji, world.hirano_target, &[Done, NotApplicable]).await;
        let officer = actor(db, world.shiina).await;
        let empty = all(order(db, &officer, world.inspection, Which::All, false, NOW).await.unwrap()).await;
        let names: Vec<&str> = empty.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["総務部", "市民部"]);
        let mut first = people(&empty[0]);
        assert_eq!(first.remove(0), ("立花 由美子", 0));
        first.sort_unstable();
        assert_eq!(first, [("平野 智子", 0), ("西川 拓也", 0)]);
        let full = all(order(db, &officer, world.inspection, Which::All, true, NOW).await.unwrap()).await;
        let hirano = full[0].1.iter().find(|sheet| sheet.person == "平野 智子").unwrap();
        assert_eq!(hirano.answered_on, Some(day(NOW)), "the day of answering");
        assert!(empty[0].1.iter().all(|sheet| sheet.answered_on.is_none()), "an empty sheet has none");
        assert!(hirano.submitted && hirano.questions.iter().all(|question| question.answer.is_some()));
        assert_eq!(people(&full[1]), [("髙梨 直美", 0)]);
        let told = event::Entity::find().filter(event::Column::Kind.eq("form.exported"));
        assert_eq!(told.count(db.read()).await.unwrap(), 2);
    }
}

#[tokio::test]
async fn answers_that_were_saved_and_not_handed_in_are_their_owner_s_alone() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        answered(db, &world, world.jinji, world.hirano_target, &[Done, NotDone]).await;
        db.execute("DELETE FROM submission").await.unwrap();
        let head = actor(db, world.tachibana).await;
        let which = Which::Target(world.hirano_target);
        let books = all(order(db, &head, world.inspection, which, true, NOW).await.unwrap()).await;
        assert_eq!(people(&books[0]), [("平野 智子", 0)]);
    }
}

#[tokio::test]
async fn everybody_takes_out_what_the_roles_and_the_mode_of_the_inspection_let_them_see() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        grant(db, world.nishikawa, "promoter").await;
        let (head, promoter) = (actor(db, world.tachibana).await, actor(db, world.nishikawa).await);
        let (officer, staff) = (actor(db, world.shiina).await, actor(db, world.hirano).await);
        let id = world.inspection;
        let own = Which::Department(world.jinji);
        let elsewhere = [
            Which::Department(world.shimin),
            Which::Target(world.takanashi_target),
            Which::Division(Uuid::nil()),
        ];
        for actor in [&head, &promoter] {
            let books = all(order(db, actor, id, Which::All, false, NOW).await.unwrap()).await;
            assert_eq!((books.len(), books[0].1.len()), (1, 3), "the own department only");
            for which in elsewhere {
                let refused = order(db, actor, id, which, false, NOW).await;
                assert!(matches!(refused, Err(StoreError::NotFound)), "{which:?}");
            }
        }
        assert!(order(db, &head, id, own, true, NOW).await.is_ok());
        assert!(matches!(order(db, &promoter, id, own, true, NOW).await, Err(StoreError::Forbidden)));
        assert!(matches!(order(db, &staff, id, own, false, NOW).await, Err(StoreError::Forbidden)));
        assert!(matches!(page(db, &staff, id, Listing::None).await, Err(StoreError::Forbidden)));
        totals_only(db).await;
        assert!(matches!(order(db, &head, id, own, true, NOW).await, Err(StoreError::Refused(_))));
        assert!(order(db, &head, id, own, false, NOW).await.is_ok(), "who owes a sheet is no secret");
        assert!(order(db, &officer, id, own, true, NOW).await.is_ok());
        anonymous(db).await;
        assert!(matches!(order(db, &officer, id, own, true, NOW).await, Err(StoreError::Refused(_))));
        let shown = page(db, &officer, id, Listing::Department(world.jinji)).await.unwrap();
        assert!(shown.withheld.is_some() && shown.divisions.iter().all(|division| !division.is_readable()));
        let (of, sheets) = shown.chosen.unwrap();
        assert_eq!((of.unwrap().1.as_str(), sheets.len()), ("人事課", 3));
        let far = page(db, &head, id, Listing::Department(world.shimin)).await;
        assert!(matches!(far, Err(StoreError::NotFound)));
    }
}

#[tokio::test]
async fn many_sheets_are_cut_into_volumes_and_take_one_statement_each() {
    for mut place in places().await {
        let world = World::build(&place.db).await;
        let statements = Statements::of(place.db.read_mut());
        let db = &place.db;
        let officer = actor(db, world.shiina).await;
        let mut counts = Vec::new();
        for more in [0, 2 * VOLUME] {
            let targets = crowd(db, &world, world.shimin, more).await;
            for target in targets.iter().take(3) {
                answered(db, &world, world.shimin, *target, &[Done, Done]).await;
            }
            statements.taken();
            page(db, &officer, world.inspection, Listing::Department(world.shimin)).await.unwrap();
            let shown = statements.taken();
            let order = order(db, &officer, world.inspection, Which::All, true, NOW).await.unwrap();
            let asked = statements.taken();
            let books = all(order).await;
            let sheets: usize = books.iter().map(|(_, sheets)| sheets.len()).sum();
            assert_eq!(sheets, 4 + more);
            counts.push((shown, asked, books.len(), statements.taken()));
        }
        println!("page, order, workbooks, writing: {counts:?}");
        assert_eq!((counts[0].0, counts[0].1), (counts[1].0, counts[1].1));
        assert!(counts[1].0 <= 12 && counts[1].1 <= 12, "{counts:?}");
        assert_eq!(counts[1].2, 4, "総務部 and three volumes of 市民部");
        assert!(counts.iter().all(|(.., books, writing)| writing <= books), "{counts:?}");
    }
}

/// A form of the department with the two questions of the small city, in reverse.
fn read(department: &str, person: &str) -> ReadForm {
    let row = |no: &str, question: &str, row: usize| ReadRow {
        no: no.into(),
        question: question.into(),
        raw: "－".into(),
        comment: "去年の記載".into(),
        places: vec![Place { cell: format!("D{row}"), means: None }],
        comment_cell: Some(format!("E{row}")),
        ..ReadRow::default()
    };
    ReadForm {
        sheet: "点検票".into(),
        department: department.into(),
        person: person.into(),
        wording: [("done".to_string(), "レ".to_string())].into_iter().collect(),
        rows: vec![
            row("1", "端末を持ち出すとき、許可を得ていますか。", 9),
            row("2", "席を離れるとき、端末を施錠していますか。", 10),
            row("3", "朝食をとりましたか。", 11),
        ],
        ..ReadForm::default()
    }
}

fn brought(forms: Vec<ReadForm>) -> NewOriginal {
    NewOriginal { name: "人事課.xlsx".into(), content: b"PK".to_vec(), forms }
}

#[tokio::test]
async fn answers_find_their_cells_in_the_department_s_own_form_and_the_rest_is_said() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let head = actor(db, world.tachibana).await;
        let forms =
            vec![read("総務部　人事課", "平野智子"), read("人事課", "西川拓也"), read("市民課", "髙梨直美")];
        let id = keep(db, &head, world.inspection, brought(forms), NOW).await.unwrap();
        let none = Choices::default();
        let before = plan(db, &head, id, &none, "", NOW).await.unwrap();
        assert_eq!(before.answers(), 0);
        assert!(before.forms[0].refusal.unwrap().contains("提出されていない"));
        assert!(matches!(filling(db, &head, id, &none, NOW).await, Err(StoreError::Refused(_))));
        answered(db, &world, world.jinji, world.hirano_target, &[Done, NotDone]).await;
        answered(db, &world, world.shimin, world.takanashi_target, &[Done, Done]).await;
        let shown = plan(db, &head, id, &none, "", NOW).await.unwrap();
        let owner = shown.forms[0].owner.as_ref().unwrap();
        assert_eq!((owner.target, owner.sureness), (world.hirano_target, Certainty::Sure));
        assert!(shown.forms[2].owner.is_none(), "another department is out of reach, whatever the form says");
        assert!(shown.forms[2].offered.iter().all(|(target, _)| *target != world.takanashi_target));
        let [first, second, third] = shown.forms[0].lines.as_slice() else { panic!("three rows") };
        assert_eq!(first.cells, [("D9".to_string(), "×".to_string())]);
        assert_eq!(first.comment, Some(("E9".to_string(), "理由".to_string())));
        assert_eq!(second.cells, [("D10".to_string(), "レ".to_string())], "in the form's own wording");
        assert_eq!(second.comment, Some(("E10".to_string(), String::new())), "the old reason does not stay");
        assert_eq!((third.cells.len(), third.lacks.len()), (0, 1));
        let (name, content, cells) = filling(db, &head, id, &none, NOW).await.unwrap();
        let named = "人事課_平野智子_回答入り.xlsx";
        assert_eq!((name.as_str(), content.as_slice(), cells.len()), (named, &b"PK"[..], 4));
        for (kind, times) in [("original.brought", 1), ("original.filled", 1), ("response.exported", 1)] {
            let told = event::Entity::find().filter(event::Column::Kind.eq(kind));
            assert_eq!(told.count(db.read()).await.unwrap(), times, "{kind}");
        }
        let owners = [(0, None), (1, Some(world.hirano_target))].into_iter().collect();
        let left_out = Choices { owners, ..Choices::default() };
        let other = plan(db, &head, id, &left_out, "", NOW).await.unwrap();
        assert_eq!((other.forms[0].answers(), other.forms[1].answers()), (0, 2), "the reader chose");
    }
}

#[tokio::test]
async fn a_row_that_is_only_likely_is_written_once_somebody_has_confirmed_it() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, head) = (&place.db, actor(&place.db, world.tachibana).await);
        answered(db, &world, world.jinji, world.hirano_target, &[Done, NotDone]).await;
        let mut form = read("総務部　人事課", "平野智子");
        form.rows[0].question = "端末を持ち出すときは、所属長の承認を受けていますか。".into();
        let id = keep(db, &head, world.inspection, brought(vec![form]), NOW).await.unwrap();
        let owners: BTreeMap<usize, Option<Uuid>> = [(0, Some(world.hirano_target))].into_iter().collect();
        let chosen = Choices { owners, ..Choices::default() };
        let asked = plan(db, &head, id, &chosen, "", NOW).await.unwrap();
        let row = &asked.forms[0].lines[0];
        let (item, no, _) = row.proposed.clone().expect("likely, not sure");
        assert!(row.cells.is_empty() && row.meant.is_none() && row.lacks.len() == 1);
        assert_eq!(
            row.answer.as_deref(),
            Some("未実施"),
            "the answer that waits for the confirmation is shown"
        );
        let confirmed = Choices { rows: [((0, 0), item)].into_iter().collect(), ..chosen.clone() };
        let shown = plan(db, &head, id, &confirmed, "", NOW).await.unwrap();
        let row = &shown.forms[0].lines[0];
        assert_eq!(row.meant.as_ref().map(|(no, _)| *no), Some(no));
        assert!(row.confirmed && row.cells == [("D9".to_string(), "×".to_string())]);
        assert_eq!(row.proposed.as_ref().map(|(item, ..)| *item), Some(item), "it can be taken back");
        let (.., cells) = filling(db, &head, id, &confirmed, NOW).await.unwrap();
        assert!(cells.iter().any(|cell| cell.cell == "D9"));
        let other = Choices { rows: [((0, 0), world.hirano_target)].into_iter().collect(), ..chosen };
        let shown = plan(db, &head, id, &other, "", NOW).await.unwrap();
        assert!(shown.forms[0].lines[0].cells.is_empty(), "another question was confirmed");
    }
}

fn stand(field: Field, cell: &str, text: &str) -> Stands {
    Stands { field, cell: cell.into(), value: text.into(), raw: text.into(), several: false }
}

fn texts(cells: &[Cell]) -> BTreeMap<&str, &str> {
    cells.iter().map(|cell| (cell.cell.as_str(), cell.text.as_str())).collect()
}

#[tokio::test]
async fn a_form_somebody_else_filled_gets_its_owner_s_head_and_keeps_nothing_of_the_other_unless_told() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, head) = (&place.db, actor(&place.db, world.tachibana).await);
        answered(db, &world, world.jinji, world.hirano_target, &[Done, NotDone]).await;
        let mut form = read("総務部　人事課", "西川拓也");
        form.head = vec![
            stand(Field::Department, "B2", "総務部　人事課"),
            stand(Field::Person, "D2", "西川　拓也"),
            stand(Field::Day, "D3", "2025-11-05"),
        ];
        form.remark = Some(("B20".into(), "総評".into()));
        let id = keep(db, &head, world.inspection, brought(vec![form]), NOW).await.unwrap();
        let of = |owner| Choices { owners: [(0, Some(owner))].into_iter().collect(), ..Choices::default() };
        let hirano = of(world.hirano_target);
        let shown = plan(db, &head, id, &hirano, "", NOW).await.unwrap();
        let planned = &shown.forms[0];
        let differ: Vec<(&str, bool)> =
            planned.head.iter().map(|one| (one.before.as_str(), !one.same)).collect();
        assert_eq!(differ, [("総務部　人事課", false), ("西川　拓也", true), ("2025-11-05", true)]);
        assert!(planned.anothers && planned.exchange && planned.rest == Old::Clear);
        assert_eq!(
            planned.left.iter().map(|left| left.cells.join("+")).collect::<Vec<_>>(),
            ["D11+E11", "B20"]
        );
        assert_eq!(planned.remarks[0].cells, ["E10"], "a remark beside an answer that has none");
        let (_, _, cells) = filling(db, &head, id, &hirano, NOW).await.unwrap();
        let written = texts(&cells);
        assert_eq!((written["D2"], written["D3"]), ("平野 智子", iso(day(NOW)).as_str()));
        assert!(["D11", "E11", "B20", "E10"].iter().all(|cell| written[cell].is_empty()), "{written:?}");
        assert!(!written.contains_key("B2"), "what is right stays as it is");
        assert!(cells.iter().all(|cell| cell.day == (cell.cell == "D3")), "a real day stays one");
        let keeping = Choices {
            heads: [(0, false)].into_iter().collect(),
            rests: [(0, Old::Keep)].into_iter().collect(),
            notes: [(0, Old::Keep)].into_iter().collect(),
            ..hirano
        };
        let (_, _, cells) = filling(db, &head, id, &keeping, NOW).await.unwrap();
        assert_eq!(texts(&cells).into_keys().collect::<Vec<_>>(), ["D10", "D9", "E9"]);
        let own =
            keep(db, &head, world.inspection, brought(vec![read("人事課", "平野智子")]), NOW).await.unwrap();
        let shown = plan(db, &head, own, &of(world.hirano_target), "", NOW).await.unwrap();
        assert_eq!(
            (shown.forms[0].anothers, shown.forms[0].rest),
            (false, Old::Keep),
            "one's own entries stay"
        );
    }
}

#[tokio::test]
async fn what_several_forms_of_a_sheet_share_is_neither_exchanged_nor_emptied() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, head) = (&place.db, actor(&place.db, world.tachibana).await);
        answered(db, &world, world.jinji, world.hirano_target, &[Done, NotDone]).await;
        let mut form = read("人事課", "平野智子");
        form.head = vec![stand(Field::Day, "D3", "2025-11-05")];
        form.remark = Some(("B20".into(), "総評".into()));
        let id = keep(db, &head, world.inspection, brought(vec![form.clone(), form]), NOW).await.unwrap();
        let shown = plan(db, &head, id, &Choices::default(), "", NOW).await.unwrap();
        let planned = &shown.forms[0];
        assert!(planned.exchanged.is_empty() && !planned.head[0].same && !planned.head[0].writable);
        assert!(planned.left.iter().any(|left| left.row == "総評" && left.cells.is_empty()));
    }
}

#[tokio::test]
async fn a_working_copy_is_its_bringer_s_for_a_day_and_nobody_s_where_answers_are_kept_back() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let (head, officer) = (actor(db, world.tachibana).await, actor(db, world.shiina).await);
        let staff = actor(db, world.hirano).await;
        let new = || brought(vec![read("人事課", "平野智子")]);
        let id = keep(db, &head, world.inspection, new(), NOW).await.unwrap();
        let none = Choices::default();
        assert!(matches!(plan(db, &officer, id, &none, "", NOW).await, Err(StoreError::NotFound)));
        assert!(matches!(plan(db, &staff, id, &none, "", NOW).await, Err(StoreError::Forbidden)));
        let tomorrow = NOW + KEPT;
        assert!(matches!(plan(db, &head, id, &none, "", tomorrow).await, Err(StoreError::NotFound)));
        sweep(db, tomorrow - Duration::seconds(1)).await.unwrap();
        assert_eq!(original::Entity::find().count(db.read()).await.unwrap(), 1);
        sweep(db, tomorrow).await.unwrap();
        assert_eq!(original::Entity::find().count(db.read()).await.unwrap(), 0);
        let kept = keep(db, &head, world.inspection, new(), NOW).await.unwrap();
        totals_only(db).await;
        assert!(matches!(plan(db, &head, kept, &none, "", NOW).await, Err(StoreError::Refused(_))));
        assert!(matches!(keep(db, &head, world.inspection, new(), NOW).await, Err(StoreError::Refused(_))));
        anonymous(db).await;
        assert!(matches!(
            keep(db, &officer, world.inspection, new(), NOW).await,
            Err(StoreError::Refused(_))
        ));
    }
}
