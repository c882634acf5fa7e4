//! 様式: kept, recognised again, departed from; words that settle rows; files read again.

#![expect(clippy::unwrap_used, reason = "a test stops where its set-up fails")]

use crate::common::{NOW, Statements, World, actor, places};
use domain::answer::{Raw, Value};
use domain::intake::owner::Said;
use domain::intake::{Choice, Fault};
use domain::layout::{Change, Column, Drift, Holds, Layout, Meaning, Question, Table};
use sea_orm::{EntityTrait, PaginatorTrait};
use store::entity::{answer, intake_acceptance, intake_row};
use store::intake::{
    Form, Item, NewFile, Reading, bring, form_page, note, origins, page, read_again, read_file_again, settle,
    settle_owner, take, take_ready, waiting,
};
use store::layout::{Reach, accept, discard, explain, habits, keep, list, rename, set_word, take_word_back};
use store::{Db, StoreError, layout};
use uuid::Uuid;

const QUESTIONS: [&str; 2] =
    ["席を離れるとき、端末を施錠していますか。", "端末を持ち出すとき、許可を得ていますか。"];

fn shape(fingerprint: &str) -> Layout {
    let column = |at: usize, heading: &str, holds| Column {
        columns: (at, at),
        heading: vec![heading.to_string()],
        holds,
    };
    let columns = vec![column(0, "点検項目", Holds::Question), column(1, "回答", Holds::Answer)];
    let question = |(below, text): (usize, &str)| Question { below, no: None, text: text.to_string() };
    Layout {
        fingerprint: fingerprint.into(),
        tables: vec![Table { rows: (1, 1), columns }],
        questions: (1..).zip(QUESTIONS).map(question).collect(),
        ..Layout::default()
    }
}

/// A row: an answer, or a text nobody knows.
fn item(no: usize, said: Result<Value, &'static str>) -> Item {
    let word = said.err().unwrap_or_default();
    Item {
        no: no.to_string(),
        question: QUESTIONS[no - 1].into(),
        answer: said.ok().map(Raw::Mark),
        fault: said.err().map(|_| Fault::UnknownAnswer),
        raw_answer: said.map_or(word, Value::sign).to_string(),
        word: word.into(),
        cell: format!("D{no}"),
        rule: "mark_table".into(),
        ..Item::default()
    }
}

