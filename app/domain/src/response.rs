//! A response (回答票): when it may be changed, handed in, returned.

use crate::answer::Value;
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Number on the sheet.
    pub no: i32,
    /// 該当なし is offered.
    pub may_be_na: bool,
    /// The answer, if there is one.
    pub value: Option<Value>,
    /// 理由・改善の内容.
    pub comment: String,
}

const CHOOSE: &str = "回答を選んでください。";
const EXPLAIN: &str = "理由と改善の内容を入力してください。";

/// The longest comment that is taken, in characters.
pub const COMMENT_LIMIT: usize = 2000;

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

/// May this value be the answer to this question?
///
/// # Errors
/// When 該当なし is not offered, or the comment is too long.
pub fn may_answer(given: &Given) -> Result<(), Refusal> {
    if given.value == Some(Value::NotApplicable) && !given.may_be_na {
        return Err(Refusal::new(format!("問{}では「該当なし」を選べません。", given.no)));
    }
    if given.comment.chars().count() > COMMENT_LIMIT {
        return Err(Refusal::new(format!(
            "問{}の理由が長すぎます。{COMMENT_LIMIT}字以内にしてください。",
            given.no
        )));
    }
    Ok(())
}

/// The questions that still need something before the sheet can be handed in, with what they need.
pub fn gaps(answers: &[Given]) -> Vec<(i32, &'static str)> {
    answers
        .iter()
        .filter_map(|given| match given.value {
            None => Some((given.no, CHOOSE)),
            Some(value) if value.needs_reason() && given.comment.trim().is_empty() => {
                Some((given.no, EXPLAIN))
            }
            Some(_) => None,
        })
        .collect()
}

impl Given {
    /// Whether the question needs nothing more: a value, and its reason where one is due.
    pub fn is_complete(&self) -> bool {
        gaps(std::slice::from_ref(self)).is_empty()
    }
}

/// Roughly how many minutes the open questions will take, at 13 seconds each.
pub fn minutes_left(open: usize) -> usize {
    (open * 13).div_ceil(60)
}

/// How a chapter's state is shown in the list of chapters: a class and a text. `bad` questions lack their reason.
pub fn chapter_mark(done: usize, total: usize, bad: usize) -> (&'static str, String) {
    if bad > 0 {
        ("bad", format!("！ 要入力{bad}"))
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
    let gaps = gaps(answers);
    if gaps.is_empty() {
        return Ok(());
    }
    let unanswered: Vec<i32> = gaps.iter().filter(|(_, text)| *text == CHOOSE).map(|(no, _)| *no).collect();
    let unexplained: Vec<i32> = gaps.iter().filter(|(_, text)| *text == EXPLAIN).map(|(no, _)| *no).collect();
    let mut text = "まだ提出できません。".to_string();
    if !unanswered.is_empty() {
        text.push_str(&format!("{}の回答が選ばれていません。", named(&unanswered)));
    }
    if !unexplained.is_empty() {
        text.push_str(&format!("{}の理由と改善の内容が入力されていません。", named(&unexplained)));
    }
    Err(Refusal::new(text + "入力した内容は保存されています。"))
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

    const OPEN: Standing = Standing { submitted: false, returned: false, confirmed: false, closed: false };

    fn given(no: i32, value: Option<Value>, comment: &str) -> Given {
        Given { no, may_be_na: false, value, comment: comment.into() }
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
        assert_eq!((minutes_left(0), minutes_left(1), minutes_left(28)), (0, 1, 7));
    }

    #[test]
    fn na_is_refused_where_no_condition_allows_it() {
        assert!(may_answer(&given(1, Some(Value::NotApplicable), "")).is_err());
        assert!(may_answer(&Given { may_be_na: true, ..given(1, Some(Value::NotApplicable), "") }).is_ok());
        assert!(may_answer(&given(1, Some(Value::Done), &"あ".repeat(COMMENT_LIMIT + 1))).is_err());
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
