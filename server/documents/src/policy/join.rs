//! Joining the lines of a clause: wrapped lines without a break, paragraphs with one.

/// Adds a line to a text. `wraps` says that the line before it ran to the margin.
pub(super) fn join(text: &mut String, line: &str, wraps: bool) {
    if text.is_empty() {
        text.push_str(line);
        return;
    }
    if wraps || !finished(text) {
        if needs_blank(text, line) {
            text.push(' ');
        }
    } else {
        text.push('\n');
    }
    text.push_str(line);
}

/// Whether a paragraph has come to its end.
pub(super) fn finished(text: &str) -> bool {
    let text = text.trim_end_matches([')', '）', '」', '』', ' ', '\u{3000}']);
    text.ends_with(['。', '．', '!', '？', '：', ':'])
}

/// Whether a text breaks off inside a sentence: after a particle, a comma or an open bracket.
pub(super) fn breaks_off(text: &str) -> bool {
    let tail = tail(text.trim_end());
    if ["こと", "もの", "とき", "など", "おそれ"].iter().any(|end| tail.ends_with(end)) {
        return false;
    }
    let open = tail.chars().filter(|c| matches!(c, '(' | '（' | '「')).count();
    let closed = tail.chars().filter(|c| matches!(c, ')' | '）' | '」')).count();
    open > closed || tail.ends_with(['、', '，', 'は', 'を', 'に', 'が', 'の', 'と', 'へ', 'び', 'や', 'て'])
}

/// The end of a text; long texts are looked at often.
pub(super) fn tail(text: &str) -> &str {
    let from = text.char_indices().rev().nth(200).map_or(0, |(at, _)| at);
    &text[from..]
}

fn needs_blank(text: &str, line: &str) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    latin(text.chars().last()) && latin(line.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_line_goes_on_and_a_paragraph_begins_anew() {
        let mut text = "通信の記録と".to_string();
        join(&mut text, "監視を行う。", false);
        join(&mut text, "なお、非公開とする。", false);
        assert_eq!(text, "通信の記録と監視を行う。\nなお、非公開とする。");
    }

    #[test]
    fn a_sentence_that_breaks_off_is_noticed() {
        assert!(breaks_off("端末は") && breaks_off("職員、") && breaks_off("情報（紙"));
        assert!(!breaks_off("業務の停止等") && !breaks_off("管理すること"));
    }
}
