//! Headings in brackets: （目的） before an article, （目的） after its number, notes of amendments.

use super::label::{Series, labels};
use super::lines::Line;
use domain::clause::fold;

pub(super) fn takes_caption(series: Series) -> bool {
    matches!(series, Series::Article | Series::Number | Series::Dai)
}

/// （目的） alone on a line.
pub(super) fn caption(text: &str) -> Option<String> {
    let inner = text.strip_prefix(['(', '（'])?.strip_suffix([')', '）'])?;
    (!inner.contains(['(', '（', '。']) && inner.chars().count() <= 40).then(|| inner.to_string())
}

/// Whether the next line begins with the article or paragraph a caption belongs to.
pub(super) fn captioned(next: Option<&Line>) -> bool {
    next.is_some_and(|next| labels(&next.text).iter().any(|label| takes_caption(label.series)))
}

/// （目的）この規程は… → 目的, この規程は…
pub(super) fn bracketed(rest: &str) -> Option<(String, String)> {
    let inner = rest.strip_prefix(['(', '（'])?;
    let (heading, text) = inner.split_once([')', '）'])?;
    (!heading.contains('。') && heading.chars().count() <= 40)
        .then(|| (heading.to_string(), text.trim().to_string()))
}

/// （令4告示241・一部改正）
pub(super) fn amendment(text: &str) -> bool {
    let key = fold(text);
    let act = ["告示", "訓令", "規則", "条例", "規程"].iter().any(|word| key.contains(word));
    caption(text).is_some()
        && act
        && ["改正", "追加", "削除", "繰上", "繰下"].iter().any(|word| key.contains(word))
}