fn form(person: &str, said: [Result<Value, &'static str>; 2]) -> Form {
    Form {
        sheet: "点検票".into(),
        said: Said { department: "人事課".into(), person: person.into(), ..Said::default() },
        items: vec![item(1, said[0]), item(2, said[1])],
        ..Form::default()
    }
}

fn read(form: Form) -> Result<Reading, String> {
    Ok(Reading { forms: vec![form], ignored: Vec::new() })
}

/// Brings a file in and reads it; gives its intake and itself.
async fn brought(db: &Db, world: &World, name: &str, reading: Result<Reading, String>) -> (Uuid, Uuid) {
    let officer = actor(db, world.shiina).await;
    let file = NewFile { name: name.into(), content: Ok(name.as_bytes().to_vec()) };
    let intake = bring(db, &officer, world.inspection, name, [file].into_iter(), NOW).await.unwrap();
    let id = waiting(db, 10).await.unwrap()[0].id;
    note(db, id, reading, NOW).await.unwrap();
    (intake, id)
}

async fn only_form(db: &Db, world: &World, intake: Uuid) -> Uuid {
    let officer = actor(db, world.shiina).await;
    page(db, &officer, intake).await.unwrap().files[0].forms[0].id
}

#[tokio::test]
async fn a_layout_is_kept_named_recognised_by_its_newest_version_and_used_no_more() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, actor(&place.db, world.shiina).await);
        let id = keep(db, &officer, " 人事課の様式 ", &shape("a"), None, NOW).await.unwrap();
        let put_right = Layout { head: [("date".to_string(), "B1".to_string())].into(), ..shape("a") };
        let same = keep(db, &officer, "人事課の様式", &put_right, None, NOW).await.unwrap();
        assert_eq!(same, id, "the same headings and questions are the same 様式");
        keep(db, &officer, "人事課の様式", &shape("b"), Some(id), NOW).await.unwrap();
        rename(db, &officer, id, "部の様式", NOW).await.unwrap();
        let known = habits(db.read()).await.unwrap().kept;
        let shapes: Vec<&str> = known.iter().map(|kept| kept.layout.fingerprint.as_str()).collect();
        assert_eq!(shapes, ["b", "a"], "the former shape is still recognised");
        assert_eq!(known[1].layout.head.len(), 1, "by its newest version");
        let listed = list(db, &officer).await.unwrap().layouts;
        assert_eq!((listed.len(), listed[0].name.as_str(), listed[0].shapes), (1, "部の様式", 2));
        assert_eq!(layout::page(db, &officer, id).await.unwrap().versions.len(), 4);
        let nameless = keep(db, &officer, "　", &shape("c"), None, NOW).await;
        assert!(matches!(nameless, Err(StoreError::Refused(_))));
        let empty = keep(db, &officer, "空", &Layout::default(), None, NOW).await;
        assert!(matches!(empty, Err(StoreError::Refused(_))), "nothing to recognise it by");
        discard(db, &officer, id, NOW).await.unwrap();
        assert!(habits(db.read()).await.unwrap().kept.is_empty());
        assert!(matches!(discard(db, &officer, id, NOW).await, Err(StoreError::NotFound)));
        assert!(matches!(layout::page(db, &officer, id).await, Err(StoreError::NotFound)));
        for person in [world.tachibana, world.kubota, world.hirano] {
            let other = actor(db, person).await;
            let refused = keep(db, &other, "x", &shape("x"), None, NOW).await;
            assert!(matches!(refused, Err(StoreError::Forbidden)));
            assert!(matches!(list(db, &other).await, Err(StoreError::Forbidden)));
        }
    }
}

#[tokio::test]
async fn a_form_that_departs_from_its_layout_waits_until_somebody_accepts_its_shape() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, actor(&place.db, world.shiina).await);
        let id = keep(db, &officer, "様式", &shape("a"), None, NOW).await.unwrap();
        let version = habits(db.read()).await.unwrap().kept[0].version;
        let drift = Drift {
            change: Change::RowsMoved,
            cell: "D2".into(),
            text: "行の挿入により、位置が変わっています。".into(),
        };
        let departing = |person: &str| Form {
            version: Some(version),
            fingerprint: "b".into(),
            drifts: vec![drift.clone()],
            ..form(person, [Ok(Value::Done), Ok(Value::Done)])
        };
        let (intake, file) = brought(db, &world, "1.xlsx", read(departing("平野智子"))).await;
        let (_, other) = brought(db, &world, "2.xlsx", read(departing("西川 拓也"))).await;
        let one = only_form(db, &world, intake).await;
        let shown = form_page(db, &officer, one, "", NOW).await.unwrap();
        assert_eq!(shown.form.layout, Some((id, "様式".to_string())));
        assert_eq!(shown.form.drifts, [("D2".to_string(), drift.text.clone())]);
        assert!(matches!(take(db, &officer, file, NOW).await, Err(StoreError::Refused(_))));
        let another = accept(db, &officer, one, &shape("c"), NOW).await;
        assert!(matches!(another, Err(StoreError::Refused(_))), "the sheet is in another shape by now");
        let accepted = accept(db, &officer, one, &shape("b"), NOW).await.unwrap();
        assert_eq!(accepted, 2, "the other file departs in the same way");
        assert_eq!(intake_acceptance::Entity::find().count(db.read()).await.unwrap(), 2);
        let again = accept(db, &officer, one, &shape("b"), NOW).await;
        assert!(matches!(again, Err(StoreError::Refused(_))));
        assert_eq!(habits(db.read()).await.unwrap().kept.len(), 2, "both shapes are known");
        take(db, &officer, file, NOW).await.unwrap();
        let origins = origins(db.read(), world.hirano_target).await.unwrap();
        assert_eq!(origins[&world.items[0]].layout, "様式");
        // Whoever it belongs to: nothing keeps it back on account of its shape.
        let page =
            page(db, &officer, layout::departed(db, &officer, one).await.unwrap().intake).await.unwrap();
        assert!(page.files[0].forms[0].drifts.is_empty());
        let _ = other;
    }
}

