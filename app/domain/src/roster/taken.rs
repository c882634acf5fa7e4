//! From the lines of a file to what can be taken over, with a sentence for whatever somebody should know.

use super::layout::{Field, Layout};
use super::line::{Line, Note, Rule, Severity, Status};
use super::{Roster, RosterProblem, RosterRow};
use crate::post::AbsenceReason;

/// More than so many lines with the same remark are one remark.
const MANY: usize = 20;

impl Roster {
    /// What can be taken over of the lines, with `remarks` on the whole file. The layout says where a problem
    /// stands.
    pub fn of(lines: &[Line], remarks: Vec<RosterProblem>, layout: &Layout) -> Roster {
        let mut problems = remarks;
        // The roster of April, read in March, is nothing but days to come: one remark says it all.
        let early = lines.iter().filter(|line| line.has(Rule::FutureStart)).count();
        if early > MANY {
            let text = format!(
                "着任日が基準日より後の職員が{early}人います。名簿の年度と発令日を確かめてください。"
            );
            problems.push(RosterProblem::remark(0, text));
        }
        for line in lines {
            let told = |note: &&Note| note.rule != Rule::FutureStart || early <= MANY;
            problems.extend(line.notes.iter().filter(told).filter_map(|note| problem(line, note, layout)));
            problems.extend(leave(line, layout));
        }
        let taken = |line: &&Line| matches!(line.status(), Status::Valid | Status::ValidWithWarning);
        let rows = lines.iter().filter(taken).filter_map(row).collect();
        let mut roster = Roster::checked(rows, problems);
        for problem in roster.problems.iter_mut().filter(|problem| problem.row > 0) {
            problem.sheet.clone_from(&layout.sheet);
        }
        roster
    }
}

fn row(line: &Line) -> Option<RosterRow> {
    let ka = line.ka.clone().or_else(|| line.bu.clone())?;
    Some(RosterRow {
        row: line.row,
        division: line.bu.clone().unwrap_or_else(|| ka.clone()),
        department: ka,
        department_code: line.org_code.clone(),
        staff_no: line.staff_no.clone()?,
        name: line.name.clone()?,
        kana: line.kana_written.clone(),
        title: line.position.clone().unwrap_or_default(),
        employment: line.employment.clone(),
        email: line.mail.clone(),
        head: line.head,
        system: line.system.clone(),
        concurrent: line.concurrent,
        absence: line.leave.as_deref().and_then(AbsenceReason::of_words),
    })
}

/// An absence the words do not name plainly: the officer has to look.
fn leave(line: &Line, layout: &Layout) -> Option<RosterProblem> {
    let words = line.leave.as_ref().filter(|words| AbsenceReason::of_words(words).is_none())?;
    let text = format!(
        "{}行目：「{words}」とあります。休職等であれば、取り込んだ後に職員の画面で理由と期間を登録してください。",
        line.row
    );
    Some(RosterProblem { column: layout.place_of(Field::Remark), ..RosterProblem::remark(line.row, text) })
}

/// The column a rule looks at.
fn field_of(rule: Rule) -> Option<Field> {
    Some(match rule {
        Rule::BadDate | Rule::FutureStart => Field::StartDate,
        Rule::BadKana | Rule::HalfwidthKana => Field::Kana,
        Rule::BadMail | Rule::BlankMail | Rule::MailWidth | Rule::SharedMail => Field::Email,
        Rule::DuplicateStaffNo | Rule::FullwidthDigits | Rule::LostLeadingZero | Rule::MissingStaffNo => {
            Field::StaffNo
        }
        Rule::LostCharacter | Rule::MissingName | Rule::NameSpacing | Rule::VariantCharacter => Field::Name,
        Rule::MissingDepartment | Rule::RetiredDepartment => Field::Department,
        Rule::OrgNameMismatch | Rule::UnknownOrgCode => Field::Code,
        Rule::UnknownEmployment => Field::Employment,
        Rule::RetiredPerson => Field::LeftOn,
        Rule::ConcurrentPost | Rule::ExactDuplicate => return None,
    })
}

