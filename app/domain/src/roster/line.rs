//! One line of a roster as it was read, with every rule it met. Nothing is lost on the way: what was put
//! right, what is doubtful and what keeps the line out are all notes.

use serde::Serialize;
use time::Date;

/// How grave a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Put right; nobody has to act.
    Info,
    /// Taken over and reported.
    Warning,
    /// Left out.
    Error,
}

/// What can be said of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    BadDate,
    BadKana,
    BadMail,
    BlankMail,
    ConcurrentPost,
    DuplicateStaffNo,
    ExactDuplicate,
    FullwidthDigits,
    FutureStart,
    HalfwidthKana,
    LostCharacter,
    LostLeadingZero,
    MailWidth,
    MissingDepartment,
    MissingName,
    MissingStaffNo,
    NameSpacing,
    OrgNameMismatch,
    RetiredDepartment,
    RetiredPerson,
    SharedMail,
    UnknownEmployment,
    UnknownOrgCode,
    VariantCharacter,
}

impl Rule {
    /// How grave it is.
    pub fn severity(self) -> Severity {
        match self {
            Rule::DuplicateStaffNo
            | Rule::MissingDepartment
            | Rule::MissingName
            | Rule::MissingStaffNo
            | Rule::RetiredDepartment
            | Rule::RetiredPerson
            | Rule::UnknownOrgCode => Severity::Error,
            Rule::BadDate
            | Rule::BadKana
            | Rule::BadMail
            | Rule::BlankMail
            | Rule::FutureStart
            | Rule::LostCharacter
            | Rule::OrgNameMismatch
            | Rule::SharedMail
            | Rule::UnknownEmployment => Severity::Warning,
            Rule::ConcurrentPost
            | Rule::ExactDuplicate
            | Rule::FullwidthDigits
            | Rule::HalfwidthKana
            | Rule::LostLeadingZero
            | Rule::MailWidth
            | Rule::NameSpacing
            | Rule::VariantCharacter => Severity::Info,
        }
    }
}

/// A rule a line met, with what the file has there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub rule: Rule,
    /// What is written in the cell, or the other rows concerned.
    pub written: String,
}

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Valid,
    ValidWithWarning,
    /// Left out because of an error.
    Rejected,
    /// Left out because it says what another line says.
    Ignored,
}

/// A line of a roster: one person in one post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Row in the file, from 1.
    pub row: usize,
    /// 所属コード.
    pub org_code: Option<String>,
    /// 部・局.
    pub bu: Option<String>,
    /// 課; equal to `bu` where a 部 has none.
    pub ka: Option<String>,
    /// 係.
    pub kakari: Option<String>,
    /// 職員番号 with its zeros.
    pub staff_no: Option<String>,
    /// 氏名, every code point as in the file.
    pub name: Option<String>,
    /// Reading in katakana.
    pub kana: Option<String>,
    /// Reading in the script of the file.
    pub kana_written: Option<String>,
    /// 職名, without a mark of 兼務.
    pub position: Option<String>,
    /// 雇用区分.
    pub employment: Option<String>,
    /// 着任日.
    pub start_date: Option<Date>,
    /// メールアドレス.
    pub mail: Option<String>,
    /// True for a further post beside the main one (兼務).
    pub concurrent: bool,
    /// 退職日.
    pub left_on: Option<Date>,
    /// A remark says that this person has left, without a day.
    pub left: bool,
    /// Where the file says that somebody is away for long (休職, 育休): its words.
    pub leave: Option<String>,
    /// Head of the department.
    pub head: bool,
    /// 所管システム.
    pub system: Option<String>,
    pub notes: Vec<Note>,
}

impl Line {
    /// Adds a note; each rule once.
    pub fn note(&mut self, rule: Rule, written: impl Into<String>) {
        if !self.has(rule) {
            self.notes.push(Note { rule, written: written.into() });
        }
    }

    /// True if this rule was met.
    pub fn has(&self, rule: Rule) -> bool {
        self.notes.iter().any(|note| note.rule == rule)
    }

    /// What becomes of the line.
    pub fn status(&self) -> Status {
        let worst = self.notes.iter().map(|note| note.rule.severity()).max();
        match worst {
            _ if self.has(Rule::ExactDuplicate) => Status::Ignored,
            Some(Severity::Error) => Status::Rejected,
            Some(Severity::Warning) => Status::ValidWithWarning,
            _ => Status::Valid,
        }
    }

    /// The rules by name, in a settled order.
    pub fn rules(&self) -> Vec<Rule> {
        let mut rules: Vec<Rule> = self.notes.iter().map(|note| note.rule).collect();
        rules.sort();
        rules
    }
}
