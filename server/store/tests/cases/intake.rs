//! Workbooks of departments: read once, settled by a person, taken whole; the same figures as from the browser.

#![expect(clippy::unwrap_used, reason = "a test stops where its set-up fails")]

use crate::common::{NOW, Place, World, actor, places};
use domain::actor::Actor;
use domain::answer::{Raw, Value, Written};
use domain::intake::difference::What;
use domain::intake::owner::Said;
use domain::intake::{Certainty, Choice, Fault, State, Together};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::entity::{answer, answer_origin, event, intake_file, intake_row, submission, target_withdrawal};
use store::intake::{
    Form, Item, NewFile, Reading, bring, content, form_page, list, note, origins, page, rehearse, settle,
    settle_owner, settle_together, take, waiting,
};
use store::response::{Draft, Source, save_all};
use store::{Db, StoreError, inspection};
use uuid::Uuid;

const QUESTIONS: [&str; 2] =
    ["席を離れるとき、端末を施錠していますか。", "端末を持ち出すとき、許可を得ていますか。"];

fn item(no: &str, question: &str, value: Option<Value>) -> Item {
    Item {
        no: no.into(),
        question: question.into(),
        answer: value.map(Raw::Mark),
        fault: value.is_none().then_some(Fault::Unanswered),
        raw_answer: value.map(|value| value.sign().to_string()).unwrap_or_default(),
        cell: format!("D{no}"),
        rule: "mark_table".into(),
        ..Item::default()
    }
}

fn form(department: &str, person: &str, values: [Option<Value>; 2]) -> Form {
    let items = [item("1", QUESTIONS[0], values[0]), item("2", QUESTIONS[1], values[1])];
    Form {
        sheet: "点検票".into(),
        said: Said { department: department.into(), person: person.into(), ..Said::default() },
        items: items.into(),
        ..Form::default()
    }
}

fn read(forms: Vec<Form>) -> Result<Reading, String> {
    Ok(Reading { forms, ignored: vec![("記入例".into(), "sample".into())] })
}

/// Brings in one file and reads it; gives the intake and the file.
async fn brought(db: &Db, world: &World, name: &str, reading: Result<Reading, String>) -> (Uuid, Uuid) {
    let officer = actor(db, world.shiina).await;
    let file = NewFile { name: name.into(), content: Ok(name.as_bytes().to_vec()) };
    let intake = bring(db, &officer, world.inspection, name, [file].into_iter(), NOW).await.unwrap();
    let waiting = waiting(db, 10).await.unwrap();
    assert_eq!(waiting.len(), 1);
    note(db, waiting[0].id, reading, NOW).await.unwrap();
    (intake, waiting[0].id)
}

async fn answers(db: &Db, target: Uuid) -> Vec<answer::Model> {
    let rows = answer::Entity::find().filter(answer::Column::TargetId.eq(target));
    let mut rows = rows.all(db.read()).await.unwrap();
    rows.sort_by_key(|row| row.source_cell.clone());
    rows
}

/// 「未実施」, answered in the browser.
fn typed(item: Uuid) -> Draft {
    Draft {
        item,
        written: Written::choice("not_done"),
        comment: "画面で回答".into(),
        evidence: String::new(),
        planned_on: None,
        seen_version: None,
        source: Source::Web,
    }
}

async fn officer(place: &Place, world: &World) -> Actor {
    actor(&place.db, world.shiina).await
}

