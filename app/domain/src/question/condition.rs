//! Conditions: what is left of them in the question and the words that allow 該当なし.

use crate::clause::conditions;

const ENDS: [&str; 14] = [
    "場合においては",
    "場合において",
    "場合には",
    "場合は",
    "場合に",
    "場合",
    "ときには",
    "ときは",
    "ときに",
    "とき",
    "際には",
    "際は",
    "際に",
    "際",
];
/// What everybody does every day leaves no room for 該当なし.
const DAILY: [&str; 7] = ["離席", "席を離れ", "退庁", "帰宅", "登庁", "退席", "緊急"];
/// A noun phrase longer than this is cut down to its head.
const SHORT: usize = 20;

/// A condition taken out of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    /// How it stands in the question: 「外部委託する場合は、」.
    pub words: String,
    /// 「外部委託なし」; `None` if it always applies.
    pub absent: Option<String>,
}

/// Takes the leading conditional clause from a sentence and returns it with the rest.
pub(super) fn take(text: &str) -> (Option<Condition>, String) {
    let chars: Vec<char> = text.chars().collect();
    let mut to = 0;
    for (from, end) in conditions(text) {
        if (to == 0 || from == to) && chars[end - 1] == '、' {
            to = end;
        }
    }
    if to == 0 {
        return (None, text.to_string());
    }
    let words: String = chars[..to].iter().collect();
    let rest: String = chars[to..].iter().collect();
    if rest.chars().count() < 3 {
        return (None, text.to_string());
    }
    (Some(condition(&words)), rest)
}

/// 「必要に応じて」 inside an act: the words that allow 該当なし.
pub(super) fn if_needed(act: &str) -> Option<String> {
    let place = act.find("必要に応じ")?;
    (!act[..place].ends_with("又は")).then(|| "必要な場面なし".to_string())
}

fn condition(words: &str) -> Condition {
    let plain = words.trim_end_matches('、');
    let body = ENDS.iter().find_map(|end| plain.strip_suffix(end)).unwrap_or(plain);
    Condition { words: in_question(plain, body), absent: absent(body) }
}

fn in_question(plain: &str, body: &str) -> String {
    if plain.chars().count() > 45 {
        let first =
            ["場合及び", "場合又は", "とき又は", "とき、又は"].iter().find_map(|word| body.split_once(word));
        let first = first.map_or(body, |(first, _)| first);
        let last = first.rsplit(['、', '。']).next().unwrap_or(first);
        let kept = if last.chars().count() > 30 { "これに該当する" } else { last };
        return format!("{kept}場合は、");
    }
    if plain.ends_with("場合には") || plain.ends_with("場合") || plain.ends_with("場合においては")
    {
        return format!("{body}場合は、");
    }
    let kept = plain.trim_end_matches('は');
    format!("{kept}は、")
}

/// 「外部委託事業者に業務を委託する」 → 「業務の委託なし」, 「持ち出す」 → 「持ち出しなし」.
pub(super) fn absent(body: &str) -> Option<String> {
    if DAILY.iter().any(|word| body.contains(word)) {
        return None;
    }
    if body.contains("見直しが必要") || body.contains("必要となった") || body.contains("必要があると")
    {
        return Some("必要な場面なし".to_string());
    }
    let body = body.rsplit('、').next().unwrap_or(body);
    let body = body.trim_start_matches("又は").trim_start_matches("若しくは");
    let (object, verb) = object_and_verb(body);
    let unclear = ["こと", "おそれ", "前項", "第"].iter().any(|word| object.contains(word));
    let Some(verb) = noun_of(verb).filter(|_| !unclear) else {
        return Some("該当する事例なし".to_string());
    };
    let full = format!("{object}の{verb}なし");
    let fits = !object.is_empty() && full.chars().count() <= SHORT && verb.chars().count() <= 6;
    Some(if fits { full } else { head(object, &verb) })
}

fn head(object: &str, verb: &str) -> String {
    let short = object.rsplit(['の', '、', 'た', 'る', 'び', 'は']).next().unwrap_or_default();
    if short.chars().count() >= 2 && short.chars().count() + verb.chars().count() <= SHORT - 4 {
        format!("{short}の{verb}なし")
    } else {
        format!("{verb}なし")
    }
}

fn object_and_verb(body: &str) -> (&str, &str) {
    for particle in ['を', 'が'] {
        if let Some((object, verb)) = body.rsplit_once(particle) {
            return (object, verb);
        }
    }
    match body.rsplit_once(['で', 'に']) {
        Some((_, verb)) if verb.chars().count() >= 3 => ("", verb),
        _ => ("", body),
    }
}

/// The act as a noun: 委託する → 委託, 委託しようとする → 委託, 持ち出す → 持ち出し, 見つけた → 発見.
fn noun_of(verb: &str) -> Option<String> {
    for (native, noun) in [
        ("見つけ", "発見"),
        ("行う", "実施"),
        ("公表された", "公表"),
        ("持ち出", "持ち出し"),
        ("持ち込", "持ち込み"),
        ("取り扱", "取扱い"),
        ("送る", "送付"),
        ("使う", "使用"),
        ("用いる", "使用"),
    ] {
        if verb.contains(native) {
            return Some(noun.to_string());
        }
    }
    let ends = ["しようとする", "させる", "される", "された", "する", "した"];
    let stem = ends.iter().find_map(|end| verb.strip_suffix(end))?;
    let noun = stem.rsplit(['に', 'へ', 'で']).next().unwrap_or(stem);
    (noun.chars().count() >= 2).then(|| noun.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_names_its_absence() {
        for (body, wanted) in [
            ("外部委託する", Some("外部委託なし")),
            ("業務を委託しようとする", Some("業務の委託なし")),
            ("両システム間で通信する", Some("通信なし")),
            ("端末を庁外に持ち出す", Some("端末の持ち出しなし")),
            ("記録媒体を廃棄する", Some("記録媒体の廃棄なし")),
            ("離席する", None),
            ("約款による外部サービスを利用する", Some("約款による外部サービスの利用なし")),
            ("インシデントを発見した", Some("インシデントの発見なし")),
        ] {
            assert_eq!(absent(body).as_deref(), wanted, "{body}");
        }
    }

    #[test]
    fn a_condition_is_taken_from_the_front() {
        let (condition, rest) = take("外部委託する場合には、契約を締結する");
        assert_eq!(condition.map(|c| c.words).as_deref(), Some("外部委託する場合は、"));
        assert_eq!(rest, "契約を締結する");
    }
}