#[tokio::test]
async fn a_word_settles_every_open_row_it_stands_in_and_two_marks_or_none_are_never_settled() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, actor(&place.db, world.shiina).await);
        keep(db, &officer, "様式", &shape("a"), None, NOW).await.unwrap();
        let version = habits(db.read()).await.unwrap().kept[0].version;
        let of_layout = |form: Form| Form { version: Some(version), fingerprint: "a".into(), ..form };
        let mut first = of_layout(form("平野智子", [Err("実施ずみ"), Ok(Value::Done)]));
        first.items[1] = Item {
            answer: None,
            fault: Some(Fault::MultipleMarks),
            word: String::new(),
            ..item(2, Ok(Value::Done))
        };
        let (intake, file) = brought(db, &world, "1.xlsx", read(first)).await;
        let second = of_layout(form("西川拓也", [Err("実施 ずみ"), Ok(Value::Done)]));
        let (second, _) = brought(db, &world, "2.xlsx", read(second)).await;
        let (third, _) =
            brought(db, &world, "3.xlsx", read(form("誰か", [Err("実施ずみ"), Ok(Value::Done)]))).await;
        let id = only_form(db, &world, intake).await;
        let done = Meaning::Answer(Value::Done);
        for word in ["○△", "　"] {
            let refused = explain(db, &officer, id, (word, done), Reach::Layout, NOW).await;
            assert!(matches!(refused, Err(StoreError::Refused(_))), "{word}");
        }
        let unkept = only_form(db, &world, third).await;
        let nowhere = explain(db, &officer, unkept, ("実施ずみ", done), Reach::Layout, NOW).await;
        assert!(matches!(nowhere, Err(StoreError::Refused(_))), "it was read by no 様式");
        let rows = explain(db, &officer, id, ("実施ずみ", done), Reach::Layout, NOW).await.unwrap();
        assert_eq!(rows, 2, "in both files of the 様式, however wide the blank");
        let shown = form_page(db, &officer, id, "", NOW).await.unwrap();
        assert_eq!(shown.rows[0].choice, Some(Choice::Value(Raw::Mark(Value::Done))));
        assert_eq!(shown.form.unclear, 1, "two marks stay two marks");
        let other = only_form(db, &world, second).await;
        assert_eq!(form_page(db, &officer, other, "", NOW).await.unwrap().form.unclear, 0);
        assert_eq!(form_page(db, &officer, unkept, "", NOW).await.unwrap().form.unclear, 1);
        let marks = &habits(db.read()).await.unwrap().kept[0].layout.marks;
        assert_eq!(marks.get("実施ずみ").map(String::as_str), Some("done"));
        let blank = vec![(shown.rows[1].id, Some(Choice::Blank), None)];
        settle(db, &officer, id, blank, NOW).await.unwrap();
        take(db, &officer, file, NOW).await.unwrap();
        let origins = origins(db.read(), world.hirano_target).await.unwrap();
        let origin = &origins[&world.items[0]];
        assert_eq!((origin.rule.as_str(), origin.raw.as_str()), ("told", "実施ずみ"));
    }
}