/// The sentence for a note; none for what is put right without a doubt.
fn problem(line: &Line, note: &Note, layout: &Layout) -> Option<RosterProblem> {
    // One sentence for a line without number, name and department.
    let missing =
        [(Rule::MissingStaffNo, "職員番号"), (Rule::MissingName, "氏名"), (Rule::MissingDepartment, "所属")];
    let text = match missing.iter().find(|(rule, _)| *rule == note.rule) {
        Some(_) => {
            let all: Vec<_> = missing.iter().filter(|(rule, _)| line.has(*rule)).collect();
            if all.first().is_some_and(|(rule, _)| *rule != note.rule) {
                return None;
            }
            let list: Vec<&str> = all.into_iter().map(|(_, what)| *what).collect();
            let list = list.join("と");
            format!("{list}がないため取り込みません。{list}を入力して読み込み直してください。")
        }
        None => sentence(line, note)?,
    };
    let text = format!("{}行目：{text}", line.row);
    let rejected = note.rule.severity() == Severity::Error;
    let column = field_of(note.rule).map(|field| layout.place_of(field)).unwrap_or_default();
    Some(RosterProblem { row: line.row, rejected, text, column, ..RosterProblem::default() })
}

fn sentence(line: &Line, note: &Note) -> Option<String> {
    let written = &note.written;
    let number = line.staff_no.as_deref().unwrap_or("");
    let name = line.name.as_deref().unwrap_or("");
    Some(match note.rule {
        Rule::BadDate => format!(
            "着任日「{written}」はあり得ない日付のため、着任日なしで取り込みます。正しい日付を確かめてください。"
        ),
        Rule::BadKana => format!(
            "ふりがな「{written}」は仮名ではありません。そのまま取り込みますが、並べ替えと検索に使うため直してください。"
        ),
        Rule::BadMail => format!(
            "メールアドレス「{written}」は形式が正しくないため、メールアドレスなしで取り込みます。正しいアドレスを確かめてください。"
        ),
        Rule::DuplicateStaffNo => format!(
            "職員番号「{number}」が異なる氏名で使われています（{written}）。どれも取り込みません。職員番号又は氏名（字体の違いを含む。）を直してください。"
        ),
        Rule::ExactDuplicate => format!("{written}行目と全く同じ行のため、{written}行目だけを取り込みます。"),
        Rule::FutureStart => format!("着任日（{written}）が基準日より後です。名簿の年度を確かめてください。"),
        Rule::LostCharacter => format!(
            "氏名「{name}」に、文字コードの変換で失われたとみられる文字があります。取り込み後に氏名を直してください。"
        ),
        Rule::LostLeadingZero => format!(
            "職員番号「{written}」の先頭の0が失われていたため、「{number}」として取り込みます。正しいか確かめてください。"
        ),
        Rule::OrgNameMismatch => {
            let code = line.org_code.as_deref().unwrap_or("");
            format!(
                "所属コード「{code}」は、組織の一覧では「{written}」です。所属コード又は所属の名称を確かめてください。"
            )
        }
        Rule::RetiredDepartment => format!(
            "所属「{}」は{written}に廃止されているため取り込みません。現在の所属に直してください。",
            line.ka.as_deref().unwrap_or("")
        ),
        Rule::RetiredPerson if written.is_empty() => "備考に退職とあるため取り込みません。".to_string(),
        Rule::RetiredPerson => format!("{written}に退職しているため取り込みません。"),
        Rule::SharedMail => format!(
            "メールアドレス「{written}」が別の職員にも使われています。案内が別の人に届かないよう確かめてください。"
        ),
        Rule::UnknownEmployment => format!(
            "雇用区分「{written}」は決められた区分にありません。そのまま取り込みますが、正しい区分を確かめてください。"
        ),
        Rule::UnknownOrgCode => format!(
            "所属「{written}」は組織の一覧にないため取り込みません。所属を直すか、組織の一覧に加えてください。"
        ),
        Rule::BlankMail
        | Rule::ConcurrentPost
        | Rule::FullwidthDigits
        | Rule::HalfwidthKana
        | Rule::MailWidth
        | Rule::NameSpacing
        | Rule::VariantCharacter
        | Rule::MissingDepartment
        | Rule::MissingName
        | Rule::MissingStaffNo => return None,
    })
}
