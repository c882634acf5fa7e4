//! A response (回答票): when it may be changed, handed in, returned.

use crate::answer::Raw;
use crate::question::setting::{Judgement, Scale, Setting};
use crate::refusal::Refusal;

/// Where a target stands. Derived from rows, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nothing handed in yet, or returned.
    Answering {
        /// True if the sheet was handed in before and given back.
        returned: bool,
    },
    /// Handed in.
    Submitted,
    /// Handed in and the department confirmed.
    Confirmed,
}

/// What the rules need to know about a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Handed in and not returned.
    pub submitted: bool,
    /// Returned at least once after the last submission.
    pub returned: bool,
    /// The head confirmed the department.
    pub confirmed: bool,
    /// The inspection was closed.
    pub closed: bool,
}

impl Standing {
    /// The stage for the screen.
    pub fn stage(self) -> Stage {
        match (self.submitted, self.confirmed) {
            (true, true) => Stage::Confirmed,
            (true, false) => Stage::Submitted,
            (false, _) => Stage::Answering { returned: self.returned },
        }
    }
}

/// One question as the rules see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Number on the sheet.
    pub no: i32,
    /// 該当なし is offered.
    pub may_be_na: bool,
    pub setting: Setting,
    /// The fiscal year of the inspection.
    pub year: i32,
    /// The answer, if there is one.
    pub raw: Option<Raw>,
    /// 理由・改善の内容.
    pub comment: String,
    /// 証跡（文書名・保管場所）.
    pub evidence: String,
    /// How many files stand beside the answer.
    pub files: usize,
    /// Not shown for now, by an earlier answer or by what the department does; then nothing is owed.
    pub hidden: bool,
}

/// What a question still needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// An answer to choose.
    Choose,
    /// An answer to type in.
    Fill,
    /// The rest of a table.
    Rows,
    /// 理由・改善の内容.
    Explain,
    /// 証跡.
    Prove,
}

impl Gap {
    /// The sentence beside the question.
    pub fn text(self) -> &'static str {
        match self {
            Gap::Choose => "回答を選んでください。",
            Gap::Fill => "回答を入力してください。",
            Gap::Rows => "表の全ての行の回答を選んでください。",
            Gap::Explain => "理由と改善の内容を入力してください。",
            Gap::Prove => "証跡のファイルを添付するか、文書名・保管場所を入力してください。",
        }
    }

    /// The answer itself is missing.
    pub fn is_answer(self) -> bool {
        matches!(self, Gap::Choose | Gap::Fill | Gap::Rows)
    }
}

/// The longest comment that is taken, in characters.
pub const COMMENT_LIMIT: usize = 2000;
/// The longest evidence that is taken, in characters.
pub const EVIDENCE_LIMIT: usize = 200;

/// May an answer be changed now?
///
/// # Errors
/// When the inspection is closed, the sheet handed in, or the department confirmed.
pub fn may_change(standing: Standing) -> Result<(), Refusal> {
    if standing.closed {
        return Err(Refusal::new(
            "この点検は締め切られました。回答の変更が必要なときは、事務局に連絡してください。",
        ));
    }
    if standing.submitted && standing.confirmed {
        return Err(Refusal::new(
            "所属長の確認が済んでいます。直すときは、所属長に差戻しを依頼してください。",
        ));
    }
    if standing.submitted {
        return Err(Refusal::new("この点検票は提出済みです。直すときは、所属長に差戻しを依頼してください。"));
    }
    Ok(())
}

/// Are the texts beside an answer short enough? Whether the answer suits its question says [`Setting::read`].
///
/// # Errors
/// When the comment or the evidence is too long.
pub fn may_answer(given: &Given) -> Result<(), Refusal> {
    let no = given.no;
    for (text, limit, name) in
        [(&given.comment, COMMENT_LIMIT, "理由"), (&given.evidence, EVIDENCE_LIMIT, "証跡")]
    {
        if text.chars().count() > limit {
            return Err(Refusal::new(format!("問{no}の{name}が長すぎます。{limit}字以内にしてください。")));
        }
    }
    Ok(())
}

impl Given {
    /// What the answer counts as.
    pub fn judgement(&self) -> Judgement {
        self.setting.judge(self.raw.as_ref(), self.year)
    }

