use super::*;
use proptest::prelude::*;

fn document(lines: &[(&str, &str, &str)]) -> Vec<Passage> {
    let passage = |(path, heading, text): &(&str, &str, &str)| Passage {
        path: path.split('-').map(ToString::to_string).collect(),
        heading: heading.to_string(),
        text: text.to_string(),
    };
    lines.iter().map(passage).collect()
}

/// `変更 1-(2)>1-(3)` for each entry, in their order.
fn told(old: &[Passage], new: &[Passage]) -> Vec<String> {
    let paths = |of: &[Passage], at: &[usize]| -> String {
        at.iter().map(|at| of[*at].path.join("-")).collect::<Vec<_>>().join("+")
    };
    entries(old, new, &align(old, new))
        .into_iter()
        .map(|entry| format!("{} {}>{}", entry.kind.label(), paths(old, &entry.old), paths(new, &entry.new)))
        .collect()
}

const LOCK: &str = "職員等は、離席するときは、端末の画面をロックし、他の者が操作することができない状態にしなければならない。";
const TAKE: &str = "職員等は、機密性Aの情報を庁外に持ち出す場合は、あらかじめ情報セキュリティ管理者の許可を得なければならない。";
const WASTE: &str =
    "職員等は、文書を廃棄する場合は、裁断、溶解その他復元することができない方法によらなければならない。";
const COUNT: &str = "情報セキュリティ管理者は、電磁的記録媒体を施錠することができる場所に保管し、四半期に1回以上、その数量を管理簿と照合しなければならない。";
const LOG: &str =
    "情報システム管理者は、情報システムの利用及び操作の記録を取得し、1年以上保存しなければならない。";
const MAIL: &str = "職員等は、電子メールを庁外に送信するときは、宛先及び添付ファイルを他の職員とともに確認するよう努めなければならない。";
const CLOUD: &str = "情報セキュリティ管理者は、クラウドサービスの利用を始める前に、サービスの提供者の所在地を統括情報セキュリティ責任者に届け出なければならない。";

#[test]
fn an_inserted_article_only_renumbers_the_others() {
    let old = document(&[("1", "持出し", TAKE), ("2", "廃棄", WASTE), ("3", "記録", LOG)]);
    let new =
        document(&[("1", "持出し", TAKE), ("2", "届出", CLOUD), ("3", "廃棄", WASTE), ("4", "記録", LOG)]);
    assert_eq!(told(&old, &new), ["同一 1>1", "新設 >2", "移動 2>3", "移動 3>4"]);
    assert_eq!(told(&new, &old), ["同一 1>1", "削除 2>", "移動 3>2", "移動 4>3"]);
}

#[test]
fn one_paragraph_that_became_two_neighbours_was_split() {
    let old = document(&[
        ("1", "訓練", ""),
        ("1-1", "", TAKE),
        (
            "1-2",
            "",
            "所属長は、所管する課の訓練の参加状況を帳簿に記載し、総務部長に対して報告するものとする。",
        ),
    ]);
    let new = document(&[
        ("1", "訓練", ""),
        ("1-1", "", TAKE),
        ("1-2", "", "所属長は、所管する課の訓練の参加状況を帳簿に記載するものとする。"),
        ("1-3", "", "所属長は、前項の帳簿を、毎年度末までに総務部長に対して報告するものとする。"),
    ]);
    assert_eq!(told(&old, &new), ["同一 1>1", "同一 1-1>1-1", "分割 1-2>1-2+1-3"]);
    let other = "所属長は、防災用品の数を毎年一回確かめ、不足を補うものとする。";
    let new = document(&[
        ("1", "訓練", ""),
        ("1-1", "", TAKE),
        ("1-2", "", "所属長は、所管する課の訓練の参加状況を帳簿に記載するものとする。"),
        ("1-3", "", other),
    ]);
    assert_eq!(told(&old, &new).last().map(String::as_str), Some("新設 >1-3"));
}

