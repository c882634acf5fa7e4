//! What a proposed text must obey.

/// What is wrong with a text; empty if nothing is.
pub fn faults(text: &str) -> Vec<&'static str> {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let starts = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    let checks = [
        ("longer than 80 characters", text.chars().count() > 80),
        ("no question", !text.ends_with("か。") || text.matches('。').count() > 1),
        (
            "double negative",
            has(&["いませんか", "ないことはない", "ずにいない", "ないようにしない", "ないでいない"]),
        ),
        ("two negations", negations(text) > 1),
        ("unbalanced brackets", !balanced(text)),
        (
            "a reference to another clause",
            has(&[
                "前項",
                "前条",
                "前号",
                "次の各号",
                "次に掲げる",
                "上記",
                "下記",
                "同項",
                "各号",
                "当該各",
            ]),
        ),
        (
            "a marker",
            text.chars().any(|c| ('\u{E000}'..='\u{F8FF}').contains(&c) || ('①'..='⑳').contains(&c)),
        ),
        (
            "a broken particle",
            text.replace("ものを", "").contains("のを")
                || has(&[
                    "をを",
                    "にに",
                    "はは",
                    "をは、",
                    "はを",
                    "、、",
                    "を又は",
                    "、を",
                    "、に、",
                    "りは、",
                    "がを",
                    "とを、を",
                ]),
        ),
        ("begins with a particle", starts(&["を", "は", "が、", "の", "へ", "、", "又は", "及び", "に、"])),
        ("no predicate", !has(&["ていますか", "でいますか"])),
        ("verb twice", has(&["していしています", "ていてい", "することして", "いますいます"])),
    ];
    checks.into_iter().filter(|(_, wrong)| *wrong).map(|(fault, _)| fault).collect()
}

fn negations(text: &str) -> usize {
    let end = ["ないようにしていますか", "ないよう努めていますか", "ないよう徹底していますか"];
    let denied = usize::from(end.iter().any(|end| text.contains(end)));
    if denied == 0 {
        return 0;
    }
    denied + ["ずに", "ないで", "なければ", "ないまま"].iter().filter(|word| text.contains(**word)).count()
}

fn balanced(text: &str) -> bool {
    let mut open = Vec::new();
    let pairs = [('(', ')'), ('（', '）'), ('「', '」'), ('『', '』')];
    for c in text.chars() {
        if pairs.iter().any(|(o, _)| *o == c) {
            open.push(c);
        } else if let Some((o, _)) = pairs.iter().find(|(_, close)| *close == c)
            && open.pop() != Some(*o)
        {
            return false;
        }
    }
    open.is_empty()
}
