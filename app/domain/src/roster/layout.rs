//! Where the fields of a roster stand in a file: as guessed, or as an officer put it right.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a column of a roster holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Division,
    Department,
    Section,
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
    StartDate,
    LeftOn,
    Concurrency,
    Remark,
    Abolished,
}

use Field::*;

/// Fields with their key and their name on screens.
const FIELDS: [(Field, &str, &str); 21] = [
    (Division, "Division", "部・局"),
    (Department, "Department", "課・所属"),
    (Section, "Section", "係・担当"),
    (Code, "Code", "所属コード"),
    (StaffNo, "StaffNo", "職員番号"),
    (Name, "Name", "氏名"),
    (FamilyName, "FamilyName", "氏（姓）"),
    (GivenName, "GivenName", "名"),
    (Kana, "Kana", "ふりがな"),
    (FamilyKana, "FamilyKana", "ふりがな（姓）"),
    (GivenKana, "GivenKana", "ふりがな（名）"),
    (Title, "Title", "職名"),
    (Employment, "Employment", "雇用区分"),
    (Email, "Email", "メールアドレス"),
    (Role, "Role", "役割"),
    (System, "System", "所管システム"),
    (StartDate, "StartDate", "着任日"),
    (LeftOn, "LeftOn", "退職日"),
    (Concurrency, "Concurrency", "本務・兼務の別"),
    (Remark, "Remark", "備考（休職等）"),
    (Abolished, "Abolished", "廃止日"),
];

impl Field {
    /// All fields, in the order of the screen.
    pub fn all() -> impl Iterator<Item = Field> {
        FIELDS.iter().map(|(field, ..)| *field)
    }

    /// The key in forms and tables.
    pub fn key(self) -> &'static str {
        FIELDS.iter().find(|(field, ..)| *field == self).map_or("", |(_, key, _)| key)
    }

    /// The field of a key, if there is one.
    pub fn from_key(key: &str) -> Option<Field> {
        FIELDS.iter().find(|(_, known, _)| *known == key).map(|(field, ..)| *field)
    }

    /// The name on screens.
    pub fn label(self) -> &'static str {
        FIELDS.iter().find(|(field, ..)| *field == self).map_or("", |(.., label)| label)
    }
}

/// A column of a file as it was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// From 0.
    pub index: usize,
    /// As Excel names it: A, B, … AA.
    pub letter: String,
    /// The heading, without blanks; empty if there is none.
    pub heading: String,
    /// What stands in the first rows.
    pub samples: Vec<String>,
    /// What it was taken for.
    pub field: Option<Field>,
}

/// How a file was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The sheet; empty for a CSV file.
    pub sheet: String,
    /// Row of the headings, from 1 as in Excel.
    pub heading_row: usize,
    pub columns: Vec<Seen>,
    /// Names of mandatory fields that were not found.
    pub missing: Vec<String>,
    /// What is doubtful about the guess, one sentence each.
    pub doubts: Vec<String>,
}

/// Which column holds each field.
pub type Mapping = BTreeMap<Field, usize>;

impl Layout {
    /// Whether somebody should look at the columns before anything else.
    pub fn uncertain(&self) -> bool {
        !self.missing.is_empty() || !self.doubts.is_empty()
    }

    /// The column of a field for a sentence: 「D列 氏名」; empty if the file has none.
    pub fn place_of(&self, field: Field) -> String {
        let of = |field| self.columns.iter().find(|column| column.field == Some(field));
        // A name may stand in two columns, a department in one of several.
        let next: &[Field] = match field {
            Name => &[FamilyName, GivenName],
            Kana => &[FamilyKana, GivenKana],
            Department => &[Division, Code],
            Code => &[Department, Division],
            LeftOn => &[Remark],
            _ => &[],
        };
        let found = of(field).or_else(|| next.iter().find_map(|field| of(*field)));
        found
            .map(|column| format!("{}列 {}", column.letter, column.heading).trim_end().to_string())
            .unwrap_or_default()
    }

    /// The headings in one text: files with the same ones are read the same way.
    pub fn headings(&self) -> String {
        self.columns.iter().map(|column| column.heading.as_str()).collect::<Vec<_>>().join("\u{1f}")
    }

    /// The columns as they were taken.
    pub fn mapping(&self) -> Mapping {
        self.columns.iter().filter_map(|column| Some((column.field?, column.index))).collect()
    }
}

/// The name of a column in Excel, from 0: A, B, … Z, AA.
pub fn letter(index: usize) -> String {
    let mut rest = index;
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_excel_names_them() {
        for (index, name) in
            [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
        {
            assert_eq!(letter(index), name);
        }
    }

    #[test]
    fn every_field_is_found_again_by_its_key() {
        for field in Field::all() {
            assert_eq!(Field::from_key(field.key()), Some(field));
        }
    }

    #[test]
    fn a_problem_names_its_column_or_the_one_that_stands_for_it() {
        let seen = |index, heading: &str, field| Seen {
            index,
            letter: letter(index),
            heading: heading.into(),
            samples: vec![],
            field: Some(field),
        };
        let columns = vec![seen(0, "姓", FamilyName), seen(3, "メール", Email)];
        let layout = Layout { columns, ..Layout::default() };
        assert_eq!(layout.place_of(Name), "A列 姓");
        assert_eq!(layout.place_of(Email), "D列 メール");
        assert_eq!(layout.place_of(System), "");
    }
}