#[test]
fn two_clauses_that_changed_places_moved() {
    let old = document(&[("1", "", TAKE), ("2", "", WASTE), ("3", "", LOG)]);
    let new = document(&[("1", "", WASTE), ("2", "", TAKE), ("3", "", LOG)]);
    assert_eq!(told(&old, &new), ["移動 2>1", "移動 1>2", "同一 3>3"]);
}

#[test]
fn a_clause_moves_to_another_chapter_and_its_chapter_keeps_its_place() {
    let old = document(&[
        ("1", "情報資産", ""),
        ("1-1", "持出し", TAKE),
        ("1-2", "廃棄", WASTE),
        ("2", "技術", ""),
        ("2-1", "記録", LOG),
    ]);
    let new = document(&[
        ("1", "情報資産", ""),
        ("1-1", "持出し", TAKE),
        ("2", "技術", ""),
        ("2-1", "記録", LOG),
        ("2-2", "廃棄", WASTE),
    ]);
    let expected = ["同一 1>1", "同一 1-1>1-1", "同一 2>2", "同一 2-1>2-1", "移動 1-2>2-2"];
    assert_eq!(told(&old, &new), expected);
}

#[test]
fn a_chapter_with_another_name_is_known_by_what_stands_below_it() {
    let old = document(&[("1", "人的セキュリティ", ""), ("1-1", "", LOCK), ("1-2", "", TAKE)]);
    let new =
        document(&[("1", "総則", ""), ("2", "職員等が守る事項", ""), ("2-1", "", LOCK), ("2-2", "", TAKE)]);
    assert_eq!(told(&old, &new), ["新設 >1", "変更 1>2", "移動 1-1>2-1", "移動 1-2>2-2"]);
}

#[test]
fn changed_words_are_the_same_clause_wherever_it_stands() {
    let monthly = COUNT.replace("四半期に1回以上", "毎月1回以上");
    let old = document(&[("1", "", LOCK), ("2", "", COUNT), ("3", "", WASTE)]);
    let here = document(&[("1", "", LOCK), ("2", "", &monthly), ("3", "", WASTE)]);
    assert_eq!(told(&old, &here), ["同一 1>1", "変更 2>2", "同一 3>3"]);
    let there = document(&[("1", "", LOCK), ("2", "", WASTE), ("3", "", LOG), ("4", "", &monthly)]);
    assert_eq!(told(&old, &there), ["同一 1>1", "移動 3>2", "新設 >3", "変更 2>4"]);
}

#[test]
fn another_heading_over_the_same_words_is_a_change_and_typography_is_none() {
    let old =
        document(&[("1", "離席時", LOCK), ("2", "ＩＤ", "ＩＤ は、１年ごとに点検しなければならない。")]);
    let new =
        document(&[("1", "画面のロック", LOCK), ("2", "ID", "IDは、1年ごとに点検しなければならない。")]);
    assert_eq!(told(&old, &new), ["変更 1>1", "同一 2>2"]);
}

#[test]
fn a_clause_of_two_sentences_is_split_and_two_are_merged() {
    let both = format!("{LOCK}{MAIL}");
    let one = document(&[("1", "", TAKE), ("2", "", &both), ("3", "", WASTE)]);
    let two = document(&[("1", "", TAKE), ("2", "", LOCK), ("3", "", MAIL), ("4", "", WASTE)]);
    assert_eq!(told(&one, &two), ["同一 1>1", "分割 2>2+3", "移動 3>4"]);
    assert_eq!(told(&two, &one), ["同一 1>1", "統合 2+3>2", "移動 4>3"]);
}