#[tokio::test]
async fn a_form_is_matched_shown_and_taken_whole_and_its_answers_say_where_they_came_from() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, officer(&place, &world).await);
        let both = [Some(Value::Done), Some(Value::NotApplicable)];
        let reading = read(vec![form("総務部　人事課", "平野　智子", both)]);
        let (intake, file) = brought(db, &world, "平野.xlsx", reading).await;
        let shown = page(db, &officer, intake).await.unwrap();
        let [one] = shown.files.as_slice() else { panic!("one file") };
        assert_eq!(one.refusal, None);
        assert_eq!(one.ignored.len(), 1);
        let owner = one.forms[0].target.as_ref().map(|(target, _)| *target);
        assert_eq!((owner, one.forms[0].sureness), (Some(world.hirano_target), Some(Certainty::Sure)));
        assert_eq!((one.forms[0].taken, one.forms[0].blank), (2, 0));
        assert!(answers(db, world.hirano_target).await.is_empty(), "looking changes nothing");
        let taken = take(db, &officer, file, NOW).await.unwrap();
        assert_eq!((taken.answers, taken.submitted, taken.unfinished), (2, 1, 0));
        let rows = answers(db, world.hirano_target).await;
        assert_eq!(rows[0].source_cell.as_deref(), Some("点検票!D1"));
        let origins = origins(db.read(), world.hirano_target).await.unwrap();
        let origin = &origins[&world.items[0]];
        assert_eq!(
            (origin.file.as_str(), origin.cell.as_str(), origin.raw.as_str()),
            ("平野.xlsx", "D1", "○")
        );
        assert_eq!(origin.sha256, shown.files[0].sha256);
        let again = take(db, &officer, file, NOW).await;
        assert!(matches!(again, Err(StoreError::Refused(_))), "a file is taken once");
        let listed = list(db, &officer, world.inspection).await.unwrap();
        assert_eq!((listed.batches[0].files, listed.batches[0].read, listed.batches[0].taken), (1, 1, 1));
        assert_eq!(content(db, &officer, file).await.unwrap().1, "平野.xlsx");
    }
}

#[tokio::test]
async fn the_board_shows_the_same_as_if_the_browser_had_been_used() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, officer(&place, &world).await);
        let both = [Some(Value::Done), Some(Value::Done)];
        let (_, file) = brought(db, &world, "a.xlsx", read(vec![form("人事課", "平野智子", both)])).await;
        take(db, &officer, file, NOW).await.unwrap();
        let nishikawa = actor(db, world.nishikawa).await;
        let draft = |item| Draft {
            item,
            written: Written::choice("done"),
            comment: String::new(),
            evidence: String::new(),
            planned_on: None,
            seen_version: None,
            source: Source::Web,
        };
        let drafts = vec![draft(world.items[0]), draft(world.items[1])];
        save_all(db, &nishikawa, world.nishikawa_target, drafts, NOW).await.unwrap();
        store::response::submit(db, &nishikawa, world.nishikawa_target, NOW).await.unwrap();
        assert_eq!(submission::Entity::find().count(db.read()).await.unwrap(), 2);
        assert!(store::tally::verify(db).await.unwrap().first.is_none(), "tallies agree with the answers");
        let board = inspection::board(db, &officer, world.inspection, NOW).await.unwrap();
        assert_eq!(board.coverage.submitted, 2);
    }
}

