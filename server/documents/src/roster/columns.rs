//! Which column holds what: the heading row and its synonyms.

use crate::workbook::Sheet;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// What a column of a roster holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Division,
    Department,
    Code,
    StaffNo,
    Name,
    FamilyName,
    GivenName,
    Kana,
    FamilyKana,
    GivenKana,
    Title,
    Employment,
    Email,
    Role,
    System,
}

/// Headings after folding of width and removal of blanks; the first spelling is ours.
const SYNONYMS: [(Field, &[&str]); 15] = [
    (
        Field::Division,
        &[
            "部",
            "部名",
            "部局",
            "部局名",
            "局",
            "局名",
            "部等",
            "部・局",
            "部/局",
            "部(局)",
            "部門",
            "部局等",
        ],
    ),
    (
        Field::Department,
        &[
            "所属",
            "所属名",
            "所属名称",
            "課",
            "課名",
            "課室",
            "課・室",
            "課室名",
            "課所",
            "課所名",
            "課等",
            "課等名",
            "所属課",
            "所属課名",
            "部署",
            "部署名",
            "所属部署",
            "部課",
            "部課名",
            "部署・課",
            "配属先",
            "所属(部課)",
            "所属先",
            "室",
            "課(室)",
            "課かい",
            "課かい名",
        ],
    ),
    (
        Field::Code,
        &[
            "所属コード",
            "組織コード",
            "課コード",
            "部署コード",
            "所属CD",
            "所属cd",
            "所属番号",
            "部課コード",
            "所属no",
            "所属№",
        ],
    ),
    (
        Field::StaffNo,
        &[
            "職員番号",
            "職員コード",
            "職員no",
            "職員no.",
            "職員cd",
            "職員id",
            "社員番号",
            "社員コード",
            "職番",
            "職員№",
            "個人コード",
        ],
    ),
    (Field::Name, &["氏名", "名前", "職員氏名", "職員名", "氏名(漢字)", "漢字氏名", "お名前", "姓名"]),
    (Field::FamilyName, &["姓", "氏", "苗字", "名字", "姓(漢字)", "漢字姓"]),
    (Field::GivenName, &["名", "名(漢字)", "漢字名"]),
    (
        Field::Kana,
        &[
            "ふりがな",
            "フリガナ",
            "カナ",
            "かな",
            "氏名カナ",
            "氏名かな",
            "カナ氏名",
            "かな氏名",
            "氏名(カナ)",
            "氏名(かな)",
            "氏名(ふりがな)",
            "氏名(フリガナ)",
            "よみ",
            "読み",
            "読み仮名",
            "よみがな",
            "ヨミガナ",
            "氏名フリガナ",
            "氏名ふりがな",
        ],
    ),
    (
        Field::FamilyKana,
        &["せい", "セイ", "姓カナ", "姓かな", "姓(カナ)", "姓(かな)", "姓(フリガナ)", "姓(ふりがな)"],
    ),
    (
        Field::GivenKana,
        &["めい", "メイ", "名カナ", "名かな", "名(カナ)", "名(かな)", "名(フリガナ)", "名(ふりがな)"],
    ),
    (Field::Title, &["職名", "役職", "補職", "補職名", "役職名", "職", "職位", "職名称", "職・役職"]),
    (
        Field::Employment,
        &[
            "雇用区分",
            "任用区分",
            "任用形態",
            "雇用形態",
            "職員区分",
            "任用種別",
            "採用区分",
            "身分",
            "雇用種別",
        ],
    ),
    (
        Field::Email,
        &[
            "メール",
            "メールアドレス",
            "mail",
            "email",
            "e-mail",
            "eメール",
            "電子メール",
            "mailaddress",
            "電子メールアドレス",
        ],
    ),
    (Field::Role, &["役割", "情報セキュリティの役割", "セキュリティ役割", "情報セキュリティ上の役割"]),
    (
        Field::System,
        &["所管システム", "システム", "所管システム名", "担当システム", "管理システム", "システム名"],
    ),
];

/// Where each field stands.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Row of the headings (the lower one of two).
    pub heading_row: usize,
    found: BTreeMap<Field, usize>,
    /// Headings nobody knows, as written.
    pub unknown: Vec<String>,
}

impl Columns {
    /// The heading row among the first rows: the one with the most known headings, at least two.
    pub fn find(sheet: &Sheet) -> Option<Columns> {
        let candidates = sheet.rows.keys().take(30).map(|row| Columns::of_row(sheet, *row));
        let mut best: Option<Columns> = None;
        for columns in candidates {
            if best.as_ref().is_none_or(|known| columns.len() > known.len()) {
                best = Some(columns);
            }
        }
        best.filter(|columns| columns.len() >= 2)
    }

