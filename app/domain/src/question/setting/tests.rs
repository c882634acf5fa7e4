use super::*;
use crate::answer::{Raw, Written};
use uuid::Uuid;

fn levels(target: Option<u8>) -> Scale {
    Scale::Levels {
        texts: ["なし", "一部", "半分", "大半", "全て"].map(String::from).to_vec(), target
    }
}

fn number(limit: Option<&str>, at_most: bool) -> Scale {
    let threshold =
        limit.and_then(|limit| Amount::parse(limit, "")).map(|limit| Threshold { limit, at_most });
    Scale::Number { unit: "件".into(), percent: false, threshold }
}

fn rows() -> Scale {
    Scale::Rows { rows: ["施錠", "持出し", "廃棄"].map(String::from).to_vec() }
}

fn of(scale: Scale) -> Setting {
    Setting { scale, ..Setting::default() }
}

#[test]
fn every_scale_has_its_mark() {
    let day = |within_year| of(Scale::Day { within_year });
    for (setting, key, expected) in [
        (of(Scale::Marks), "partial", Judgement::Marked(Value::Partial)),
        (of(Scale::Marks), "yes", Judgement::Open),
        (of(Scale::YesNo), "yes", Judgement::Marked(Value::Done)),
        (of(Scale::YesNo), "no", Judgement::Marked(Value::NotDone)),
        (of(Scale::YesNo), "na", Judgement::Marked(Value::NotApplicable)),
        (of(levels(Some(4))), "level:5", Judgement::Marked(Value::Done)),
        (of(levels(Some(4))), "level:4", Judgement::Marked(Value::Done)),
        (of(levels(Some(4))), "level:3", Judgement::Marked(Value::Partial)),
        (of(levels(Some(4))), "level:1", Judgement::Marked(Value::NotDone)),
        (of(levels(None)), "level:5", Judgement::Told),
        (of(number(Some("90"), false)), "number:90", Judgement::Marked(Value::Done)),
        (of(number(Some("90"), false)), "number:89.999", Judgement::Marked(Value::NotDone)),
        (of(number(Some("0"), true)), "number:0", Judgement::Marked(Value::Done)),
        (of(number(Some("0"), true)), "number:1", Judgement::Marked(Value::NotDone)),
        (of(number(None, false)), "number:3", Judgement::Told),
        (day(true), "date:2026-04-01", Judgement::Marked(Value::Done)),
        (day(true), "date:2027-03-31", Judgement::Marked(Value::Done)),
        (day(true), "date:2026-03-31", Judgement::Marked(Value::NotDone)),
        (day(false), "date:2019-03-31", Judgement::Marked(Value::Done)),
        (day(true), "date:none", Judgement::Marked(Value::NotDone)),
        (of(rows()), "rows:done,done,done", Judgement::Marked(Value::Done)),
        (of(rows()), "rows:done,na,done", Judgement::Marked(Value::Done)),
        (of(rows()), "rows:done,not_done,done", Judgement::Marked(Value::Partial)),
        (of(rows()), "rows:partial,partial,partial", Judgement::Marked(Value::Partial)),
        (of(rows()), "rows:not_done,na,not_done", Judgement::Marked(Value::NotDone)),
        (of(rows()), "rows:na,na,na", Judgement::Marked(Value::NotApplicable)),
        (of(rows()), "rows:done,,done", Judgement::Open),
        (of(rows()), "rows:done,done", Judgement::Open),
    ] {
        assert_eq!(setting.judge(Raw::from_key(key).as_ref(), 2026), expected, "{key} {:?}", setting.scale);
        let informative = Setting { informative: true, ..setting };
        let told = match expected {
            Judgement::Marked(Value::NotApplicable) | Judgement::Open => expected,
            _ => Judgement::Told,
        };
        assert_eq!(informative.judge(Raw::from_key(key).as_ref(), 2026), told, "{key}, only to know");
    }
    assert_eq!(Setting::default().judge(None, 2026), Judgement::Open);
}

