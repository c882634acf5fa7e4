//! A self-inspection sheet as a workbook: written for one person, filled in, read again.

mod cell;
pub mod legacy;
pub mod original;
mod reading;
mod value;
mod writing;

pub use reading::{FormProblem, FormReading, ReadAnswer, read, read_set};
pub use value::{Reading, Value, normalise, understand};
pub use writing::{write, write_book, write_set};

use domain::answer::Raw;
use domain::question::setting::Setting;
use time::Date;

/// What a sheet asks of one person.
#[derive(Debug, Clone, PartialEq)]
pub struct FormSheet {
    /// Title of the sheet: 「情報セキュリティ自己点検票（職員用）」.
    pub title: String,
    /// Label of the edition: `R8-1`.
    pub edition_label: String,
    /// Name of the inspection: 「令和8年度　情報セキュリティ自己点検」.
    pub inspection_name: String,
    /// Last day to hand it in; none on a sheet that belongs to nobody.
    pub due: Option<Date>,
    /// The day it was answered; none on a sheet still to be answered.
    pub answered_on: Option<Date>,
    /// Where to hand it in and ask: 「情報政策課（内線1234）」.
    pub contact: String,
    /// Opaque key of the target; comes back unchanged.
    pub target_key: String,
    /// 所属.
    pub department: String,
    /// 氏名; empty on the sheet of a department.
    pub person: String,
    /// 対象システム, on the sheet of a system.
    pub system: Option<String>,
    /// Questions in order.
    pub items: Vec<FormItem>,
}

/// A question on the sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct FormItem {
    /// Opaque key of the question; comes back unchanged.
    pub item_key: String,
    /// Number on the sheet.
    pub no: i32,
    /// 分野.
    pub topic: String,
    /// 点検項目.
    pub text: String,
    /// When 該当なし may be chosen; `None` where it is not offered.
    pub not_applicable: Option<String>,
    /// When the question is to be answered: 「問3で「はい」と答えた場合だけ表示」.
    pub condition: Option<String>,
    /// 根拠条文.
    pub clause: String,
    /// Its scale and what it asks beside the answer.
    pub setting: Setting,
    /// The answer so far.
    pub answer: Option<FormAnswer>,
}

/// An answer written into the sheet beforehand.
#[derive(Debug, Clone, PartialEq)]
pub struct FormAnswer {
    /// 回答.
    pub value: Raw,
    /// 理由・改善の内容.
    pub comment: String,
    /// 証跡（文書名・保管場所）.
    pub evidence: String,
}

/// Headings of the table. Three stand in hidden columns; the last one is there only if a question asks for it.
/// Workbooks of before know neither of the last two.
const HEADINGS: [&str; 10] = [
    "No.",
    "分野",
    "点検項目",
    "回答",
    "理由・改善の内容",
    "根拠条文",
    "設問キー",
    "該当なし可",
    "尺度",
    "証跡（文書名・保管場所）",
];
/// The very hidden sheet with the keys.
const KEYS_SHEET: &str = "管理";
/// What stands in its first cell.
const KEYS_MARK: &str = "minaoshi-form";

#[cfg(test)]
mod tests;