    /// What the question still needs; nothing while it is hidden.
    pub fn gaps(&self) -> Vec<Gap> {
        if self.hidden {
            return Vec::new();
        }
        let judgement = self.judgement();
        if judgement == Judgement::Open {
            return vec![match (&self.setting.scale, &self.raw) {
                (Scale::Rows { .. }, _) => Gap::Rows,
                (Scale::Number { .. } | Scale::Day { .. }, _) => Gap::Fill,
                _ => Gap::Choose,
            }];
        }
        let value = judgement.value();
        let lacks = |needed: bool, text: &str, gap: Gap| (needed && text.trim().is_empty()).then_some(gap);
        let explain = lacks(self.setting.needs_comment(value), &self.comment, Gap::Explain);
        let prove = lacks(self.setting.needs_evidence(value), &self.evidence, Gap::Prove);
        let prove = prove.filter(|_| self.files == 0);
        [explain, prove].into_iter().flatten().collect()
    }

    /// Whether the question needs nothing more: a value, and its reason and evidence where they are due.
    pub fn is_complete(&self) -> bool {
        self.gaps().is_empty()
    }

    /// Something stands there, but it is not all.
    pub fn is_half_done(&self) -> bool {
        !self.is_complete() && self.raw.is_some()
    }
}

/// The questions that still need something before the sheet can be handed in, with what they need.
pub fn gaps(answers: &[Given]) -> Vec<(i32, Gap)> {
    answers.iter().flat_map(|given| given.gaps().into_iter().map(|gap| (given.no, gap))).collect()
}

/// How a chapter's state is shown in the list of chapters: a class and a text. `bad` questions lack their reason.
pub fn chapter_mark(done: usize, total: usize, bad: usize) -> (&'static str, String) {
    if bad > 0 {
        ("bad", format!("！ 要入力{bad}"))
    } else if total == 0 {
        ("todo", "対象外".to_string())
    } else if done == total {
        ("done", format!("✓ {done}/{total}"))
    } else {
        ("todo", format!("{done}/{total}"))
    }
}

/// May the sheet be handed in?
///
/// # Errors
/// When it may not be changed any more, or something is missing; the first gaps are named.
pub fn may_submit(standing: Standing, answers: &[Given]) -> Result<(), Refusal> {
    may_change(standing)?;
    match missing(answers) {
        None => Ok(()),
        Some(missing) => {
            Err(Refusal::new(format!("まだ提出できません。{missing}入力した内容は保存されています。")))
        }
    }
}

/// What a sheet lacks for being handed in, in sentences that name the first gaps; `None` if nothing.
pub fn missing(answers: &[Given]) -> Option<String> {
    let gaps = gaps(answers);
    if gaps.is_empty() {
        return None;
    }
    let of = |wanted: fn(Gap) -> bool| -> Vec<i32> {
        gaps.iter().filter(|(_, gap)| wanted(*gap)).map(|(no, _)| *no).collect()
    };
    let mut text = String::new();
    for (numbers, what) in [
        (of(Gap::is_answer), "の回答が選ばれていません。"),
        (of(|gap| gap == Gap::Explain), "の理由と改善の内容が入力されていません。"),
        (of(|gap| gap == Gap::Prove), "の証跡がありません。"),
    ] {
        if !numbers.is_empty() {
            text.push_str(&named(&numbers));
            text.push_str(what);
        }
    }
    Some(text)
}

/// 問3、問5、問6、問8、問9ほか2問
fn named(numbers: &[i32]) -> String {
    let first: Vec<String> = numbers.iter().take(5).map(|no| format!("問{no}")).collect();
    let rest = numbers.len().saturating_sub(5);
    if rest > 0 { format!("{}ほか{rest}問", first.join("、")) } else { first.join("、") }
}