#[test]
fn duties_that_share_subject_and_place_are_merged_and_split_in_other_words() {
    let visitors =
        "情報システム管理者は、外部の者が管理区域に立ち入る場合は、職員を立ち会わせなければならない。";
    let devices = "情報システム管理者は、外部の者が管理区域に持ち込む機器を事前に確認しなければならない。";
    let both = "情報システム管理者は、外部の者が管理区域に立ち入る場合は、職員を立ち会わせるとともに、持ち込む機器を事前に確認しなければならない。";
    let copies = "情報システム管理者は、業務データの複製を毎日取得しなければならない。";
    let apart = "情報システム管理者は、取得した複製のうち週1回以上の分を、庁舎とは異なる場所に保管しなければならない。";
    let together = "情報システム管理者は、業務データの複製を毎日取得し、そのうち週1回以上の分を庁舎とは異なる場所に保管しなければならない。";
    for (one, other, merged) in [(visitors, devices, both), (copies, apart, together)] {
        let two = document(&[("1", "", LOG), ("2", "", one), ("3", "", other), ("4", "", WASTE)]);
        let joined = document(&[("1", "", LOG), ("2", "", merged), ("3", "", WASTE)]);
        assert_eq!(told(&two, &joined), ["同一 1>1", "統合 2+3>2", "移動 4>3"]);
        assert_eq!(told(&joined, &two), ["同一 1>1", "分割 2>2+3", "移動 3>4"]);
    }
}

#[test]
fn a_repealed_duty_is_no_part_of_its_neighbour_because_they_share_a_place() {
    let enter =
        "情報システム管理者は、外部の者が管理区域に立ち入る場合は、職員を立ち会わせなければならない。";
    let changed =
        "情報システム管理者は、外部の者が管理区域に立ち入る場合は、職員を常に立ち会わせなければならない。";
    let photo = "情報システム管理者は、外部の者が管理区域に入るときは、写真機を預からなければならない。";
    let old = document(&[("1", "", LOG), ("2", "", enter), ("3", "", photo), ("4", "", WASTE)]);
    let new = document(&[("1", "", LOG), ("2", "", changed), ("3", "", WASTE)]);
    assert_eq!(told(&old, &new), ["同一 1>1", "変更 2>2", "削除 3>", "移動 4>3"]);
}

#[test]
fn a_paragraph_becomes_items_below_a_lead_in() {
    let lead = "情報システム管理者は、次に掲げる事項を行わなければならない。";
    let items = [
        "サーバー室に入室することができる者の名簿を備えること。",
        "停電に備えて無停電電源装置を主要な機器に接続すること。",
        "バックアップから情報を復元できることを年1回確認すること。",
    ];
    let whole = format!("情報システム管理者は、次に掲げる事項を行わなければならない。{}", items.concat());
    let old = document(&[("1", "", &whole), ("2", "", MAIL)]);
    let new = document(&[
        ("1", "", lead),
        ("1-(1)", "", items[0]),
        ("1-(2)", "", items[1]),
        ("1-(3)", "", items[2]),
        ("2", "", MAIL),
    ]);
    assert_eq!(told(&old, &new), ["分割 1>1+1-(1)+1-(2)+1-(3)", "同一 2>2"]);
}

#[test]
fn the_same_ending_does_not_make_two_duties_one() {
    // Everything but the act itself is boilerplate that most clauses share.
    let filler: Vec<(String, String)> = (1..40)
        .map(|n| {
            (format!("9-{n}"), format!("職員等は、第{n}号様式により記録を作成し、提出しなければならない。"))
        })
        .collect();
    let mut old = document(&[("1", "", "職員等は、来庁者の氏名を確認しなければならない。")]);
    let mut new = document(&[("1", "", "職員等は、予備の鍵を返却しなければならない。")]);
    for (path, text) in &filler {
        let more = document(&[(path, "", text)]);
        old.extend(more.clone());
        new.extend(more);
    }
    let told = told(&old, &new);
    assert!(told.contains(&"新設 >1".to_string()), "{:?}", &told[..3]);
    assert!(told.contains(&"削除 1>".to_string()), "{:?}", &told[..3]);
}