#[tokio::test]
async fn what_is_unclear_unknown_or_in_conflict_has_to_be_settled_before_anything_is_taken() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, officer(&place, &world).await);
        let hirano = actor(db, world.hirano).await;
        let stored = typed(world.items[0]);
        save_all(db, &hirano, world.hirano_target, vec![stored], NOW).await.unwrap();
        let mut twice = form("税務課", "平野智子", [Some(Value::Done), None]);
        twice.items[1].fault = Some(Fault::MultipleMarks);
        twice.items.push(item("9", "朝食をとりましたか。", Some(Value::Done)));
        let (intake, file) = brought(db, &world, "b.xlsx", read(vec![twice])).await;
        let refused = take(db, &officer, file, NOW).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "the name alone is no owner");
        let id = page(db, &officer, intake).await.unwrap().files[0].forms[0].id;
        settle_owner(db, &officer, id, Some(world.hirano_target), false, NOW).await.unwrap();
        let shown = form_page(db, &officer, id, "", NOW).await.unwrap();
        assert_eq!((shown.form.conflicts, shown.form.unclear, shown.form.unmatched), (1, 1, 1));
        assert!(matches!(take(db, &officer, file, NOW).await, Err(StoreError::Refused(_))));
        let row = |position: usize| shown.rows[position].id;
        let wrong = vec![(row(1), Some(Choice::Value(Raw::Level(3))), None)];
        assert!(matches!(settle(db, &officer, id, wrong, NOW).await, Err(StoreError::Refused(_))));
        let choices = vec![
            (row(1), Some(Choice::Value(Raw::Mark(Value::Done))), None),
            (row(2), Some(Choice::LeftOut), None),
        ];
        settle(db, &officer, id, choices, NOW).await.unwrap();
        settle_together(db, &officer, id, Together::Stored, NOW).await.unwrap();
        let taken = take(db, &officer, file, NOW).await.unwrap();
        assert_eq!((taken.answers, taken.submitted), (1, 1));
        let kept = answers(db, world.hirano_target).await;
        let first = kept.iter().find(|row| row.item_id == world.items[0]).unwrap();
        assert_eq!((first.value.as_deref(), first.source.as_str()), (Some("not_done"), "web"));
        let told = event::Entity::find().filter(event::Column::Kind.eq("intake.row_settled"));
        assert_eq!(told.count(db.read()).await.unwrap(), 3);
    }
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing_and_a_corrected_one_replaces_with_consent() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, officer(&place, &world).await);
        let first = || read(vec![form("人事課", "平野智子", [Some(Value::Done), None])]);
        let (_, file) = brought(db, &world, "c.xlsx", first()).await;
        let taken = take(db, &officer, file, NOW).await.unwrap();
        assert_eq!((taken.answers, taken.unfinished), (1, 1));
        let (intake, again) = brought(db, &world, "c.xlsx", first()).await;
        assert!(page(db, &officer, intake).await.unwrap().files[0].again);
        assert_eq!(take(db, &officer, again, NOW).await.unwrap().answers, 0);
        let corrected = read(vec![form("人事課", "平野智子", [Some(Value::NotDone), Some(Value::Done)])]);
        let (intake, file) = brought(db, &world, "c2.xlsx", corrected).await;
        let id = page(db, &officer, intake).await.unwrap().files[0].forms[0].id;
        assert!(matches!(take(db, &officer, file, NOW).await, Err(StoreError::Refused(_))));
        settle_together(db, &officer, id, Together::File, NOW).await.unwrap();
        assert_eq!(take(db, &officer, file, NOW).await.unwrap().answers, 2);
        let origins = answer_origin::Entity::find().count(db.read()).await.unwrap();
        assert_eq!(origins, 3);
    }
}

#[tokio::test]
async fn a_file_of_several_forms_is_taken_whole_or_not_at_all() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, officer(&place, &world).await);
        let done = [Some(Value::Done), Some(Value::Done)];
        let reading = read(vec![
            form("人事課", "平野智子", done),
            form("市民課", "高梨直美", done),
            form("", "誰か", done),
        ]);
        let (intake, file) = brought(db, &world, "d.xlsx", reading).await;
        assert!(matches!(take(db, &officer, file, NOW).await, Err(StoreError::Refused(_))));
        assert!(answers(db, world.hirano_target).await.is_empty());
        let forms = &page(db, &officer, intake).await.unwrap().files[0].forms;
        assert_eq!(forms[1].target.as_ref().map(|(target, _)| *target), Some(world.takanashi_target));
        settle_owner(db, &officer, forms[2].id, None, false, NOW).await.unwrap();
        let taken = take(db, &officer, file, NOW).await.unwrap();
        assert_eq!((taken.answers, taken.submitted), (4, 2));
    }
}

