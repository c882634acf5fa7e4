//! Policies from files: the founding document, by-laws, and arbitrary text.

use documents::policy::{questions_json, read, to_json};
use domain::clause::{Class, ClauseText};
use domain::policy::PolicyText;
use domain::question::{duplicates, propose};
use proptest::prelude::*;

const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/material/policies/seed.md");

/// The founding document.
fn seed() -> PolicyText {
    let bytes = std::fs::read(SEED).unwrap_or_default();
    read("seed.md", &bytes).unwrap_or_else(|refused| panic!("{refused}"))
}

fn paths(policy: &PolicyText) -> Vec<String> {
    policy.clauses.iter().map(ClauseText::short_path).collect()
}

fn under<'a>(policy: &'a PolicyText, path: &[&str]) -> Vec<&'a ClauseText> {
    let starts = |clause: &&ClauseText| {
        clause.path.len() == path.len() + 1 && clause.path.iter().zip(path).all(|(a, b)| a == b)
    };
    policy.clauses.iter().filter(starts).collect()
}

fn at<'a>(policy: &'a PolicyText, path: &str) -> &'a ClauseText {
    let found = policy.clauses.iter().find(|clause| clause.short_path() == path);
    found.unwrap_or_else(|| panic!("no clause {path}"))
}

#[test]
fn the_founding_document_has_its_golden_outline() {
    let policy = seed();
    assert_eq!(policy.title, "流山市情報セキュリティポリシー");
    assert_eq!(policy.clauses.len(), 56);
    let sections: Vec<&str> = under(&policy, &["第1章"]).iter().map(|clause| clause.label.as_str()).collect();
    assert_eq!(sections, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
    for (path, count) in [("2", 13), ("3", 5), ("4", 2), ("6", 9)] {
        assert_eq!(under(&policy, &["第1章", path]).len(), count, "{path}");
    }
    for path in ["1-4-(2)-ウ", "1-6-(3)-ア", "1-6-(3)-ウ", "1-6-(9)", "1-10", "2", "2-#1", "2-1", "2-8"] {
        assert!(paths(&policy).contains(&path.to_string()), "{path}");
    }
    assert_eq!(under(&policy, &["第2章", "#1"]).len(), 8);
}

#[test]
fn the_history_of_the_founding_document_is_read_with_its_days() {
    let policy = seed();
    let days: Vec<String> = policy.history.iter().map(|entry| entry.date.unwrap().to_string()).collect();
    assert_eq!(
        days,
        [
            "2003-04-28",
            "2009-01-26",
            "2017-06-01",
            "2018-11-05",
            "2020-04-01",
            "2021-04-01",
            "2023-06-01",
            "2024-12-02"
        ]
    );
    assert_eq!(policy.history[0].action, "策定");
    assert!(policy.history[1..].iter().all(|entry| entry.action == "改定"));
}

#[test]
fn damaged_clauses_of_the_founding_document_are_whole_again() {
    let policy = seed();
    let outsourcing = at(&policy, "1-6-(8)");
    assert_eq!(outsourcing.heading.as_deref(), Some("業務委託と外部サービス(クラウドサービス)の利用"));
    assert_eq!(outsourcing.text.lines().count(), 3);
    assert_eq!(at(&policy, "1-7").heading.as_deref(), Some("情報セキュリティ監査及び自己点検の実施"));
    assert!(at(&policy, "1-4-(1)").text.contains("\nなお、教育機関"));
    assert!(at(&policy, "1-10").text.contains("非公開とする。"));
    assert_eq!(at(&policy, "1-5").sentences.len(), 1);
    assert_eq!(
        policy.signature.as_deref(),
        Some("平成30年11月5日 最高情報セキュリティ責任者 (CISO) 石原 重雄")
    );
}

#[test]
fn the_first_chapter_holds_26_candidates_for_obligations() {
    let policy = seed();
    let chapter = policy.clauses.iter().filter(|clause| clause.path[0] == "第1章");
    let candidate = |class: Class| class.obliges() || matches!(class, Class::Umbrella | Class::Stipulation);
    let sentences = chapter.flat_map(|clause| &clause.sentences);
    assert_eq!(sentences.filter(|sentence| candidate(sentence.class)).count(), 26);
}

#[test]
fn the_founding_document_asks_about_21_sentences() {
    let policy = seed();
    let proposals = propose(&policy);
    assert!((35..=48).contains(&proposals.len()), "{}", proposals.len());
    assert!(duplicates(&proposals).len() >= 7, "the declaration repeats the duties");
    assert!(proposals.iter().all(|proposal| proposal.text.chars().count() <= 80));
    let json = questions_json(&policy, &proposals);
    let entries = json["proposals"].as_array().unwrap();
    assert_eq!(entries.len(), 21);
    assert!(entries.iter().any(|entry| entry["paths"][0] == serde_json::json!(["第1章", "6", "(9)"])
        && entry["paths"][1] == serde_json::json!(["第1章", "7"])));
}

#[test]
fn the_printed_form_has_the_fields_of_the_truth() {
    let json =
        to_json(&read("a.txt", "規程\n第１条（目的） 職員は、守らなければならない。\n".as_bytes()).unwrap());
    let clause = &json["clauses"][0];
    assert_eq!(clause["path"], serde_json::json!(["第1条"]));
    assert_eq!(clause["heading"], "目的");
    assert_eq!(clause["kind"], "article");
    assert_eq!(clause["subject"], "職員");
}

const BYLAW: &str = concat!(
    "　　　見本市情報規程\n　　　平成２９年３月３０日\n　　　訓令第８号\n",
    "　　　第１編　総論\n　　　第１章　総則\n　　　第１節　通則\n",
    "（目的）\n第１条　この規程は、安全を目的とする。\n",
    "（責務）\n第２条　職員は、次に掲げる事項を守らなければならない。\n",
    "　一　漏らさないこと。\n　二　記録すること。\n　　イ　日時\n　　ロ　方法\n",
    "２　所属長は、確認しなければならない。\n第２条の２　職員は、報告しなければならない。\n",
    "附　則\nこの訓令は、平成２９年４月１日から施行する。\n",
);

#[test]
fn parts_chapters_sections_articles_paragraphs_and_items_are_told_apart() {
    let policy = read("a.txt", BYLAW.as_bytes()).unwrap();
    let expected = [
        "1",
        "1-1",
        "1-1-1",
        "1-1-1-第1条",
        "1-1-1-第2条",
        "1-1-1-第2条-(1)",
        "1-1-1-第2条-(2)",
        "1-1-1-第2条-(2)-イ",
        "1-1-1-第2条-(2)-ロ",
        "1-1-1-第2条-2",
        "1-1-1-第2条の2",
        "附則",
        "附則-#1",
    ];
    assert_eq!(paths(&policy), expected);
    assert_eq!(policy.title, "見本市情報規程");
    assert_eq!(policy.history[0].action, "訓令第8号");
    assert_eq!(policy.clauses[4].heading.as_deref(), Some("責務"));
}

#[test]
fn shift_jis_gives_the_same_clauses_as_utf8() {
    let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(BYLAW);
    assert_eq!(read("a.txt", &bytes), read("a.txt", BYLAW.as_bytes()));
}

#[test]
fn a_text_without_clauses_is_refused() {
    let refused = read("a.txt", "お知らせ\n本日は晴れです。\n".as_bytes()).unwrap_err();
    assert!(refused.text.starts_with("条項が見つかりません。"));
}

#[test]
fn numbers_inside_sentences_are_no_clauses() {
    let text = "1 配備\n端末は\n1 人1台とする。\n2 年数\n3年間保存する。\n";
    assert_eq!(paths(&read("a.txt", text.as_bytes()).unwrap()), ["1", "2"]);
}

#[test]
fn layouts_of_other_cities_are_read() {
    let table: [(&str, &str, &[&str]); 6] = [
        // Damaged headings, an item split by a page, sentences set as headings.
        (
            "a.md",
            "# 基準\n### 第1章 総則\n##### (1) 職員は、次の事項を守らなければならない。\n- ア 施錠すること\n- イ 研修の計\n\n- 4 -\n\n基準\n\n画を確認すること。\n\n(2) 所属長は、行う。\n",
            &["1", "1-(1)", "1-(1)-ア", "1-(1)-イ", "1-(2)"],
        ),
        // Hyphenated numbers with and without blanks.
        (
            "a.txt",
            "要領\n１　総則\n１―１　目的\n　定める。\n１―１―１職員は、守る。\n２　体制\n２－１ 責任者\n　責任者は、行う。\n　　①　計画\n　　②　点検\n",
            &["1", "1-1―1", "1-1―1-1―1―1", "2", "2-2-1", "2-2-1-①", "2-2-1-②"],
        ),
        // Roman numerals over Arabic ones.
        (
            "a.txt",
            "基準\nⅠ　総則\n１　目的\n定める。\nⅡ　対策\n１　端末\n(1) 守る。\nⅰ）登録\nⅱ）抹消\n",
            &["I", "I-1", "II", "II-1", "II-1-(1)", "II-1-(1)-i)", "II-1-(1)-ii)"],
        ),
        // A list in the numbers of the sections that hold it.
        (
            "a.md",
            "# 方針\n## 1. 目的\n定める。\n## 2. 定義\n1. 情報：情報をいう。\n2. 職員：職員をいう。\n## 3. 対策\n行う。\n",
            &["1", "2", "2-1", "2-2", "3"],
        ),
        // Paragraphs in circled numbers, deleted articles, a reference at the beginning of a line.
        (
            "a.txt",
            "規程\n第１条（目的）　定める。\n②　前項の規定は、\n第３条に規定する課に準用する。\n第２条及び第３条　削除\n第４条　守る。\n",
            &["第1条", "第1条-②", "第2条及び第3条", "第4条"],
        ),
        // A list below a letter begins with the numbers that usually stand above it.
        (
            "a.txt",
            "基準\n１　体制\nア　責任者は、次の職務を行う。\n(1)　計画\n(2)　点検\nイ　管理者は、次の職務を行う。\n(1)　記録\n２　評価\n行う。\n",
            &["1", "1-ア", "1-ア-(1)", "1-ア-(2)", "1-イ", "1-イ-(1)", "2"],
        ),
    ];
    let more: [(&str, &str, &[&str]); 4] = [
        // A preface stands beside the sections.
        (
            "a.txt",
            "基準（案）\n令和７年３月\nはじめに\n　情報を守るために定める。\n第１　総則\n　１　目的\n　　定める。\n第２　体制\n　　置く。\n",
            &["#1", "第1", "第1-1", "第2"],
        ),
        // 号 in kanji, イロハ below, and (1) below that.
        (
            "a.txt",
            "規則\n第一条　次に掲げる。\n　一　文書\n　二　課で、次のもの\n　　イ　本庁\n　　ロ　出先\n　　　（１）　支所\n　　　（２）　出張所\n　　ハ　学校\n　三　図画\n２　守る。\n",
            &[
                "第1条",
                "第1条-(1)",
                "第1条-(2)",
                "第1条-(2)-イ",
                "第1条-(2)-ロ",
                "第1条-(2)-ロ-(1)",
                "第1条-(2)-ロ-(2)",
                "第1条-(2)-ハ",
                "第1条-(3)",
                "第1条-2",
            ],
        ),
        // A city's site around the document, headings with a short name in brackets, numbers in reversed order.
        (
            "a.html",
            "<html><body><p>ページID:1</p><p>ここから本文です。</p><h1>対策基準</h1><p>令和3年3月31日</p><p>訓令甲第14号</p>\
             <h3>1 体制</h3><p>(1) 責任者(以下「CISO」という。)</p><p>① 副市長とする。</p><p>(2) 記録</p>\
             <p>記録は下記のとおりとする。</p><p>1.日次</p><ul><li>残す。</li></ul><p>2.月次</p><ul><li>残す。</li></ul>\
             <p>(3)評価</p><p>行う。</p><p><a href=#top>このページの先頭へ</a></p></body></html>",
            &["1", "1-(1)", "1-(1)-①", "1-(2)", "1-(2)-1", "1-(2)-2", "1-(3)"],
        ),
        // Words that put the document into force are no clause.
        (
            "a.txt",
            "市規程\n（平成２０年３月３１日訓令第１号）\n庁中一般\n市規程を次のように定める。\n第１条　定める。\n付則\n　この規程は、施行する。\n",
            &["第1条", "付則", "付則-#1"],
        ),
    ];
    for (name, text, expected) in table.into_iter().chain(more) {
        let policy = read(name, text.as_bytes()).unwrap_or_else(|refused| panic!("{text}: {refused}"));
        assert_eq!(paths(&policy), expected, "{text}");
    }
}

#[test]
fn an_item_of_an_article_that_leads_in_is_text() {
    let text = "規則\n第１条　次に掲げる措置を講じる。\n（１）　重要情報を取り扱う場合　次に掲げる措置\nア　暗号化\nイ　記録\n（２）　前号以外の場合　施錠\n";
    let policy = read("a.txt", text.as_bytes()).unwrap();
    assert_eq!(policy.clauses[1].text, "重要情報を取り扱う場合　次に掲げる措置");
    assert_eq!(policy.clauses[1].heading, None);
}

#[test]
fn a_caption_is_the_heading_and_a_wrapped_first_line_is_text() {
    for (text, heading, first) in [
        (
            "方針\n（設備の対策）\n第１条　機械室、配線及び職員等の端末について、設備面の対\n　策を講じる。\n",
            Some("設備の対策"),
            "機械室、配線及び職員等の端末について、設備面の対策を講じる。",
        ),
        (
            "方針\n（教育）\n第１条　守るべき事項を周知し、十分な教育\n　及び訓練を行う。\n",
            Some("教育"),
            "守るべき事項を周知し、十分な教育及び訓練を行う。",
        ),
        (
            "方針\n第１条　サーバ及び通信回線の管理に関し、必要な対\n　策を講じる。\n",
            None,
            "サーバ及び通信回線の管理に関し、必要な対策を講じる。",
        ),
        ("方針\n第１条　目的\n　方針を定める。\n", Some("目的"), "方針を定める。"),
    ] {
        let policy = read("a.txt", text.as_bytes()).unwrap();
        assert_eq!((policy.clauses[0].heading.as_deref(), policy.clauses[0].text.as_str()), (heading, first));
    }
}

#[test]
fn a_hostile_file_is_refused_before_it_costs_time() {
    assert!(read("a.txt", "第1章\n".repeat(200_000).as_bytes()).is_err());
    assert!(read("a.txt", format!("1 見出し\n{}", "職員は、".repeat(100_000)).as_bytes()).is_ok());
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in "\\PC{0,200}") {
        let _ = read("a.txt", text.as_bytes()).map(|policy| propose(&policy));
    }

    #[test]
    fn arbitrary_policies_never_panic_and_keep_their_paths_unique(
        lines in prop::collection::vec("(第[1-3１]?[章条節]|[1-4１] |\\([1-3]\\)|[アイウ] |[①②]|# |- |（目的）|\\| )?[職員等は、。をしてはならない場合には(「」)外部委託する定め]{0,12}", 0..30)
    ) {
        if let Ok(policy) = read("a.md", lines.join("\n").as_bytes()) {
            let mut paths: Vec<_> = policy.clauses.iter().map(|clause| clause.path.clone()).collect();
            let all = paths.len();
            paths.sort();
            paths.dedup();
            prop_assert_eq!(paths.len(), all);
            let proposals = propose(&policy);
            prop_assert!(proposals.iter().all(|proposal| proposal.text.chars().count() <= 80));
            let _ = (to_json(&policy), questions_json(&policy, &proposals));
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read("a.txt", &bytes);
    }
}