/// May the head give the sheet back?
///
/// # Errors
/// When it was not handed in, the department is confirmed, the inspection closed, or no reason is given.
pub fn may_return(standing: Standing, reason: &str) -> Result<(), Refusal> {
    if standing.closed {
        return Err(Refusal::new("この点検は締め切られたため、差し戻せません。"));
    }
    if !standing.submitted {
        return Err(Refusal::new("この点検票は提出されていないため、差し戻せません。"));
    }
    if standing.confirmed {
        return Err(Refusal::new("所属長の確認が済んでいます。先に確認を取り消してください。"));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::field("reason", "差戻しの理由を入力してください。本人に通知されます。"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Value;

    const OPEN: Standing = Standing { submitted: false, returned: false, confirmed: false, closed: false };

    fn given(no: i32, value: Option<Value>, comment: &str) -> Given {
        Given { no, raw: value.map(Raw::Mark), comment: comment.into(), ..Given::default() }
    }

    #[test]
    fn an_answer_changes_only_while_the_sheet_is_with_its_owner() {
        assert!(may_change(OPEN).is_ok());
        for standing in [
            Standing { submitted: true, ..OPEN },
            Standing { closed: true, ..OPEN },
            Standing { submitted: true, confirmed: true, ..OPEN },
        ] {
            assert!(may_change(standing).is_err(), "{standing:?}");
        }
    }

    #[test]
    fn blank_answers_and_missing_reasons_are_gaps() {
        let answers = [
            given(1, Some(Value::Done), ""),
            given(2, None, "考え中"),
            given(3, Some(Value::NotDone), "　"),
            given(4, Some(Value::Partial), "一部の端末が未対応"),
        ];
        assert_eq!(gaps(&answers).into_iter().map(|(no, _)| no).collect::<Vec<_>>(), [2, 3]);
        assert!(may_submit(OPEN, &answers).is_err());
        assert!(may_submit(OPEN, &answers[..1]).is_ok());
    }

    #[test]
    fn a_chapter_first_shows_what_is_wrong_then_what_is_done() {
        for (counts, class) in [((2, 3, 1), "bad"), ((3, 3, 0), "done"), ((1, 3, 0), "todo")] {
            assert_eq!(chapter_mark(counts.0, counts.1, counts.2).0, class);
        }
        assert_eq!(chapter_mark(0, 0, 0).1, "対象外");
    }

    #[test]
    fn long_texts_are_refused() {
        assert!(may_answer(&given(1, Some(Value::Done), &"あ".repeat(COMMENT_LIMIT))).is_ok());
        assert!(may_answer(&given(1, Some(Value::Done), &"あ".repeat(COMMENT_LIMIT + 1))).is_err());
        let evidence = "あ".repeat(EVIDENCE_LIMIT + 1);
        assert!(may_answer(&Given { evidence, ..given(1, Some(Value::Done), "") }).is_err());
    }

    #[test]
    fn the_setting_says_what_is_missing() {
        let with = |setting: Setting, key: &str| Given {
            setting,
            year: 2026,
            raw: Raw::from_key(key),
            ..Given::default()
        };
        let proven = Setting { evidence: true, ..Setting::default() };
        let silent = Setting { comment_on: Vec::new(), ..Setting::default() };
        let always = Setting { comment_on: Value::ALL.to_vec(), ..Setting::default() };
        let table =
            Setting { scale: Scale::Rows { rows: vec!["x".into(), "y".into()] }, ..Setting::default() };
        let day = Setting { scale: Scale::Day { within_year: true }, ..Setting::default() };
        for (given, gaps) in [
            (with(proven.clone(), "done"), vec![Gap::Prove]),
            (with(proven.clone(), "partial"), vec![Gap::Explain, Gap::Prove]),
            (Given { files: 1, ..with(proven.clone(), "done") }, vec![]),
            (Given { evidence: "台帳".into(), ..with(proven.clone(), "done") }, vec![]),
            (with(proven.clone(), "not_done"), vec![Gap::Explain]),
            (with(proven, "na"), vec![]),
            (with(silent, "not_done"), vec![]),
            (with(always, "done"), vec![Gap::Explain]),
            (with(table.clone(), "rows:done,"), vec![Gap::Rows]),
            (with(table.clone(), "rows:done,done"), vec![]),
            (with(table, "rows:done,not_done"), vec![Gap::Explain]),
            (with(day.clone(), ""), vec![Gap::Fill]),
            (with(day.clone(), "date:2020-04-01"), vec![Gap::Explain]),
            (Given { hidden: true, ..with(day, "") }, vec![]),
        ] {
            assert_eq!(given.gaps(), gaps, "{given:?}");
        }
    }

    #[test]
    fn a_sheet_is_returned_only_with_a_reason_and_before_confirmation() {
        let submitted = Standing { submitted: true, ..OPEN };
        assert!(may_return(submitted, "問3の理由が不足しています").is_ok());
        assert!(may_return(submitted, " ").is_err());
        assert!(may_return(OPEN, "理由").is_err());
        assert!(may_return(Standing { confirmed: true, ..submitted }, "理由").is_err());
    }
}