#[tokio::test]
async fn only_the_office_brings_in_and_a_file_that_can_not_be_read_says_why() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let file = || [NewFile { name: "x".into(), content: Ok(vec![1]) }].into_iter();
        for person in [world.tachibana, world.kubota, world.hirano] {
            let other = actor(db, person).await;
            let refused = bring(db, &other, world.inspection, "x", file(), NOW).await;
            assert!(matches!(refused, Err(StoreError::Forbidden)));
        }
        let (intake, id) = brought(db, &world, "e.xls", Err("パスワードで保護されています。".into())).await;
        let officer = officer(&place, &world).await;
        let shown = page(db, &officer, intake).await.unwrap();
        assert!(shown.files[0].unreadable);
        assert!(matches!(take(db, &officer, id, NOW).await, Err(StoreError::Refused(_))));
        inspection::close(db, &officer, world.inspection, NOW).await.unwrap();
        let late = bring(db, &officer, world.inspection, "x", file(), NOW).await;
        assert!(matches!(late, Err(StoreError::Refused(_))));
        assert_eq!(target_withdrawal::Entity::find().count(db.read()).await.unwrap(), 0);
        assert_eq!(intake_file::Entity::find().count(db.read()).await.unwrap(), 1);
        assert_eq!(intake_row::Entity::find().count(db.read()).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_form_that_speaks_of_another_person_is_given_away_only_by_somebody_who_looked() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, officer(&place, &world).await);
        let reading = read(vec![form("人事課", "平野　智子", [Some(Value::Done), None])]);
        let (intake, _) = brought(db, &world, "平野.xlsx", reading).await;
        let id = page(db, &officer, intake).await.unwrap().files[0].forms[0].id;
        let listed = form_page(db, &officer, id, "西川", NOW).await.unwrap().owners;
        let other = listed.iter().find(|owner| owner.target == world.nishikawa_target).unwrap();
        assert_eq!(other.differences.iter().map(|one| one.what).collect::<Vec<_>>(), [What::Person]);
        let given = settle_owner(db, &officer, id, Some(world.nishikawa_target), false, NOW).await;
        let Err(StoreError::Refused(refusal)) = given else { panic!("nobody looked: {given:?}") };
        assert!(refusal.text.contains("平野　智子"), "{}", refusal.text);
        settle_owner(db, &officer, id, Some(world.nishikawa_target), true, NOW).await.unwrap();
        let shown = form_page(db, &officer, id, "", NOW).await.unwrap().form;
        assert_eq!((shown.settled, shown.has_owner, shown.differences.len()), (true, true, 1));
    }
}

#[tokio::test]
async fn many_rows_are_decided_at_once_another_question_is_a_choice_and_all_of_it_is_taken_back() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, officer(&place, &world).await);
        let mut strange = form("人事課", "平野　智子", [Some(Value::Done), None]);
        strange.items.push(item("8", "昼食をとりましたか。", Some(Value::Done)));
        strange.items.push(item("9", "朝食をとりましたか。", Some(Value::Done)));
        let (intake, _) = brought(db, &world, "a.xlsx", read(vec![strange])).await;
        let id = page(db, &officer, intake).await.unwrap().files[0].forms[0].id;
        let look = async || form_page(db, &officer, id, "", NOW).await.unwrap();
        assert_eq!(look().await.together, [(Together::LeftOut, 2)]);
        let nine = look().await.rows[3].id;
        // Naming the question is enough: what stands in the file answers it.
        settle(db, &officer, id, vec![(nine, None, Some(world.items[1]))], NOW).await.unwrap();
        let named = look().await.rows.remove(3);
        assert_eq!((named.item.map(|(item, _)| item), named.state), (Some(world.items[1]), State::Taken));
        // A question that was only proposed is not accepted by leaving it where it stands.
        settle(db, &officer, id, vec![(nine, None, Some(world.items[1]))], NOW).await.unwrap();
        settle_together(db, &officer, id, Together::LeftOut, NOW).await.unwrap();
        assert_eq!(look().await.form.unmatched, 0);
        settle_together(db, &officer, id, Together::Undecided, NOW).await.unwrap();
        let after = look().await;
        assert_eq!((after.form.unmatched, after.rows[3].item), (2, None));
        assert!(after.together.iter().all(|(one, _)| *one != Together::Undecided), "nothing is chosen");
    }
}