#[test]
fn equal_words_in_several_places_stay_where_they_are() {
    let lead = "次に掲げる事項を遵守しなければならない。";
    let old = document(&[
        ("1", "端末", lead),
        ("1-(1)", "", LOCK),
        ("2", "文書", lead),
        ("2-(1)", "", WASTE),
        ("3", "記録", lead),
        ("3-(1)", "", LOG),
    ]);
    let new = document(&[("1", "端末", lead), ("1-(1)", "", LOCK), ("2", "記録", lead), ("2-(1)", "", LOG)]);
    assert_eq!(
        told(&old, &new),
        ["同一 1>1", "同一 1-(1)>1-(1)", "削除 2>", "削除 2-(1)>", "移動 3>2", "移動 3-(1)>2-(1)"]
    );
}

#[test]
fn a_definition_put_in_front_renumbers_a_list_of_definitions() {
    let terms = [
        ("情報資産", "業務のために作成した情報及びこれを取り扱う設備をいう。"),
        ("機密性", "認められた者以外の者に情報が知られることのない状態をいう。"),
        ("完全性", "情報が正確であり、不当に書き換えられることのない状態をいう。"),
    ];
    let path = |n: usize| format!("2-({n})");
    let list = |terms: &[(&str, &str)]| -> Vec<Passage> {
        let lines: Vec<(String, &str, &str)> =
            terms.iter().enumerate().map(|(at, (term, text))| (path(at + 1), *term, *text)).collect();
        document(&lines.iter().map(|(path, term, text)| (path.as_str(), *term, *text)).collect::<Vec<_>>())
    };
    let mut longer = terms.to_vec();
    longer.insert(0, ("生成AI", "学習した結果に基づき文章、画像等を作り出す技術をいう。"));
    longer[2].1 = "利用を認められた者以外の者に情報が知られることのない状態をいう。";
    let told = told(&list(&terms), &list(&longer));
    assert_eq!(told, ["新設 >2-(1)", "移動 2-(1)>2-(2)", "変更 2-(2)>2-(3)", "移動 2-(3)>2-(4)"]);
}

#[test]
fn an_article_written_anew_under_its_heading_is_changed_and_doubtful() {
    let old = document(&[("1", "持出し", TAKE), ("2", "廃棄", WASTE)]);
    let anew = "庁外への持出しは、専用の端末によるものに限る。持ち出した者は、翌日までに返却を報告する。";
    let new = document(&[("1", "持出し", anew), ("2", "廃棄", WASTE)]);
    let all = entries(&old, &new, &align(&old, &new));
    assert_eq!(all.iter().map(|entry| entry.kind).collect::<Vec<_>>(), [Kind::Changed, Kind::Same]);
    assert!(all[0].likeness < 0.3 && all[0].confidence < DOUBTFUL, "{:?}", all[0]);
}

#[test]
fn nothing_and_something_are_aligned_as_well() {
    let some = document(&[("1", "", LOCK), ("2", "", TAKE)]);
    assert_eq!(told(&[], &[]), Vec::<String>::new());
    assert_eq!(told(&[], &some), ["新設 >1", "新設 >2"]);
    assert_eq!(told(&some, &[]), ["削除 1>", "削除 2>"]);
}

#[test]
fn links_of_two_steps_lead_from_the_first_to_the_third_revision() {
    let link = |old, new| Link { old, new, confidence: 1.0 };
    let first = [link(0, 0), link(1, 1), link(1, 2)];
    let second = [link(0, 3), link(1, 0), link(2, 0)];
    let through: Vec<(usize, usize)> = compose(&first, &second).iter().map(|l| (l.old, l.new)).collect();
    assert_eq!(through, [(0, 3), (1, 0)]);
}

