//! A realistic pair of revisions: the demo policy, and the same policy after a committee went through it.

#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

use documents::policy::read;
use domain::lineage::{Entry, Kind, Passage, align, entries};
use std::time::Instant;

const POLICY: &str = include_str!("../../demo/policy.md");

/// The policy after nine changes of every kind.
fn revised() -> String {
    let change = |text: String, (from, to): &(&str, &str)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    };
    CHANGES.iter().fold(POLICY.to_string(), change)
}

const CHANGES: [(&str, &str); 7] = [
    // Other words: how often, how long.
    ("保管し、四半期に1回以上、その数量", "保管し、毎月1回以上、その数量"),
    (
        "その日から起算して10日以内に、不要となったIDを停止",
        "その日から起算して5日以内に、不要となったIDを停止",
    ),
    // An inserted item renumbers the three behind it.
    (
        "- イ 職員等は、パスワードを他の者に知られないように管理しなければならない。\n- ウ",
        "- イ 職員等は、認証に用いる端末又はカードを他の者に貸与してはならない。\n- ウ 職員等は、パスワードを他の者に知られないように管理しなければならない。\n- エ",
    ),
    // Split: the second sentence becomes an item of its own.
    (
        "利用していた情報資産を返却しなければならない。また、業務を離れた後も、業務上知り得た情報を漏らしてはならない。",
        "利用していた情報資産を返却しなければならない。\n- エ 職員等は、業務を離れた後も、業務上知り得た情報を漏らしてはならない。",
    ),
    // Merged: two duties about mail in one item.
    (
        "方法によらなければならない。\n- イ 職員等は、電子メールを庁外に送信するときは、",
        "方法によるとともに、電子メールを庁外に送信するときは、",
    ),
    // Moved to another section, and repealed there.
    (
        "- ウ 職員等は、文書を印刷したときは、速やかにこれを複合機等から取り出さなければならない。\n- エ",
        "- ウ",
    ),
    (
        "他の者が操作することができない状態にしなければならない。",
        "他の者が操作することができない状態にしなければならない。\n- エ 職員等は、文書を印刷したときは、速やかにこれを複合機等から取り出さなければならない。",
    ),
];

fn passages(text: &str) -> Vec<Passage> {
    read("policy.md", text.as_bytes()).unwrap().clauses.iter().map(Passage::from).collect()
}

fn of(all: &[Entry], kind: Kind) -> Vec<&Entry> {
    all.iter().filter(|entry| entry.kind == kind).collect()
}

#[test]
fn every_change_of_a_committee_is_found_and_nothing_else() {
    let (old, new) = (passages(POLICY), passages(&revised()));
    let all = entries(&old, &new, &align(&old, &new));
    for entry in all.iter().filter(|entry| entry.kind != Kind::Same) {
        let texts = |of: &[Passage], at: &[usize]| -> Vec<String> {
            at.iter().map(|at| format!("{:?} {}", of[*at].path.last(), of[*at].text)).collect()
        };
        println!("{:?} {:.2} {:.2}", entry.kind, entry.likeness, entry.confidence);
        println!("   {:?}\n   {:?}", texts(&old, &entry.old), texts(&new, &entry.new));
    }
    let counts = Kind::ALL.map(|kind| of(&all, kind).len());
    assert_eq!(counts[..5], [2, 1, 1, 1, 0], "changed, split, merged, new, repealed");
    assert!(of(&all, Kind::New).iter().all(|entry| new[entry.new[0]].text.contains("カードを他の者に貸与")));
    assert!(of(&all, Kind::Moved).iter().any(|entry| new[entry.new[0]].text.contains("複合機")));
}

#[test]
fn a_thousand_clauses_are_aligned_in_a_moment() {
    let chapters = |text: &str| -> Vec<Passage> {
        let one = passages(text);
        let copies = 1_000 / one.len() + 1;
        // Every copy speaks of a system of its own, so that no two clauses are equal.
        let of_copy = |n: usize| {
            one.iter().map(move |passage| Passage {
                path: std::iter::once(format!("第{n}編")).chain(passage.path.clone()).collect(),
                heading: passage.heading.clone(),
                text: passage.text.replace("情報", &format!("第{n}システムの情報")),
            })
        };
        (1..=copies).flat_map(of_copy).collect()
    };
    let (old, new) = (chapters(POLICY), chapters(&revised()));
    let begun = Instant::now();
    let links = align(&old, &new);
    println!("{} and {} clauses in {:?}", old.len(), new.len(), begun.elapsed());
    let all = entries(&old, &new, &links);
    assert!(of(&all, Kind::Repealed).is_empty());
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
}
