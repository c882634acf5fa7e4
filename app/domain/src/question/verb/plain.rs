//! The dictionary form of a predicate, and its negation.

use super::{FINAL, from_dictionary, split_last, strip_any};

/// Ends that forbid, before which the て-form stands.
const FORBIDDING: [&str; 6] = [
    "はならないものとする",
    "はならないこととする",
    "はならない",
    "はいけない",
    "はならないこと",
    "はなりません",
];
/// Ends that forbid, before which the dictionary form stands.
const BANNED: [&str; 14] = [
    "ことは、禁止する",
    "ことを、禁止する",
    "ことは、できない",
    "ことを禁止するものとする",
    "ことを禁止する",
    "ことを禁止とする",
    "ことを禁ずる",
    "ことを禁じる",
    "ことは禁止する",
    "ことは禁止とする",
    "ことができないものとする",
    "ことができない",
    "ことはできない",
    "ことのないようにする",
];
/// Ends that forbid, before which a noun stands.
const BANNED_NOUN: [&str; 7] = [
    "は、禁止する",
    "を禁止するものとする",
    "を禁止する",
    "を禁止とする",
    "を禁ずる",
    "は禁止する",
    "は禁止とする",
];
/// Negations that end a forbidden act.
const NEGATIONS: [&str; 7] = [
    "ないこととする",
    "ないものとする",
    "ないようにすること",
    "ないようにする",
    "ないよう徹底すること",
    "ないこと",
    "ない",
];

/// The dictionary form of a forbidden act: 持ち出してはならない → 持ち出す, 利用しないこと → 利用する.
pub(in crate::question) fn plain(act: &str) -> Option<String> {
    if let Some(te) = strip_any(act, &FORBIDDING) {
        return from_te(te);
    }
    if let Some(plain) = strip_any(act, &BANNED) {
        return plain.ends_with(FINAL).then(|| plain.to_string());
    }
    if let Some(noun) = strip_any(act, &BANNED_NOUN) {
        return Some(of_noun(noun));
    }
    if let Some(stem) = strip_any(act, &NEGATIONS) {
        return from_stem(stem);
    }
    let plain = act.strip_suffix("こと").unwrap_or(act);
    plain.ends_with(FINAL).then(|| plain.to_string())
}

/// 端末の庁外への持出し(を禁止する) → 端末の庁外への持出しを行う.
fn of_noun(noun: &str) -> String {
    format!("{noun}を行う")
}

fn from_te(te: &str) -> Option<String> {
    if let Some(body) = te.strip_suffix("んで") {
        return Some(format!("{body}む"));
    }
    if let Some(body) = te.strip_suffix("いで") {
        return Some(format!("{body}ぐ"));
    }
    of_stem(te.strip_suffix('て')?)
}

/// Verbs in 〜す whose て-form looks like する.
const NATIVE_SU: [&str; 20] = [
    "出し",
    "壊し",
    "消し",
    "貸し",
    "渡し",
    "移し",
    "漏らし",
    "もらし",
    "残し",
    "逃し",
    "示し",
    "外し",
    "話し",
    "写し",
    "記し",
    "犯し",
    "隠し",
    "返し",
    "回し",
    "起こし",
];
/// Verbs in 〜う whose て-form is 〜って.
const U: [&str; 12] = ["使", "行", "扱", "負", "払", "洗", "従", "失", "伴", "疑", "補", "違"];
/// Verbs in 〜く whose て-form is 〜いて.
const KU: [&str; 9] = ["開", "書", "置", "聞", "引", "働", "抜", "除", "招"];

fn of_stem(stem: &str) -> Option<String> {
    if let Some(body) = stem.strip_suffix('し') {
        let end = if NATIVE_SU.iter().any(|end| stem.ends_with(end)) && !stem.ends_with("複写し") {
            "す"
        } else {
            "する"
        };
        return Some(format!("{body}{end}"));
    }
    if let Some(body) = stem.strip_suffix('っ') {
        let u = U.iter().any(|end| body.ends_with(end));
        return Some(format!("{body}{}", if u { "う" } else { "る" }));
    }
    if let Some(body) = stem.strip_suffix('い') {
        let ku = KU.iter().any(|end| body.ends_with(end)) || body.ends_with('お');
        return Some(if ku { format!("{body}く") } else { format!("{stem}る") });
    }
    (!stem.is_empty()).then(|| format!("{stem}る"))
}

/// 用い(ない) → 用いる, 開か → 開く, 取り扱わ → 取り扱う, 利用し → 利用する, 行わせ → 行わせる.
fn from_stem(stem: &str) -> Option<String> {
    let (body, last) = split_last(stem)?;
    let end = match last {
        'し' => "する",
        'わ' => "う",
        'ら' => "る",
        'か' => "く",
        'が' => "ぐ",
        'さ' => "す",
        'た' => "つ",
        'ば' => "ぶ",
        'ま' => "む",
        _ => return Some(format!("{stem}る")),
    };
    Some(format!("{body}{end}"))
}

/// 利用する → 利用し(ない), 開く → 開か, 用いる → 用い, 行わせる → 行わせ.
pub(in crate::question) fn negative(plain: &str) -> Option<String> {
    if let Some(stem) = plain.strip_suffix("する") {
        return Some(format!("{stem}し"));
    }
    let (body, last) = split_last(plain)?;
    let end = match last {
        'る' if from_dictionary(plain)?.ends_with("って") => "ら",
        'る' => "",
        'う' => "わ",
        'く' => "か",
        'ぐ' => "が",
        'す' => "さ",
        'つ' => "た",
        'ぶ' => "ば",
        'む' => "ま",
        _ => return None,
    };
    Some(format!("{body}{end}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_acts_have_a_dictionary_form_and_a_negation() {
        for (act, wanted, stem) in [
            ("持ち出してはならない", "持ち出す", "持ち出さ"),
            ("使用させてはならない", "使用させる", "使用させ"),
            ("利用しないこと", "利用する", "利用し"),
            ("取り扱わないこと", "取り扱う", "取り扱わ"),
            ("開いてはならない", "開く", "開か"),
            ("用いてはならない", "用いる", "用い"),
            ("接続することを禁止する", "接続する", "接続し"),
            ("持ち込んではならない", "持ち込む", "持ち込ま"),
            ("掲示すること", "掲示する", "掲示し"),
            ("持出しを禁止する", "持出しを行う", "持出しを行わ"),
            ("漏らしてはならない", "漏らす", "漏らさ"),
        ] {
            assert_eq!(plain(act).as_deref(), Some(wanted), "{act}");
            assert_eq!(negative(wanted).as_deref(), Some(stem), "{act}");
        }
    }
}