#[test]
fn a_question_without_a_clause_stays_only_for_a_reason() {
    for (settled, outcome, kind, reason, field) in [
        (false, Outcome::Kept, Kind::Changed, "", None),
        (false, Outcome::Kept, Kind::Repealed, " ", Some(Some("reason"))),
        (false, Outcome::Kept, Kind::Repealed, "法律に定めがある", None),
        (false, Outcome::Retired, Kind::Repealed, "", None),
        (true, Outcome::Kept, Kind::Changed, "", Some(None)),
    ] {
        let refused = may_settle(settled, outcome, kind, reason).err();
        assert_eq!(refused.map(|refusal| refusal.field), field.map(|field| field.map(str::to_string)));
    }
}

#[test]
fn keys_are_read_back() {
    for kind in Kind::ALL {
        assert_eq!(Kind::from_key(kind.key()), Some(kind));
    }
    assert_eq!(Outcome::from_key("relinked"), Some(Outcome::Relinked));
    assert_eq!(Outcome::from_key("?"), None);
}

/// Clauses with words of their own, some below others, some repeating one another.
fn documents() -> impl Strategy<Value = Vec<Passage>> {
    let words = prop::collection::vec("[端末施錠記録保存持出許可媒体照合]{2,12}", 1..25);
    words.prop_map(|texts| {
        let path = |at: usize| match at % 4 {
            0 => vec![format!("{}", at / 4)],
            _ => vec![format!("{}", at / 4), format!("({})", at % 4)],
        };
        let passage = |(at, text): (usize, String)| Passage {
            path: path(at),
            heading: if at % 4 == 0 { format!("見出し{}", at / 4) } else { String::new() },
            text: format!("{text}をしなければならない。"),
        };
        texts.into_iter().enumerate().map(passage).collect()
    })
}

proptest! {
    #[test]
    fn a_document_is_the_same_as_itself(document in documents()) {
        let all = entries(&document, &document, &align(&document, &document));
        prop_assert_eq!(all.len(), document.len());
        prop_assert!(all.iter().all(|entry| entry.kind == Kind::Same && entry.confidence == 1.0));
    }

    #[test]
    fn a_clause_that_is_left_out_is_the_only_one_repealed(document in documents(), at in 0usize..25) {
        let mut shorter = document.clone();
        shorter.remove(at % document.len());
        let all = entries(&document, &shorter, &align(&document, &shorter));
        let repealed: Vec<&Entry> = all.iter().filter(|entry| entry.kind != Kind::Same).collect();
        prop_assert_eq!(repealed.len(), 1);
        prop_assert_eq!(repealed[0].kind, Kind::Repealed);
        prop_assert_eq!(&repealed[0].old, &vec![at % document.len()]);
    }

    #[test]
    fn every_clause_is_in_exactly_one_entry(old in documents(), new in documents()) {
        let all = entries(&old, &new, &align(&old, &new));
        let mut olds: Vec<usize> = all.iter().flat_map(|entry| entry.old.clone()).collect();
        let mut news: Vec<usize> = all.iter().flat_map(|entry| entry.new.clone()).collect();
        olds.sort_unstable();
        news.sort_unstable();
        prop_assert_eq!(olds, (0..old.len()).collect::<Vec<_>>());
        prop_assert_eq!(news, (0..new.len()).collect::<Vec<_>>());
    }

    #[test]
    fn the_order_of_the_clauses_does_not_matter_where_their_paths_tell(document in documents()) {
        let mut turned = document.clone();
        turned.reverse();
        let all = entries(&document, &turned, &align(&document, &turned));
        prop_assert!(all.iter().all(|entry| entry.kind == Kind::Same));
    }

    #[test]
    fn likeness_is_symmetric_and_bounded(a in "[端末施錠。]{0,20}", b in "[端末施錠。]{0,20}") {
        let there = likeness(&a, &b);
        prop_assert!((0.0..=1.0).contains(&there));
        prop_assert!((there - likeness(&b, &a)).abs() < 1e-9);
        prop_assert_eq!(likeness(&a, &a), 1.0);
    }
}
