//! Audits with their findings, improvements and amendments, as `stories.tsv` tells them.

use super::city::City;
use super::days::Days;
use super::inspection::{Progress, Ran, Told};
use super::sheets::Forms;
use super::source::{Source, StoryLine};
use anyhow::{Context, Result};
use domain::role::Role;
use store::entity::target;
use uuid::Uuid;

/// Everything the stories are told from.
pub struct Stage<'a> {
    pub source: &'a Source,
    pub city: &'a City,
    pub forms: &'a Forms,
    pub policy: &'a super::policy::Policy,
    pub days: &'a Days,
    pub last: &'a Ran<'a>,
    pub this: &'a Ran<'a>,
}

impl Stage<'_> {
    /// The inspection of a year.
    pub fn ran(&self, this_year: bool) -> &Ran<'_> {
        if this_year { self.this } else { self.last }
    }

    /// The stories of a kind, in their order.
    pub fn stories(&self, kind: &'static str) -> impl Iterator<Item = &StoryLine> {
        self.source.stories.iter().filter(move |story| story.kind == kind)
    }

    /// The sheet and the question an improvement comes from.
    ///
    /// # Errors
    /// When nobody was asked about the clause.
    pub fn origin(&self, story: &StoryLine) -> Result<(&target::Model, Uuid)> {
        let (role, item) = self
            .forms
            .about(story.this_year, &story.clause_path)
            .context("nobody is asked about the clause")?;
        let department = self.city.place(&story.department)?;
        let sheet = self.ran(story.this_year).sheets.iter().find(|sheet| {
            sheet.department == department
                && sheet.row.role == role.key()
                && (role != Role::Staff || !sheet.member.head)
                && matches!(sheet.progress, Progress::Submitted(_))
        });
        Ok((&sheet.context("nobody answered")?.row, item.row.id))
    }
}

/// The answers which the stories of a year tell of: weak ones that became improvements, and those which an
/// auditor saw with other eyes.
///
/// # Errors
/// When a story names an unknown department.
pub fn told(source: &Source, city: &City, forms: &Forms, this_year: bool, days: &Days) -> Result<Vec<Told>> {
    let mut told = Vec::new();
    for story in source.stories.iter().filter(|story| story.this_year == this_year) {
        let Some((role, item)) = forms.about(this_year, &story.clause_path) else { continue };
        let (value, comment) = match story.kind.as_str() {
            "improvement" if partly(story) => ("partial", reason(story, days)),
            "improvement" => ("not_done", reason(story, days)),
            "finding" => ("done", String::new()),
            _ => continue,
        };
        let department = city.place(&story.department)?;
        told.push(Told { department, role: role.key(), item: item.row.id, value, comment });
    }
    Ok(told)
}

/// The words of a fact that concerns only a part.
fn partly(story: &StoryLine) -> bool {
    ["のうち「", "日がある"].iter().any(|words| story.fact.contains(words))
}

/// What the department itself wrote beside its answer.
fn reason(story: &StoryLine, days: &Days) -> String {
    days.moved(&story.fact).replace("自己点検において、", "").replace("ことが分かった。", "。")
}

/// A recommendation as a plan: 「…を確かめること。」 becomes 「…を確かめる。」
pub fn as_plan(recommendation: &str) -> String {
    recommendation.replace("こと。", "。")
}