#[tokio::test]
async fn words_of_the_city_are_entered_changed_and_taken_back() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, actor(&place.db, world.shiina).await);
        let set = |meaning| set_word(db, &officer, None, "対応中", meaning, NOW);
        set(Meaning::Answer(Value::Partial)).await.unwrap();
        set(Meaning::Answer(Value::Partial)).await.unwrap();
        set(Meaning::Blank).await.unwrap();
        let words = habits(db.read()).await.unwrap().words;
        assert_eq!(words.get("対応中").map(String::as_str), Some("blank"));
        take_word_back(db, &officer, None, "対応中", NOW).await.unwrap();
        assert!(habits(db.read()).await.unwrap().words.is_empty());
        let gone = take_word_back(db, &officer, None, "対応中", NOW).await;
        assert!(matches!(gone, Err(StoreError::NotFound)));
        let unknown = set_word(db, &officer, Some(Uuid::now_v7()), "済", Meaning::Blank, NOW).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
        let hirano = actor(db, world.hirano).await;
        let refused = set_word(db, &hirano, None, "済", Meaning::Blank, NOW).await;
        assert!(matches!(refused, Err(StoreError::Forbidden)));
    }
}

#[tokio::test]
async fn a_file_read_again_keeps_what_a_person_settled_and_what_was_read_before_stays() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, actor(&place.db, world.shiina).await);
        let first = form("誰か", [Err("実施ずみ"), Err("？")]);
        let (intake, file) = brought(db, &world, "1.xlsx", read(first.clone())).await;
        let id = only_form(db, &world, intake).await;
        settle_owner(db, &officer, id, Some(world.hirano_target), true, NOW).await.unwrap();
        let shown = form_page(db, &officer, id, "", NOW).await.unwrap();
        let not_done = Choice::Value(Raw::Mark(Value::NotDone));
        settle(db, &officer, id, vec![(shown.rows[1].id, Some(not_done.clone()), None)], NOW).await.unwrap();
        assert_eq!(read_again(db, &officer, world.inspection, NOW).await.unwrap(), 1);
        let twice = read_file_again(db, &officer, file, NOW).await;
        assert!(matches!(twice, Err(StoreError::Refused(_))), "it is being read");
        assert!(!page(db, &officer, intake).await.unwrap().files[0].read);
        let meanwhile = form_page(db, &officer, id, "", NOW).await;
        assert!(
            matches!(meanwhile, Err(StoreError::Refused(_))),
            "the address is right and asks for patience"
        );
        assert_eq!(store::intake::list(db, &officer, world.inspection).await.unwrap().batches[0].read, 0);
        assert_eq!(waiting(db, 10).await.unwrap().len(), 1);
        let mut second = first;
        second.items[0] = Item { rule: "told".into(), ..item(1, Ok(Value::Done)) };
        note(db, file, read(second), NOW).await.unwrap();
        assert!(waiting(db, 10).await.unwrap().is_empty());
        assert_eq!(intake_row::Entity::find().count(db.read()).await.unwrap(), 4, "both readings are there");
        let fresh = only_form(db, &world, intake).await;
        assert_ne!(fresh, id);
        let before = form_page(db, &officer, id, "", NOW).await.unwrap();
        assert_eq!(before.form.id, fresh, "the address of before leads to the form as it is read now");
        let shown = form_page(db, &officer, fresh, "", NOW).await.unwrap();
        assert_eq!(shown.form.target.as_ref().map(|(target, _)| *target), Some(world.hirano_target));
        assert_eq!(shown.rows[0].read, Some(Raw::Mark(Value::Done)));
        assert_eq!(shown.rows[1].choice, Some(not_done));
        take(db, &officer, file, NOW).await.unwrap();
        assert_eq!(answer::Entity::find().count(db.read()).await.unwrap(), 2);
        let taken = read_file_again(db, &officer, file, NOW).await;
        assert!(matches!(taken, Err(StoreError::Refused(_))));
        let none = read_again(db, &officer, world.inspection, NOW).await;
        assert!(matches!(none, Err(StoreError::Refused(_))));
    }
}

