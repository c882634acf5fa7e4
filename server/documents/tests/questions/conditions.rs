//! Whether a sentence sets a condition, by its words alone.

/// Whether words set a condition somewhere.
pub fn conditional(words: &str) -> bool {
    [
        "場合",
        "とき",
        "際",
        "限り",
        "必要に応じ",
        "必要により",
        "許可",
        "承認",
        "承諾",
        "同意",
        "に当た",
        "にあた",
        "時に",
        "時は",
        "時、",
        "無断",
        "する職員",
        "する者",
        "した職員",
        "となった者",
        "した者",
        "を受けた",
        "された職員",
        "行う職員",
        "を扱う",
        "とする者",
        "指示なく",
    ]
    .iter()
    .any(|word| words.contains(word))
}

/// Whether a sentence sets one condition for all it says, and it is no daily occasion.
pub fn surely_conditional(sentence: &str, question: &str) -> bool {
    let sets = ["場合は、", "場合には、", "ときは、", "際は、", "際には、"]
        .iter()
        .any(|word| question.contains(word));
    let daily = ["離席", "退庁", "帰宅", "席を離れ", "緊急時", "業務に当た", "職務の遂行", "業務の遂行"];
    let licence =
        ["許可なく", "許可を得ないで", "承認なく", "無断で"].iter().any(|word| sentence.contains(word));
    (sets || licence) && !daily.iter().any(|word| question.contains(word))
}
