//! Words that announce a list, and what kind of list it is.

/// What a list of categories is announced by; its members ask nothing.
pub(super) const CATEGORIES: [&str; 10] =
    ["区分", "種に", "用語", "範囲", "分類し", "格付を", "次の基準に", "等級", "種類に", "段階に"];

/// Whether a lead-in announces categories.
pub(crate) fn announces_categories(text: &str) -> bool {
    announced(text) && CATEGORIES.iter().any(|word| text.contains(word))
}

/// What a list belongs into: 「次の事項を含めた運用手順を定める」.
const CONTENTS: [&str; 10] = [
    "事項を含めた",
    "事項を含む",
    "事項を盛り込んだ",
    "事項を記載した",
    "事項を明記した",
    "事項を定めた",
    "内容を含めた",
    "内容を含む",
    "内容を記載した",
    "要件を明記した",
];

/// Whether a list is the contents of a document that is to be made; its members are no acts of their own.
pub(crate) fn announces_contents(text: &str) -> bool {
    announced(text) && CONTENTS.iter().any(|word| text.contains(word))
}

const ANNOUNCING: [&str; 16] = [
    "次の",
    "以下の",
    "次に掲げる",
    "以下に",
    "下記の",
    "次の各号",
    "次に定める",
    "以下、",
    "に掲げる事項",
    "次のとおり",
    "以下のとおり",
    "次に示す",
    "次により",
    "次のように",
    "各号に",
    "次に掲げ",
];

/// Whether a sentence announces a list.
pub(super) fn announced(text: &str) -> bool {
    ANNOUNCING.iter().any(|word| text.contains(word))
}
