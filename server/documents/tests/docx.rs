//! Word documents: what Word shows is read, what it hides is not, what is broken is refused.

use documents::policy::read;
use domain::clause::ClauseText;
use proptest::prelude::*;
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

/// A package with the given parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        zip.write_all(text.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn docx(body: &str, numbering: &str, styles: &str) -> Vec<u8> {
    package(&[
        ("word/document.xml", &format!("<w:document {W}><w:body>{body}</w:body></w:document>")),
        ("word/numbering.xml", &format!("<w:numbering {W}>{numbering}</w:numbering>")),
        ("word/styles.xml", &format!("<w:styles {W}>{styles}</w:styles>")),
    ])
}

fn level(at: u8, format: &str, text: &str, more: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>"#
    )
}

/// A list with the usual levels of a by-law; list 2 begins anew at its level 2.
fn by_law() -> String {
    let levels = [
        level(0, "decimalFullWidth", "第%1章", ""),
        level(1, "decimal", "第%2条", r#"<w:lvlRestart w:val="0"/>"#),
        level(2, "decimal", "(%3)", ""),
        level(3, "aiueoFullWidth", "%4", ""),
        level(4, "decimalEnclosedCircle", "%5", ""),
        level(5, "bullet", "●", ""),
    ];
    format!(
        r#"<w:abstractNum w:abstractNumId="0">{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"#,
        levels.concat()
    )
}

fn paragraph(list: u8, level: u8, text: &str) -> String {
    let properties =
        format!(r#"<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr>"#);
    format!("<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn plain(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

fn clauses(bytes: &[u8]) -> Vec<ClauseText> {
    read("a.docx", bytes).map(|policy| policy.clauses).unwrap_or_else(|refused| panic!("{refused}"))
}

fn paths(bytes: &[u8]) -> Vec<String> {
    clauses(bytes).iter().map(|clause| clause.path.join("/")).collect()
}

#[test]
fn numbers_are_counted_as_word_counts_them() {
    let body = [
        paragraph(1, 0, "総則"),
        paragraph(1, 1, "この規程は、守る。"),
        paragraph(1, 2, "次に掲げる。"),
        paragraph(1, 3, "記録"),
        paragraph(1, 3, "確認"),
        paragraph(1, 4, "日次"),
        paragraph(1, 2, "報告する。"),
        paragraph(2, 2, "新たに数える。"),
        paragraph(1, 0, "体制"),
        paragraph(1, 1, "条は通して数える。"),
        paragraph(1, 2, "号は数え直す。"),
    ];
    assert_eq!(
        paths(&docx(&body.concat(), &by_law(), "")),
        [
            "第1章",
            "第1章/第1条",
            "第1章/第1条/(1)",
            "第1章/第1条/(1)/ア",
            "第1章/第1条/(1)/イ",
            "第1章/第1条/(1)/イ/①",
            "第1章/第1条/(2)",
            "第1章/第1条/(1)#2",
            "第2章",
            "第2章/第2条",
            "第2章/第2条/(1)",
        ]
    );
}

#[test]
fn styles_number_and_mark_headings_also_through_the_style_they_are_based_on() {
    let styles = r#"<w:style w:type="paragraph" w:styleId="Sho"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="Sho2"><w:name w:val="章"/><w:basedOn w:val="Sho"/></w:style>
        <w:style w:type="paragraph" w:styleId="Jo"><w:name w:val="条"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let styled = |style: &str, text: &str| {
        plain(&format!(r#"<w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r>"#))
    };
    let body = [
        styled("Sho2", "総則"),
        styled("Jo", "職員は、守る。"),
        styled("Sho", "体制"),
        plain("<w:r><w:t>前文である。</w:t></w:r>"),
    ];
    let numbering = by_law()
        .replace(r#"<w:lvlText w:val="第%1章"/>"#, r#"<w:pStyle w:val="Sho"/><w:lvlText w:val="第%1章"/>"#);
    let read = clauses(&docx(&body.concat(), &numbering, styles));
    let shown: Vec<(String, Option<&str>)> =
        read.iter().map(|clause| (clause.path.join("/"), clause.heading.as_deref())).collect();
    assert_eq!(
        shown,
        [
            ("第1章".to_string(), Some("総則")),
            ("第1章/第1条".to_string(), None),
            ("第2章".to_string(), Some("体制")),
            ("第2章/#1".to_string(), None)
        ]
    );
}

#[test]
fn what_word_does_not_show_is_not_read() {
    let runs = concat!(
        "<w:r><w:t>第１条　職員は、</w:t></w:r>",
        "<w:del><w:r><w:delText>努めて</w:delText></w:r></w:del>",
        "<w:ins><w:r><w:t>必ず</w:t></w:r></w:ins>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隠し</w:t></w:r>",
        "<w:r><w:ruby><w:rt><w:r><w:t>ろう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漏</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        "<w:r><w:t>えい&amp;紛失を</w:t></w:r>",
        r#"<w:r><w:footnoteReference w:id="1"/></w:r>"#,
        r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>防ぐ</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#,
        "<w:r><w:br w:type=\"page\"/><w:t>ものとする。</w:t></w:r>",
    );
    let contents = r#"<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>第９章 目次</w:t></w:r></w:p></w:sdtContent></w:sdt>"#;
    let joined = concat!(
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>第２条　所属長は、</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>確認する。</w:t></w:r></w:p>"
    );
    let body =
        [plain("<w:r><w:t>規程</w:t></w:r>"), contents.to_string(), plain(runs), joined.to_string()].concat();
    let read = clauses(&docx(&body, "", ""));
    let texts: Vec<&str> = read.iter().map(|clause| clause.text.as_str()).collect();
    assert_eq!(texts, ["職員は、必ず漏えい&紛失を防ぐものとする。", "所属長は、確認する。"]);
}

#[test]
fn tables_of_revisions_are_rows() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |cells: &[&str], more: &str| {
        format!("<w:tr>{more}{}</w:tr>", cells.iter().map(|text| cell(text)).collect::<String>())
    };
    let table = [
        row(&["版", "年月日", "内容"], ""),
        row(&["1", "令和2年4月1日", "制定"], ""),
        row(&["2", "令和3年4月1日", "改定"], "<w:trPr><w:del/></w:trPr>"),
        row(&["2", "令和4年4月1日", "一部改定"], ""),
    ];
    let body = format!("<w:tbl>{}</w:tbl>{}", table.concat(), plain("<w:r><w:t>第１条　守る。</w:t></w:r>"));
    let policy = read("a.docx", &docx(&body, "", "")).unwrap_or_else(|refused| panic!("{refused}"));
    let history: Vec<(String, &str)> = policy
        .history
        .iter()
        .map(|entry| (entry.date.map(|date| date.to_string()).unwrap_or_default(), entry.action.as_str()))
        .collect();
    assert_eq!(history, [("2020-04-01".to_string(), "制定"), ("2022-04-01".to_string(), "一部改定")]);
}

#[test]
fn broken_and_hostile_documents_are_refused_with_a_sentence() {
    let whole = docx(&plain("<w:r><w:t>第１条　守る。</w:t></w:r>"), "", "");
    let doctype = "<!DOCTYPE d [<!ENTITY a \"aaaa\">]><w:document><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>";
    let bomb = "あ".repeat(20 * 1024 * 1024);
    let deep = "<w:p>".repeat(100_000);
    for (name, bytes, word) in [
        ("cut off", whole[..whole.len() / 2].to_vec(), "壊れている"),
        ("no document", package(&[("word/styles.xml", "<a/>")]), "壊れている"),
        ("doctype", package(&[("word/document.xml", doctype)]), "DOCTYPE"),
        ("bomb", package(&[("word/document.xml", &bomb)]), "大きすぎる"),
        ("unclosed", docx(&deep, "", ""), ""),
        (
            "deep styles",
            package(&[("word/document.xml", "<a/>"), ("word/styles.xml", &"<a>".repeat(1_000))]),
            "壊れている",
        ),
        ("no clause", docx(&plain("<w:r><w:t>お知らせ</w:t></w:r>"), "", ""), "条項が見つかりません"),
    ] {
        let refused = read("a.docx", &bytes).expect_err(name);
        assert!(refused.text.contains(word), "{name}: {}", refused.text);
    }
    assert!(read("a.docm", &whole).is_ok() && read("改名.txt", &whole).is_ok());
}

proptest! {
    #[test]
    fn arbitrary_markup_never_panics(
        pieces in prop::collection::vec("<w:(p|r|t|tbl|tr|tc|pPr|numPr|del|ruby|rt|sdt|sdtContent|txbxContent|fldChar w:fldCharType=\"(begin|separate|end)\"|ilvl w:val=\"[0-9]{1,3}\"|numId w:val=\"[0-3]\")/?>|</w:(p|r|t|tbl|tr|tc|pPr|del|sdt)>|第[1-3]条　|[あ。(1)]{1,4}|&amp;|&#12354;|&x;", 0..40)
    ) {
        let _ = read("a.docx", &docx(&pieces.concat(), &by_law(), ""));
    }

    #[test]
    fn damaged_packages_never_panic(at in 0usize..2_000, byte in any::<u8>(), end in 0usize..2_000) {
        let mut bytes = docx(&paragraph(1, 0, "総則"), &by_law(), "");
        let length = bytes.len();
        bytes[at % length] = byte;
        bytes.truncate(length - end % length);
        let _ = read("a.docx", &bytes);
    }

    #[test]
    fn arbitrary_pages_never_panic(
        pieces in prop::collection::vec("</?(p|div|table|tr|td|ol|ul|li|br|a href=x|script|pre|ruby|rt|h2|nav|body|head|span style=\"display:none\")( |>)|第[1-3]条　|[あ。(1)]{1,4}|&amp;|<!--|-->", 0..40)
    ) {
        let _ = read("a.html", format!("<html>{}", pieces.concat()).as_bytes());
    }
}