    /// A blank heading takes the one above it: two heading rows, joined by merged cells.
    fn of_row(sheet: &Sheet, row: usize) -> Columns {
        let mut columns = Columns { heading_row: row, ..Columns::default() };
        let above = row.saturating_sub(1);
        let width = [row, above].iter().filter_map(|row| sheet.rows.get(row)?.keys().max()).max().copied();
        for column in 0..=width.unwrap_or_default().min(200) {
            let own = sheet.text(row, column);
            let text = if own.is_empty() { sheet.text(above, column) } else { own.clone() };
            columns.put(column, &text, !own.is_empty());
        }
        columns
    }

    fn put(&mut self, column: usize, text: &str, own: bool) {
        let first = self.found.get(&Field::Department).copied();
        match (field_of(text), first) {
            (Some(Field::Department), Some(first)) if !self.has(Field::Division) => {
                self.found.insert(Field::Division, first);
                self.found.insert(Field::Department, column);
            }
            (Some(field), _) if !self.has(field) => drop(self.found.insert(field, column)),
            _ if own && !is_number_column(text) => self.unknown.push(text.split_whitespace().collect()),
            _ => {}
        }
    }

    /// How many fields have a column.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// True if this field has a column.
    pub fn has(&self, field: Field) -> bool {
        self.found.contains_key(&field)
    }

    /// The column of a field.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.found.get(&field).copied()
    }

    /// The text of a field in a row.
    pub fn text(&self, sheet: &Sheet, row: usize, field: Field) -> String {
        self.column(field).map(|column| sheet.text(row, column)).unwrap_or_default()
    }

    /// Names of the mandatory columns.
    pub fn mandatory() -> Vec<&'static str> {
        vec!["所属", "職員番号", "氏名"]
    }

    /// Names of the mandatory columns that are not there.
    pub fn missing(&self) -> Vec<&'static str> {
        let there = [
            self.has(Field::Department) || self.has(Field::Division),
            self.has(Field::StaffNo),
            self.has(Field::Name) || (self.has(Field::FamilyName) && self.has(Field::GivenName)),
        ];
        Columns::mandatory()
            .into_iter()
            .zip(there)
            .filter(|(_, there)| !there)
            .map(|(name, _)| name)
            .collect()
    }

    /// Rows below the headings that may be people: no blank rows, subtotals, notes, repeated headings.
    pub fn data_rows(&self, sheet: &Sheet) -> Vec<usize> {
        let below = sheet.rows.keys().copied().filter(|row| *row > self.heading_row);
        below.filter(|row| !self.is_repeated_heading(sheet, *row) && !self.is_note(sheet, *row)).collect()
    }

    fn is_repeated_heading(&self, sheet: &Sheet, row: usize) -> bool {
        let same =
            self.found.iter().filter(|(field, column)| field_of(&sheet.text(row, **column)) == Some(**field));
        same.count() >= 2
    }

    /// Only rows without a staff number and without a name; everything else is somebody.
    fn is_note(&self, sheet: &Sheet, row: usize) -> bool {
        let text = |field| self.text(sheet, row, field);
        let name = [Field::Name, Field::FamilyName, Field::GivenName].map(text).concat();
        let Some(cells) = sheet.rows.get(&row) else { return true };
        text(Field::StaffNo).is_empty()
            && match name.is_empty() {
                true => cells.values().any(|cell| reads_as_note(&fold(&cell.text()))),
                false => is_sum(&fold(&name)),
            }
    }
}

fn is_sum(text: &str) -> bool {
    let counted = text.trim_end_matches(['人', '名']).trim_end_matches(|c: char| c.is_ascii_digit());
    ["計", "合計", "小計", "総計", "累計"].contains(&counted)
}

fn reads_as_note(text: &str) -> bool {
    is_sum(text)
        || (text.ends_with('計') && !text.ends_with("会計") && !text.ends_with("統計"))
        || text == "以上"
        || ["※", "注)", "(注"].iter().any(|start| text.starts_with(start))
}

fn is_number_column(text: &str) -> bool {
    ["", "no", "no.", "№", "番号", "項番", "連番", "通番", "#", "行"].contains(&fold(text).as_str())
}

/// The field of a heading, with and without a remark in brackets (「職員番号（必須）」).
fn field_of(heading: &str) -> Option<Field> {
    let folded = fold(heading);
    let known = |text: &str| {
        SYNONYMS
            .iter()
            .find(|(_, names)| names.iter().any(|name| fold(name) == text))
            .map(|(field, _)| *field)
    };
    known(&folded).or_else(|| known(folded.split('(').next().unwrap_or_default()))
}

/// A shadow for comparison only: width and case folded, blanks and marks removed.
fn fold(text: &str) -> String {
    let kept =
        text.nfkc().filter(|c| !c.is_whitespace() && !matches!(c, ':' | '*' | '【' | '】' | '「' | '」'));
    kept.flat_map(char::to_lowercase).collect()
}