#[test]
fn what_stands_in_the_fields_is_read_or_refused() {
    let typed = |text: &str| Written { typed: text.into(), ..Written::default() };
    let table = |rows: &[&str]| Written {
        rows: rows.iter().map(|row| (*row).to_string()).collect(),
        ..Written::default()
    };
    for (scale, written, expected) in [
        (Scale::Marks, Written::default(), Some(None)),
        (Scale::Marks, Written::choice("done"), Some(Some("done"))),
        (Scale::Marks, Written::choice("yes"), None),
        (Scale::Marks, Written::choice("na"), None),
        (Scale::YesNo, Written::choice("no"), Some(Some("no"))),
        (levels(None), Written::choice("level:2"), Some(Some("level:2"))),
        (number(None, false), typed("１，２００件"), Some(Some("number:1200"))),
        (number(None, false), typed("多数"), None),
        (number(None, false), typed(" "), Some(None)),
        (Scale::Day { within_year: true }, typed("令和8年5月1日"), Some(Some("date:2026-05-01"))),
        (Scale::Day { within_year: true }, typed("5月"), None),
        (Scale::Day { within_year: true }, Written::choice("date:none"), Some(Some("date:none"))),
        (
            Scale::Day { within_year: true },
            Written { choice: "date:none".into(), ..typed("2026-05-01") },
            None,
        ),
        (rows(), table(&["done", "", "partial"]), Some(Some("rows:done,,partial"))),
        (rows(), table(&["", "", ""]), Some(None)),
        (rows(), table(&["done", "na", "done"]), None),
        (rows(), table(&["done", "x", "done"]), None),
    ] {
        let read = of(scale).read(&written, false);
        let key = read.as_ref().map(|raw| raw.as_ref().map(Raw::key)).ok();
        assert_eq!(key, expected.map(|key| key.map(String::from)), "{written:?} {read:?}");
    }
    let na = of(number(None, false)).read(&Written::choice("na"), true);
    assert_eq!(na, Ok(Some(Raw::Mark(Value::NotApplicable))));
    let percent = Scale::Number { unit: String::new(), percent: true, threshold: None };
    assert!(of(percent).read(&typed("100.1%"), false).is_err());
}

#[test]
fn what_was_read_stands_in_the_fields_again() {
    for (scale, key) in [
        (Scale::Marks, "partial"),
        (Scale::YesNo, "yes"),
        (levels(Some(3)), "level:3"),
        (number(None, false), "number:12.5"),
        (Scale::Day { within_year: false }, "date:2026-05-01"),
        (rows(), "rows:done,,not_done"),
    ] {
        let raw = Raw::from_key(key);
        assert_eq!(of(scale).read(&Written::of(raw.as_ref()), false), Ok(raw), "{key}");
    }
}

#[test]
fn hidden_questions_hide_what_depends_on_them() {
    let ids: Vec<Uuid> = (1..=4).map(Uuid::from_u128).collect();
    let after = |question: usize| Shown::After { question: ids[question], answers: vec!["yes".into()] };
    let having = Shown::Having { attribute: Attribute::OfficialSns };
    let conditions = [Shown::Always, after(0), after(1), having];
    let places = |raws: [Option<&'static str>; 4]| {
        let raws: Vec<Option<Raw>> = raws.iter().map(|key| key.and_then(Raw::from_key)).collect();
        let places: Vec<Place> = ids
            .iter()
            .zip(&conditions)
            .zip(&raws)
            .map(|((question, shown), raw)| Place { question: *question, shown, raw: raw.as_ref() })
            .collect();
        let none = hidden(&places, &[]);
        let all = hidden(&places, &[Attribute::OfficialSns]);
        let index = |set: &std::collections::BTreeSet<Uuid>| -> Vec<usize> {
            (0..4).filter(|index| set.contains(&ids[*index])).collect()
        };
        (index(&none), index(&all))
    };
    assert_eq!(places([None; 4]), (vec![1, 2, 3], vec![1, 2]));
    assert_eq!(places([Some("yes"), None, None, None]), (vec![2, 3], vec![2]));
    assert_eq!(places([Some("yes"), Some("yes"), None, None]), (vec![3], vec![]));
    assert_eq!(places([Some("no"), Some("yes"), Some("yes"), None]), (vec![1, 2, 3], vec![1, 2]));
}

#[test]
fn another_scale_or_other_people_change_the_meaning() {
    let before = Setting::default();
    for (now, expected) in [
        (Setting::default(), None),
        (Setting { guidance: "参考".into(), ..Setting::default() }, Some(Change::Minor)),
        (Setting { evidence: true, ..Setting::default() }, Some(Change::Minor)),
        (Setting { gate: true, ..Setting::default() }, Some(Change::Minor)),
        (of(Scale::YesNo), Some(Change::Changed)),
        (Setting { informative: true, ..Setting::default() }, Some(Change::Changed)),
        (
            Setting { shown: Shown::Having { attribute: Attribute::Outsourcing }, ..Setting::default() },
            Some(Change::Changed),
        ),
    ] {
        assert_eq!(now.change_since(&before), expected, "{now:?}");
    }
    assert_eq!(of(levels(Some(3))).change_since(&of(levels(Some(4)))), Some(Change::Changed));
}