#[tokio::test]
async fn what_taking_does_is_said_before_it_is_done() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, officer(&place, &world).await);
        let whole = form("人事課", "平野　智子", [Some(Value::Done), Some(Value::Done)]);
        let mut half = form("人事課", "西川　亮", [Some(Value::NotDone), None]);
        half.said.person = entity_name(db, world.nishikawa_target).await;
        half.sheet = "二枚目".into();
        let (intake, file) = brought(db, &world, "a.xlsx", read(vec![whole, half])).await;
        let told = rehearse(db, &officer, intake, None).await.unwrap();
        assert!(answers(db, world.hirano_target).await.is_empty(), "nothing is written");
        let [half, whole] = told.forms.as_slice() else { panic!("two forms: {:?}", told.forms) };
        assert_eq!((whole.new, whole.replaced, whole.lacks.is_none()), (2, 0, true));
        assert_eq!((half.new, half.replaced), (1, 0));
        let lacks = half.lacks.as_deref().unwrap_or_default();
        assert!(lacks.contains("問1の理由") && lacks.contains("問2の回答"), "{lacks}");
        let done = take(db, &officer, file, NOW).await.unwrap();
        assert_eq!((done.answers, done.submitted, done.unfinished), (3, 1, 1));
        let again = rehearse(db, &officer, intake, Some(file)).await.unwrap();
        assert!(again.taken && again.files.is_empty(), "taken before");
        assert!(rehearse(db, &officer, intake, None).await.unwrap().files.is_empty());
    }
}

async fn entity_name(db: &Db, target: Uuid) -> String {
    let row = store::entity::target::Entity::find_by_id(target).one(db.read()).await.unwrap();
    row.unwrap().person_name
}

#[tokio::test]
async fn two_rows_are_not_taken_for_one_question_and_a_named_question_does_not_put_a_stored_answer_aside() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, officer(&place, &world).await);
        let hirano = actor(db, world.hirano).await;
        let stored = typed(world.items[1]);
        save_all(db, &hirano, world.hirano_target, vec![stored], NOW).await.unwrap();
        let mut twice = form("人事課", "平野　智子", [Some(Value::Done), None]);
        twice.items.push(item("8", "昼食をとりましたか。", Some(Value::Done)));
        twice.items.push(item("9", "朝食をとりましたか。", Some(Value::NotDone)));
        let (intake, file) = brought(db, &world, "a.xlsx", read(vec![twice])).await;
        let id = page(db, &officer, intake).await.unwrap().files[0].forms[0].id;
        let look = async || form_page(db, &officer, id, "", NOW).await.unwrap();
        let rows: Vec<Uuid> = look().await.rows.iter().map(|row| row.id).collect();
        let named = vec![(rows[2], None, Some(world.items[1])), (rows[3], None, Some(world.items[1]))];
        settle(db, &officer, id, named, NOW).await.unwrap();
        let states = async || look().await.rows.iter().map(|row| row.state).collect::<Vec<_>>();
        assert_eq!(states().await[2..], [State::Doubled, State::Doubled]);
        assert!(matches!(take(db, &officer, file, NOW).await, Err(StoreError::Refused(_))));
        settle(db, &officer, id, vec![(rows[3], Some(Choice::LeftOut), None)], NOW).await.unwrap();
        assert_eq!(
            states().await[2..],
            [State::Conflict, State::LeftOut],
            "the stored answer is asked about"
        );
    }
}

#[tokio::test]
async fn a_file_does_not_hold_two_sheets_of_one_person() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, officer(&place, &world).await);
        let both = [Some(Value::Done), Some(Value::Done)];
        let mut second = form("人事課", "平野　智子", both);
        second.sheet = "二枚目".into();
        let forms = vec![form("人事課", "平野　智子", both), second];
        let (intake, file) = brought(db, &world, "a.xlsx", read(forms)).await;
        let shown = page(db, &officer, intake).await.unwrap();
        let refusal = shown.files[0].refusal.clone().unwrap_or_default();
        assert!(refusal.contains("「点検票」と「二枚目」"), "{refusal}");
        settle_owner(db, &officer, shown.files[0].forms[1].id, None, false, NOW).await.unwrap();
        assert_eq!(take(db, &officer, file, NOW).await.unwrap().submitted, 1);
    }
}