#[tokio::test]
async fn a_file_its_layout_reads_is_read_again_only_while_it_holds_a_word_nobody_knew() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, actor(&place.db, world.shiina).await);
        keep(db, &officer, "様式", &shape("a"), None, NOW).await.unwrap();
        let version = Some(habits(db.read()).await.unwrap().kept[0].version);
        let by_layout = |said| Form { version, ..form("平野智子", said) };
        let known = by_layout([Ok(Value::Done), Ok(Value::NotDone)]);
        brought(db, &world, "known.xlsx", read(known)).await;
        let none = read_again(db, &officer, world.inspection, NOW).await;
        assert!(matches!(none, Err(StoreError::Refused(_))), "everything in it is known");
        let (_, file) =
            brought(db, &world, "word.xlsx", read(by_layout([Ok(Value::Done), Err("実施ずみ")]))).await;
        assert_eq!(read_again(db, &officer, world.inspection, NOW).await.unwrap(), 1);
        note(db, file, read(by_layout([Ok(Value::Done), Ok(Value::Done)])), NOW).await.unwrap();
        let explained = read_again(db, &officer, world.inspection, NOW).await;
        assert!(matches!(explained, Err(StoreError::Refused(_))), "the newest reading knows the word");
    }
}

#[tokio::test]
async fn all_files_are_taken_together_and_two_for_one_sheet_one_after_the_other() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, actor(&place.db, world.shiina).await);
        let file = |name: &str| NewFile { name: name.into(), content: Ok(name.as_bytes().to_vec()) };
        let files = [file("1.xlsx"), file("2.xlsx"), file("3.xlsx")];
        let intake = bring(db, &officer, world.inspection, "3", files.into_iter(), NOW).await.unwrap();
        let done = [Ok(Value::Done), Ok(Value::Done)];
        let forms = [
            form("平野智子", done),
            form("平野智子", [Ok(Value::NotDone), Ok(Value::Done)]),
            form("西川拓也", done),
        ];
        for (waiting, form) in waiting(db, 10).await.unwrap().into_iter().zip(forms) {
            note(db, waiting.id, read(form), NOW).await.unwrap();
        }
        let all = take_ready(db, &officer, intake, NOW).await.unwrap();
        let (files, answers) = (all.files, all.answers);
        assert_eq!((files, answers), (2, 4), "the second form of 平野 differs from the first and waits");
        let left = page(db, &officer, intake).await.unwrap();
        assert_eq!(left.files[1].forms[0].conflicts, 1);
        assert!(store::tally::verify(db).await.unwrap().first.is_none());
    }
}

#[tokio::test]
async fn the_pages_take_as_many_statements_for_many_files_as_for_few() {
    for mut place in places().await {
        let world = World::build(&place.db).await;
        let statements = Statements::of(place.db.read_mut());
        let (db, officer) = (&place.db, actor(&place.db, world.shiina).await);
        let mut counts = Vec::new();
        for round in 1..=6_u32 {
            let shape = shape(&format!("f{round}"));
            let id = keep(db, &officer, &format!("様式{round}"), &shape, None, NOW).await.unwrap();
            set_word(db, &officer, Some(id), "済み済み", Meaning::Blank, NOW).await.unwrap();
            let kept = Some(habits(db.read()).await.unwrap().kept[0].version);
            let read_by = Form { version: kept, ..form("平野智子", [Ok(Value::Done), Ok(Value::Done)]) };
            let (intake, _) = brought(db, &world, &format!("{round}.xlsx"), read(read_by)).await;
            let first = only_form(db, &world, intake).await;
            // The look is recorded now and not counted below.
            form_page(db, &officer, first, "", NOW).await.unwrap();
            statements.taken();
            list(db, &officer).await.unwrap();
            let listed = statements.taken();
            layout::page(db, &officer, id).await.unwrap();
            let shown = statements.taken();
            habits(db.read()).await.unwrap();
            let known = statements.taken();
            page(db, &officer, intake).await.unwrap();
            let files = statements.taken();
            form_page(db, &officer, first, "", NOW).await.unwrap();
            counts.push((listed, shown, known, files, statements.taken()));
        }
        println!("list, layout, habits, intake, form: {:?}", counts.last());
        assert!(counts.iter().all(|count| *count == counts[0]), "{counts:?}");
        assert!(counts[0].0 <= 5 && counts[0].1 <= 10 && counts[0].2 == 2 && counts[0].3 <= 30, "{counts:?}");
    }
}