#[test]
fn impossible_settings_are_refused_with_their_field() {
    let refused = |setting: Setting| setting.checked().err().and_then(|refusal| refusal.field);
    assert_eq!(refused(Setting::default()), None);
    for (setting, field) in [
        (of(Scale::Levels { texts: vec!["低".into()], target: None }), "level_texts"),
        (of(levels(Some(1))), "target"),
        (of(Scale::Number { unit: " ".into(), percent: false, threshold: None }), "unit"),
        (of(Scale::Rows { rows: vec!["一行".into()] }), "rows"),
        (Setting { guidance: "あ".repeat(LONGEST_GUIDANCE + 1), ..Setting::default() }, "guidance"),
        (Setting { gate: true, ..of(levels(None)) }, "gate"),
        (Setting { gate: true, informative: true, ..Setting::default() }, "gate"),
    ] {
        assert_eq!(refused(setting.clone()).as_deref(), Some(field), "{setting:?}");
    }
}

#[test]
fn a_question_depends_only_on_one_before_it() {
    let ids: Vec<Uuid> = (1..=2).map(Uuid::from_u128).collect();
    let first = of(Scale::YesNo);
    let after = |answer: &str| Setting {
        shown: Shown::After { question: ids[0], answers: vec![answer.into()] },
        ..Setting::default()
    };
    let (yes, done) = (after("yes"), after("done"));
    assert!(fit_together(&[(ids[0], &first), (ids[1], &yes)]).is_ok());
    assert!(fit_together(&[(ids[1], &yes), (ids[0], &first)]).is_err(), "it stands behind");
    assert!(fit_together(&[(ids[0], &first), (ids[1], &done)]).is_err(), "はい・いいえ offers no 実施");
}

#[test]
fn answers_are_told_in_words() {
    for (scale, key, words) in [
        (Scale::Marks, "na", "該当なし"),
        (Scale::YesNo, "yes", "はい"),
        (levels(None), "level:3", "3（半分）"),
        (number(None, false), "number:12.5", "12.5件"),
        (Scale::Day { within_year: true }, "date:2026-05-01", "令和8年5月1日"),
        (Scale::Day { within_year: true }, "date:none", "まだ行っていない"),
        (rows(), "rows:done,,na", "ア 実施、イ 未回答、ウ 該当なし"),
    ] {
        assert_eq!(Raw::from_key(key).map(|raw| of(scale).words(&raw)).as_deref(), Some(words));
    }
}

#[test]
fn many_answers_become_a_distribution() {
    let counts = |list: &[(&str, i64)]| -> Vec<(Raw, i64)> {
        list.iter().filter_map(|(key, number)| Some((Raw::from_key(key)?, *number))).collect()
    };
    for (scale, list, lines) in [
        (Scale::Marks, vec![("done", 3)], vec![]),
        (Scale::YesNo, vec![("yes", 12), ("no", 3)], vec!["はい 12、いいえ 3"]),
        (
            levels(None),
            vec![("level:5", 1), ("level:2", 1)],
            vec!["段階1が0、段階2が1、段階3が0、段階4が0、段階5が1", "平均 3.5"],
        ),
        (
            number(None, false),
            vec![("number:2", 1), ("number:5", 2)],
            vec!["平均 4.0件（2件から5件まで、3件の回答）"],
        ),
        (
            Scale::Day { within_year: true },
            vec![("date:2026-05-01", 1), ("date:none", 2)],
            vec!["日付あり 1（令和8年5月1日）、まだ行っていない 2"],
        ),
        (
            Scale::Rows { rows: vec!["x".into(), "y".into()] },
            vec![("rows:done,na", 2), ("rows:not_done,done", 1)],
            vec![
                "ア　実施 2、一部実施 0、未実施 1、該当なし 0",
                "イ　実施 1、一部実施 0、未実施 0、該当なし 2",
            ],
        ),
        (number(None, false), vec![("number:2", 0)], vec![]),
    ] {
        assert_eq!(summary(&of(scale), &counts(&list)), lines);
    }
}

#[test]
fn the_time_a_sheet_takes_follows_its_formula() {
    let guided = Setting { guidance: "あ".repeat(30), evidence: true, ..Setting::default() };
    for (setting, seconds) in
        [(of(Scale::Marks), 13), (of(levels(None)), 20), (of(rows()), 13 + 24), (guided, 13 + 45 + 3)]
    {
        assert_eq!(setting.seconds(), seconds, "{setting:?}");
    }
    assert_eq!((minutes(0), minutes(1), minutes(61)), (0, 1, 2));
}

#[test]
fn old_rows_read_as_the_default_and_every_setting_survives_its_json() {
    assert_eq!(serde_json::from_str::<Setting>("{}").ok(), Some(Setting::default()));
    for scale in [Scale::Marks, levels(Some(3)), number(Some("12.5"), true), rows()] {
        let setting =
            Setting { gate: true, shown: Shown::Having { attribute: Attribute::MyNumber }, ..of(scale) };
        let json = serde_json::to_string(&setting).unwrap_or_default();
        assert_eq!(serde_json::from_str::<Setting>(&json).ok(), Some(setting), "{json}");
    }
}
