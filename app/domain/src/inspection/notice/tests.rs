use super::*;
use time::macros::date;

const OPENS: Date = date!(2026 - 11 - 02);
/// A Friday.
const DUE: Date = date!(2026 - 11 - 27);

fn usual() -> Vec<Rule> {
    let planned = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Waiting);
    planned.map(Rule::usual).collect()
}

#[test]
fn what_waits_is_looked_at_on_each_open_day_after_the_start_and_never_planned() {
    let rules = [Rule::usual(Kind::Waiting)];
    let calendar = Calendar::default();
    assert_eq!(plan(&rules, OPENS, DUE), []);
    for (today, expected) in [
        (OPENS, false),
        (date!(2026 - 11 - 04), true),
        // A Saturday, a holiday.
        (date!(2026 - 11 - 21), false),
        (date!(2026 - 11 - 23), false),
        (date!(2026 - 12 - 18), true),
    ] {
        let found = due(&rules, OPENS, DUE, today, &calendar);
        let occasion = Occasion { planned_on: today, kind: Kind::Waiting };
        assert_eq!(found, if expected { vec![occasion] } else { vec![] }, "{today}");
    }
}

#[test]
fn each_notice_has_its_day_and_the_latest_reminder_stands_for_all() {
    let calendar = Calendar::default();
    for (today, expected) in [
        (date!(2026 - 10 - 30), vec![]),
        (date!(2026 - 11 - 02), vec![(Kind::Start, OPENS)]),
        (date!(2026 - 11 - 19), vec![(Kind::Start, OPENS)]),
        (date!(2026 - 11 - 20), vec![(Kind::Start, OPENS), (Kind::Before, date!(2026 - 11 - 20))]),
        (
            date!(2026 - 11 - 25),
            vec![
                (Kind::Start, OPENS),
                (Kind::Before, date!(2026 - 11 - 24)),
                (Kind::Digest, date!(2026 - 11 - 24)),
            ],
        ),
        (date!(2026 - 11 - 27), vec![(Kind::Start, OPENS), (Kind::OnDay, DUE), (Kind::Digest, DUE)]),
        // One day after is a Saturday; the office is open again on Monday.
        (date!(2026 - 11 - 30), vec![(Kind::Overdue, date!(2026 - 11 - 28)), (Kind::Digest, DUE)]),
        (date!(2026 - 12 - 02), vec![(Kind::Overdue, date!(2026 - 12 - 02)), (Kind::Digest, DUE)]),
    ] {
        let found: Vec<_> = due(&usual(), OPENS, DUE, today, &calendar)
            .iter()
            .map(|one| (one.kind, one.planned_on))
            .collect();
        assert_eq!(found, expected, "{today}");
    }
}

#[test]
fn what_falls_on_a_closed_day_waits_and_what_is_switched_off_is_silent() {
    // The due day is a holiday: nothing on the day itself, and no word of it afterwards.
    let due_on = date!(2026 - 11 - 23);
    let calendar = Calendar { closed: [date!(2026 - 11 - 16)].into(), every_day: false };
    let kinds = |today| -> Vec<Kind> {
        let found = due(&usual(), OPENS, due_on, today, &calendar);
        found.into_iter().map(|one| one.kind).filter(|kind| *kind != Kind::Start).collect()
    };
    assert_eq!(kinds(date!(2026 - 11 - 17)), [Kind::Before], "planned for the closed 16th");
    assert_eq!(kinds(date!(2026 - 11 - 24)), [Kind::Overdue, Kind::Digest]);
    let off: Vec<Rule> = usual().into_iter().map(|rule| Rule { active: false, ..rule }).collect();
    assert_eq!(due(&off, OPENS, DUE, DUE, &calendar), []);
    assert_eq!(
        plan(&[Rule { days: vec![40], ..Rule::usual(Kind::Before) }], OPENS, DUE),
        [],
        "before the start"
    );
}

#[test]
fn days_are_read_or_refused() {
    assert_eq!(read_days(Kind::Before, "３、7,3"), Ok(vec![7, 3]));
    assert_eq!(read_days(Kind::Digest, "0"), Ok(vec![0]));
    assert_eq!(read_days(Kind::Start, "x"), Ok(vec![]), "has no days");
    for (kind, text) in
        [(Kind::Before, ""), (Kind::Before, "0"), (Kind::Overdue, "あ"), (Kind::Overdue, "61")]
    {
        assert_eq!(read_days(kind, text).unwrap_err().field.as_deref(), Some("days"), "{text}");
    }
    assert_eq!(Rule::usual(Kind::Before).days_text(), "7、3");
}

#[test]
fn unknown_blanks_are_refused_and_known_ones_filled() {
    for kind in Kind::ALL {
        let rule = Rule::usual(kind);
        assert_eq!(check(kind, "subject", &rule.subject), Ok(()));
        assert_eq!(check(kind, "body", &rule.body), Ok(()));
    }
    for text in ["{名前}様", "{氏名", "氏名}", "", "{未提出者}", "{未回答者}"] {
        assert_eq!(check(Kind::Start, "body", text).unwrap_err().field.as_deref(), Some("body"), "{text}");
    }
    // The list under its name from before, in a text an officer wrote then.
    assert_eq!(check(Kind::Digest, "body", "{未回答者}"), Ok(()));
    assert_eq!(fill("{未回答者}と{未提出者}", &[("未提出者", "・平野".to_string())]), "・平野と・平野");
    let values = [("氏名", "{期限}".to_string()), ("期限", "11月27日".to_string())];
    assert_eq!(fill("{氏名}は{期限}まで", &values), "{期限}は11月27日まで");
}

#[test]
fn nothing_is_looked_at_before_the_first_occasion_of_anybody() {
    let calendar = Calendar::default();
    let only = |kind| -> Vec<Rule> {
        usual().into_iter().map(|rule| Rule { active: rule.kind == kind, ..rule }).collect()
    };
    let longer = date!(2026 - 12 - 18);
    for (rules, today, expected) in [
        (usual(), date!(2026 - 10 - 30), false),
        (usual(), OPENS, true),
        (only(Kind::Overdue), date!(2026 - 11 - 27), false),
        // The deadline of some has passed, that of others has not.
        (only(Kind::Overdue), date!(2026 - 11 - 30), true),
        (only(Kind::Before), date!(2026 - 11 - 19), false),
        (only(Kind::Before), date!(2026 - 12 - 11), true),
    ] {
        assert_eq!(any_due(&rules, OPENS, [DUE, longer], today, &calendar), expected, "{today}");
    }
}
