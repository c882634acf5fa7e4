//! A roster (職員名簿) as it was read: rows to be taken over and rows that can't be.

use serde::{Deserialize, Serialize};

/// What reading a roster gave. Nothing of it is stored yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// Rows that can be taken over.
    pub rows: Vec<RosterRow>,
    /// What is wrong, by row.
    pub problems: Vec<RosterProblem>,
}

/// One person in one post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterRow {
    /// Row in the file, from 1, the heading row counted.
    pub row: usize,
    /// 部・局.
    pub division: String,
    /// 課・所属. Equal to `division` where a division has no departments.
    pub department: String,
    /// 所属コード, if the file has one; decides the order.
    pub department_code: Option<String>,
    /// 職員番号, kept as text with its leading zeros.
    pub staff_no: String,
    /// 氏名, every code point as in the file.
    pub name: String,
    /// ふりがな.
    pub kana: Option<String>,
    /// 職名.
    pub title: String,
    /// 雇用区分.
    pub employment: Option<String>,
    /// メールアドレス.
    pub email: Option<String>,
    /// True if this is the head of the department (所属長), from the title or a column 役割.
    pub head: bool,
    /// The information system this person answers for (所管システム), if the file says so.
    pub system: Option<String>,
}

/// Why a row was not taken, or what was put right in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterProblem {
    /// Row in the file, from 1; 0 concerns the whole file.
    pub row: usize,
    /// True if the row is left out.
    pub rejected: bool,
    /// One Japanese sentence: what is wrong and what to do.
    pub text: String,
}
