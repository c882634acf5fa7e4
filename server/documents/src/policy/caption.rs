//! Headings in brackets: （目的） before an article, （目的） after its number, notes of amendments.

use super::label::{Series, labels};
use super::lines::Line;
use domain::clause::fold;

pub(super) fn takes_caption(series: Series) -> bool {
    matches!(series, Series::Article | Series::Number | Series::Dai)
}

/// （目的） alone on a line.
pub(super) fn caption(text: &str) -> Option<String> {
    let inner = text.strip_prefix(['(', '（', '【', '［'])?.strip_suffix([')', '）', '】', '］'])?;
    (!inner.contains(['(', '（', '。']) && inner.chars().count() <= 40).then(|| inner.trim().to_string())
}

/// Whether the next line begins with the article or paragraph a caption belongs to.
pub(super) fn captioned(next: Option<&Line>) -> bool {
    next.is_some_and(|next| labels(&next.text).iter().any(|label| takes_caption(label.series)))
}

/// （目的）この規程は… → 目的, この規程は…
pub(super) fn bracketed(rest: &str) -> Option<(String, String)> {
    let inner = rest.strip_prefix(['(', '（', '【', '［'])?;
    let (heading, text) = inner.split_once([')', '）', '】', '］'])?;
    (!heading.contains('。') && heading.chars().count() <= 40)
        .then(|| (heading.trim().to_string(), text.trim().to_string()))
}

/// A line that is nothing but a note of amendments: （令4告示241・一部改正）, 一部改正〔平成22年訓令3号〕.
pub(super) fn amendment(text: &str) -> bool {
    if text.chars().count() > 200 {
        return false;
    }
    let key = fold(text);
    let inner = key.trim_matches(BRACKETS);
    let enclosed = key.starts_with(BRACKETS) && key.ends_with(BRACKETS);
    let begins = CHANGES.iter().chain(&["本条", "旧第"]).any(|word| inner.starts_with(word));
    let length = key.chars().count();
    length <= 120
        && !key.contains('。')
        && (enclosed || begins && key.ends_with(BRACKETS))
        && cites_act(inner)
}

const BRACKETS: [char; 10] = ['(', ')', '〔', '〕', '[', ']', '【', '】', '{', '}'];

const CHANGES: [&str; 7] = ["一部改正", "全部改正", "全改", "改正", "追加", "削除", "繰"];

/// A text without a note of amendments at its end.
pub(super) fn without_note(text: &str) -> &str {
    let end = text.trim_end();
    if !end.ends_with([')', '）', '〕']) {
        return text;
    }
    let at =
        end.char_indices().rev().take(120).find(|(_, c)| matches!(c, '(' | '（' | '〔')).map(|(at, _)| at);
    let Some(at) = at.filter(|at| *at > 0 && amendment(&end[*at..])) else { return text };
    let before = end[..at].trim_end();
    // 第2条（令4規則3・改正） is a heading; a note stands behind a sentence.
    if before.ends_with('。') { before } else { text }
}

/// 令4告示241, 平成28年規則第21号: an era, a year, a kind of act, a number.
fn cites_act(key: &str) -> bool {
    const ACTS: [&str; 11] = ["告示", "訓令", "規則", "条例", "規程", "要綱", "要領", "訓", "達", "規", "告"];
    let eras = ["令和", "平成", "昭和", "令", "平", "昭"];
    key.char_indices().any(|(at, _)| {
        let Some(rest) = eras.iter().find_map(|era| key[at..].strip_prefix(era)) else { return false };
        let year =
            rest.trim_start_matches(|c: char| c.is_ascii_digit() || "元〇一二三四五六七八九十年".contains(c));
        year.len() < rest.len() && act_follows(year, &ACTS)
    })
}

/// The act may follow its day: 令和3年3月31日規則第7号.
fn act_follows(text: &str, acts: &[&str]) -> bool {
    let day = |c: char| c.is_ascii_digit() || "月日一二三四五六七八九十".contains(c);
    let text = text.trim_start_matches(day);
    let text = ["教委", "水道", "消防", "議会", "病院"]
        .iter()
        .find_map(|body| text.strip_prefix(body))
        .unwrap_or(text);
    let after = acts.iter().find_map(|act| text.strip_prefix(act));
    after.is_some_and(|rest| {
        rest.trim_start_matches(['甲', '乙', '第'])
            .starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_of_amendments_are_told_from_captions() {
        for note in [
            "（令４告示２４１・一部改正）",
            "（平２８規則２１・令３規則９・一部改正）",
            "（令３規則９）",
            "一部改正〔平成２２年訓令３号〕",
            "〔令和3年3月31日規則第7号・追加〕",
            "（平成28教委規則3・追加）",
        ] {
            assert!(amendment(note), "{note}");
        }
        for caption in ["（目的）", "（平成の改正）", "（規則の改正）", "（令和4年度の計画）"]
        {
            assert!(!amendment(caption), "{caption}");
        }
    }

    #[test]
    fn a_note_behind_a_sentence_goes() {
        assert_eq!(without_note("職員は、守る。（令4告示241・一部改正）"), "職員は、守る。");
        assert_eq!(
            without_note("職員（平成5年条例第1号の職員をいう。）"),
            "職員（平成5年条例第1号の職員をいう。）"
        );
    }
}
