use super::*;
use crate::clause::{ClauseKind, ClauseText, classify_all};

/// Clauses as path and text; the kind follows from the label.
fn policy(clauses: &[(&str, &str)]) -> PolicyText {
    let clause = |(path, text): &(&str, &str)| {
        let path: Vec<String> = path.split('/').map(ToString::to_string).collect();
        let label = path.last().cloned().unwrap_or_default();
        let parent = path.len().checked_sub(2).map_or("", |at| path[at].as_str());
        let kind = match label.chars().next() {
            Some('第') if label.ends_with('章') => ClauseKind::Chapter,
            Some('第') => ClauseKind::Article,
            Some('(') => ClauseKind::Item,
            Some(c) if c.is_ascii_digit() && parent.contains('条') => ClauseKind::Paragraph,
            Some(c) if c.is_ascii_digit() => ClauseKind::Article,
            _ => ClauseKind::Subitem,
        };
        ClauseText {
            path,
            label,
            heading: None,
            text: (*text).to_string(),
            kind,
            line: 1,
            sentences: Vec::new(),
        }
    };
    let mut clauses: Vec<ClauseText> = clauses.iter().map(clause).collect();
    classify_all(&mut clauses);
    PolicyText { clauses, ..PolicyText::default() }
}

fn read(clauses: &[(&str, &str)]) -> Vec<(String, Vec<String>)> {
    let policy = policy(clauses);
    let path = |index: &usize| policy.clauses[*index].path.join("/");
    references(&policy).iter().map(|one| (one.words.clone(), one.to.iter().map(path).collect())).collect()
}

fn is(words: &str, to: &[&str]) -> (String, Vec<String>) {
    (words.to_string(), to.iter().map(ToString::to_string).collect())
}

#[test]
fn articles_paragraphs_and_items_are_found() {
    let read = read(&[
        ("第1章", ""),
        ("第1章/第3条", "職員は、守る。"),
        ("第1章/第3条/2", "次に掲げる。"),
        ("第1章/第3条/2/(1)", "記録"),
        ("第1章/第3条/2/(2)", "前号の確認"),
        ("第2章", ""),
        ("第2章/第4条", "前条第２項第１号の記録を保存する。次条に定める。"),
        ("第2章/第5条", "第三条第二項各号及び前条の規定による。"),
        ("第2章/第5条/2", "前項の報告は、第１項の方法による。"),
        ("第2章/第5条/2/(1)", "許可"),
        ("第2章/第5条/3", "前２項の規定は、第３条から第５条までに準用する。"),
        ("第2章/第5条/4", "第２項第１号の許可を除く。"),
    ]);
    assert_eq!(
        read,
        [
            is("前号", &["第1章/第3条/2/(1)"]),
            is("前条第２項第１号", &["第1章/第3条/2/(1)"]),
            is("次条", &["第2章/第5条"]),
            is("第三条第二項各号及び前条", &["第1章/第3条/2/(1)", "第1章/第3条/2/(2)", "第2章/第4条"]),
            is("前項", &["第2章/第5条"]),
            is("第１項", &["第2章/第5条"]),
            is("前２項", &["第2章/第5条", "第2章/第5条/2"]),
            is("第３条から第５条まで", &["第1章/第3条", "第2章/第4条", "第2章/第5条"]),
            is("第２項第１号", &["第2章/第5条/2/(1)"]),
        ]
    );
}

#[test]
fn numbers_of_sections_are_found_where_they_are_meant() {
    let read = read(&[
        ("第1章", ""),
        ("第1章/3", "脅威とする。"),
        ("第1章/6", "本市は、上記3の脅威から守るため、次の3の対策を講じる。"),
        ("第1章/6/(1)", "体制"),
        ("第1章/7", "点検する。3年間保存する。"),
        ("第1章/8", "見直す。"),
        ("第1章/9", "上記6、7及び8に掲げる対策を定める。6の(1)に基づく。"),
    ]);
    assert_eq!(
        read,
        [
            is("上記3", &["第1章/3"]),
            is("上記6、7及び8", &["第1章/6", "第1章/7", "第1章/8"]),
            is("6の(1)", &["第1章/6/(1)"]),
        ]
    );
}

#[test]
fn other_documents_are_no_targets_and_missing_clauses_stay_visible() {
    let read = read(&[
        ("第1条", "地方公務員法（昭和25年法律第261号）第3条及び第4条の職員並びに同法第29条の処分"),
        ("第2条", "第9条の規定による。この規則第1条を除く。令和3年規則第9号による。"),
        ("第3条", "終わり。"),
    ]);
    assert_eq!(read, [is("第9条", &[]), is("第1条", &["第1条"])]);
}

#[test]
fn levels_of_official_writing_are_followed_downwards() {
    let read = read(&[
        ("第4", ""),
        ("第4/1", ""),
        ("第4/1/(2)", "格付を行う。"),
        ("第4/1/(2)/ア", "秘密"),
        ("第5", "第４の１の(2)のアの規定による。"),
    ]);
    assert_eq!(read, [is("第４の１の(2)のア", &["第4/1/(2)/ア"])]);
}
