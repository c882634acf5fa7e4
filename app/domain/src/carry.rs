//! 「前年と同じ」: last year's answer taken over, one question at a time.

use crate::answer::Raw;
use crate::question::setting::Scale;
use crate::refusal::Refusal;

/// Last year's answer to the same question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Last {
    pub raw: Option<Raw>,
    pub scale: Scale,
}

/// The answer that may be taken over: the question is the same or only reworded a little, its scale is the same, and
/// something was answered. A number, a day and a table are this year's own facts and are never taken over; neither is
/// 該当なし where it is not offered any more.
pub fn carried(change: &str, scale: &Scale, may_be_na: bool, last: Option<&Last>) -> Option<Raw> {
    let last = last.filter(|last| last.scale == *scale && matches!(change, "same" | "minor"))?;
    let raw = last.raw.clone()?;
    let may = match &raw {
        Raw::Mark(crate::answer::Value::NotApplicable) => may_be_na,
        Raw::Number(_) | Raw::Day(_) | Raw::Rows(_) => false,
        _ => true,
    };
    may.then_some(raw)
}

/// May this answer be marked as taken over?
///
/// # Errors
/// When it is not what was answered last year, or may not be taken over.
pub fn may_carry(no: i32, raw: Option<&Raw>, carried: Option<&Raw>, by_proxy: bool) -> Result<(), Refusal> {
    if by_proxy {
        return Err(Refusal::new("代理入力では、前年の回答を引き継げません。本人に確かめて選んでください。"));
    }
    match carried {
        Some(carried) if raw == Some(carried) => Ok(()),
        _ => Err(Refusal::new(format!(
            "問{no}は、前年の回答を引き継げません。設問が変わったか、前年の回答がありません。回答を選んでください。"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Value;

    #[test]
    fn only_the_same_question_with_an_answer_on_the_same_scale_is_taken_over() {
        let done = Raw::Mark(Value::Done);
        let last = |raw: Option<Raw>, scale: Scale| Some(Last { raw, scale });
        let marks = |raw| last(Some(raw), Scale::Marks);
        for (change, now, na, then, taken) in [
            ("same", Scale::Marks, false, marks(done.clone()), true),
            ("minor", Scale::Marks, false, marks(Raw::Mark(Value::NotDone)), true),
            ("changed", Scale::Marks, false, marks(done.clone()), false),
            ("new", Scale::Marks, false, marks(done.clone()), false),
            ("same", Scale::YesNo, false, marks(done.clone()), false),
            ("same", Scale::Marks, false, last(None, Scale::Marks), false),
            ("same", Scale::Marks, false, None, false),
            ("same", Scale::Marks, true, marks(Raw::Mark(Value::NotApplicable)), true),
            ("same", Scale::Marks, false, marks(Raw::Mark(Value::NotApplicable)), false),
        ] {
            assert_eq!(
                carried(change, &now, na, then.as_ref()).is_some(),
                taken,
                "{change} {now:?} {then:?}"
            );
        }
    }

    #[test]
    fn what_is_marked_as_taken_over_is_what_was_answered_and_never_by_proxy() {
        let (done, not_done) = (Raw::Mark(Value::Done), Raw::Mark(Value::NotDone));
        assert!(may_carry(1, Some(&done), Some(&done), false).is_ok());
        assert!(may_carry(1, Some(&not_done), Some(&done), false).is_err());
        assert!(may_carry(1, None, Some(&done), false).is_err());
        assert!(may_carry(1, Some(&done), None, false).is_err());
        assert!(may_carry(1, Some(&done), Some(&done), true).is_err());
    }
}
