//! The written part of the demo city, embedded in the executable. See `server/demo/README.md`.

use anyhow::{Context, Result, bail};

/// The policy, as an officer would upload it.
pub const POLICY: &str = include_str!("../../demo/policy.md");
/// Its name.
pub const POLICY_FILE: &str = "policy.md";

/// One line of `departments.tsv`.
pub struct DepartmentLine {
    pub code: String,
    pub division: String,
    pub department: String,
    pub head_title: String,
    pub headcount: usize,
    pub systems: Vec<String>,
}

/// One line of `people.tsv`.
pub struct PersonLine {
    pub staff_no: String,
    pub name: String,
    pub kana: String,
    pub department: String,
    pub title: String,
    pub employment: String,
    pub roles: Vec<String>,
}

/// One line of `questions.tsv`.
pub struct QuestionLine {
    pub role: String,
    /// Number within the role, from 1.
    pub no: i32,
    pub topic: i32,
    pub clause_path: String,
    pub text: String,
    pub not_applicable: Option<String>,
    pub weight: f64,
    pub change: String,
    /// Last year's wording, if it was another one.
    pub last_text: Option<String>,
}

/// One line of `stories.tsv`.
pub struct StoryLine {
    pub kind: String,
    pub this_year: bool,
    pub department: String,
    pub clause_path: String,
    pub title: String,
    pub fact: String,
    pub criterion: String,
    pub effect: String,
    pub recommendation: String,
    pub measure: String,
    pub state: String,
}

/// One line of `comments.tsv`; number 0 fits every question of the role.
pub struct CommentLine {
    pub role: String,
    pub no: i32,
    pub value: String,
    pub comment: String,
}

/// Everything but the policy.
pub struct Source {
    pub departments: Vec<DepartmentLine>,
    pub people: Vec<PersonLine>,
    /// Kanji and kana.
    pub surnames: Vec<(String, String)>,
    pub given: Vec<(String, String)>,
    pub questions: Vec<QuestionLine>,
    pub stories: Vec<StoryLine>,
    pub comments: Vec<CommentLine>,
}

impl Source {
    /// Reads the tables.
    ///
    /// # Errors
    /// When a line has not the columns it should have.
    pub fn read() -> Result<Source> {
        let names = table(include_str!("../../demo/names.tsv"), name)?;
        let of = |kind: &str| -> Vec<(String, String)> {
            let of_kind = names.iter().filter(|(k, ..)| k == kind);
            of_kind.map(|(_, kanji, kana)| (kanji.clone(), kana.clone())).collect()
        };
        let mut questions = table(include_str!("../../demo/questions.tsv"), question)?;
        for at in 1..questions.len() {
            if questions[at].role == questions[at - 1].role {
                questions[at].no = questions[at - 1].no + 1;
            }
        }
        Ok(Source {
            departments: table(include_str!("../../demo/departments.tsv"), department)?,
            people: table(include_str!("../../demo/people.tsv"), person)?,
            surnames: of("surname"),
            given: of("given"),
            questions,
            stories: table(include_str!("../../demo/stories.tsv"), story)?,
            comments: table(include_str!("../../demo/comments.tsv"), comment)?,
        })
    }
}

/// What the next revision of the policy changes: the old lines and the new ones.
///
/// # Errors
/// When a line has not two columns.
pub fn changes() -> Result<Vec<(String, String)>> {
    table(include_str!("../../demo/next.tsv"), |fields| {
        let [old, new] = fields else { bail!("two columns expected") };
        Ok((old.to_string(), new.replace("\\n", "\n")))
    })
}

fn table<T>(text: &str, line: impl Fn(&[&str]) -> Result<T>) -> Result<Vec<T>> {
    let rows = text.lines().zip(1..).skip(1);
    rows.map(|(row, number)| {
        line(&row.split('\t').collect::<Vec<_>>()).with_context(|| format!("line {number}: {row}"))
    })
    .collect()
}

fn list(text: &str, separator: char) -> Vec<String> {
    text.split(separator).filter(|part| !part.is_empty()).map(str::to_string).collect()
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_string())
}

fn name(fields: &[&str]) -> Result<(String, String, String)> {
    let [kind, kanji, kana] = fields else { bail!("three columns expected") };
    Ok((kind.to_string(), kanji.to_string(), kana.to_string()))
}

fn department(fields: &[&str]) -> Result<DepartmentLine> {
    let [code, division, department, _kind, head_title, headcount, systems] = fields else {
        bail!("seven columns expected")
    };
    Ok(DepartmentLine {
        code: code.to_string(),
        division: division.to_string(),
        department: department.to_string(),
        head_title: head_title.to_string(),
        headcount: headcount.parse()?,
        systems: list(systems, '、'),
    })
}

fn person(fields: &[&str]) -> Result<PersonLine> {
    let [staff_no, name, kana, department, title, employment, roles, _note] = fields else {
        bail!("eight columns expected")
    };
    Ok(PersonLine {
        staff_no: staff_no.to_string(),
        name: name.to_string(),
        kana: kana.to_string(),
        department: department.to_string(),
        title: title.to_string(),
        employment: employment.to_string(),
        roles: list(roles, ','),
    })
}

fn question(fields: &[&str]) -> Result<QuestionLine> {
    let [role, topic, clause_path, text, not_applicable, weight, change, last_text] = fields else {
        bail!("eight columns expected")
    };
    Ok(QuestionLine {
        role: role.to_string(),
        no: 1,
        topic: topic.parse()?,
        clause_path: clause_path.to_string(),
        text: text.to_string(),
        not_applicable: some(not_applicable),
        weight: weight.parse()?,
        change: change.to_string(),
        last_text: some(last_text),
    })
}

fn story(fields: &[&str]) -> Result<StoryLine> {
    let [kind, year, department, clause_path, rest @ ..] = fields else { bail!("eleven columns expected") };
    let [title, fact, criterion, effect, recommendation, measure, state] = rest else {
        bail!("eleven columns expected")
    };
    Ok(StoryLine {
        kind: kind.to_string(),
        this_year: *year == "this",
        department: department.to_string(),
        clause_path: clause_path.to_string(),
        title: title.to_string(),
        fact: fact.to_string(),
        criterion: criterion.to_string(),
        effect: effect.to_string(),
        recommendation: recommendation.to_string(),
        measure: measure.to_string(),
        state: state.to_string(),
    })
}

fn comment(fields: &[&str]) -> Result<CommentLine> {
    let [role, no, value, comment] = fields else { bail!("four columns expected") };
    Ok(CommentLine {
        role: role.to_string(),
        no: no.parse()?,
        value: value.to_string(),
        comment: comment.to_string(),
    })
}
