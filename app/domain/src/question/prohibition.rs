//! Prohibitions turned positive: ○ must always mean compliant. Source: field glossary §5.4 rule 4.

use super::condition::absent;
use super::verb::te_form;

/// The positive question about a forbidden act (without 「〜していますか。」) and what allows 該当なし.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Positive {
    pub text: String,
    pub absent: Option<String>,
    pub sure: bool,
}

const LICENCE: [&str; 9] = [
    "の許可を得ないで",
    "の許可を得ずに",
    "許可を得ないで",
    "許可を得ずに",
    "の許可なく",
    "許可なく",
    "の承認を得ずに",
    "の承認なく",
    "承認なく",
];

/// Rewrites 「〜してはならない」 and 「〜しないこと」.
pub(super) fn positive(act: &str) -> Option<Positive> {
    let act = act.trim_end_matches('。');
    licence(act)
        .or_else(|| purpose(act))
        .or_else(|| only(act))
        .or_else(|| known(act))
        .or_else(|| general(act))
}

/// 許可なく持ち出してはならない → 持ち出すときは、許可を得ていますか.
fn licence(act: &str) -> Option<Positive> {
    let word = LICENCE.iter().find(|word| act.contains(**word))?;
    let (before, after) = act.split_once(word)?;
    let authority = before.rsplit(['、', 'に', 'を', 'は']).next().unwrap_or_default();
    let before = &before[..before.len() - authority.len()];
    let rest = format!("{}{}", before, after.trim_start_matches('、'));
    let verb = dictionary(&rest)?;
    let giver = if authority.is_empty() { String::new() } else { format!("{authority}の") };
    let kind = if word.contains("承認") { "承認" } else { "許可" };
    Some(Positive {
        text: format!("{verb}ときは、事前に{giver}{kind}を得て"),
        absent: absent(&verb),
        sure: true,
    })
}

/// 業務以外の目的で利用してはならない → 業務の目的に限って利用していますか.
fn purpose(act: &str) -> Option<Positive> {
    let patterns =
        ["業務以外の目的で", "業務以外の目的に", "業務の目的以外の目的で", "業務外の目的で", "目的外に"];
    let word = patterns.iter().find(|word| act.contains(**word))?;
    let only = act.replacen(word, "業務の目的に限って", 1);
    let verb = dictionary(&only)?;
    Some(Positive { text: te_form(&verb)?, absent: None, sure: true })
}

/// 市が貸与したもの以外の媒体に記録してはならない → 市が貸与したものに限って….
fn only(act: &str) -> Option<Positive> {
    let (allowed, rest) = act.split_once("以外の")?;
    let (_, verb_part) = rest.split_once(['を', 'に'])?;
    let verb = dictionary(verb_part)?;
    let particle = if rest.contains('を') && !rest.contains('に') { "だけを" } else { "だけに" };
    (!allowed.contains('、') && !verb_part.contains('、'))
        .then(|| te_form(&format!("{allowed}{particle}{verb}")))
        .flatten()
        .map(|text| Positive { text, absent: None, sure: false })
}

/// Prohibitions every policy has.
fn known(act: &str) -> Option<Positive> {
    let has = |words: &[&str]| words.iter().all(|word| act.contains(word));
    let text = if has(&["ID", "他人"]) || has(&["利用者番号", "他の者"]) {
        "自分の利用者ID(利用者番号)を本人だけが使う状態を保って"
    } else if has(&["秘密", "漏ら"]) || has(&["職務上知り得た", "漏ら"]) {
        "職務上知り得た情報を、外部に漏れないよう管理して"
    } else {
        return None;
    };
    Some(Positive { text: text.to_string(), absent: None, sure: true })
}

/// 「〜しないよう徹底していますか。」 is one negation and still means: ○ is compliant.
fn general(act: &str) -> Option<Positive> {
    let negative = negative(act)?;
    Some(Positive { text: format!("{negative}よう徹底して"), absent: None, sure: false })
}

/// 用いてはならない → 用いない, 開いてはならない → 開かない.
fn negative(act: &str) -> Option<String> {
    if let Some(stem) =
        ["ことを禁止する", "ことを禁ずる", "ことを禁じる"].iter().find_map(|end| act.strip_suffix(end))
    {
        return from_plain(stem);
    }
    if let Some(noun) = act.strip_suffix("を禁止する") {
        return Some(format!("{noun}を行わない"));
    }
    if let Some(plain) =
        ["ないこととする", "ないものとする", "ないこと", "ない"].iter().find_map(|end| act.strip_suffix(end))
        && !act.ends_with("はならない")
    {
        return Some(format!("{plain}ない"));
    }
    if act.ends_with("すること") || !act.ends_with("ならない") {
        return from_plain(act.trim_end_matches("こと"));
    }
    from_plain(&dictionary(act)?)
}

/// 利用する → 利用しない, 開く → 開かない, 用いる → 用いない.
fn from_plain(plain: &str) -> Option<String> {
    if let Some(stem) = plain.strip_suffix("する") {
        return Some(format!("{stem}しない"));
    }
    let last = plain.chars().last()?;
    let body = &plain[..plain.len() - last.len_utf8()];
    let end = match last {
        'る' if te_form(plain)?.ends_with("って") => "ら",
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
    Some(format!("{body}{end}ない"))
}

/// 持ち出してはならない → 持ち出す, 利用しないこと → 利用する, 開いてはならない → 開く.
fn dictionary(act: &str) -> Option<String> {
    let te =
        ["はならない", "はならないものとする", "はいけない"].iter().find_map(|end| act.strip_suffix(end));
    if let Some(stem) = act.strip_suffix("しないこと") {
        return Some(format!("{stem}する"));
    }
    let stem = te?;
    if let Some(body) = stem.strip_suffix("んで") {
        return Some(format!("{body}む"));
    }
    let stem = stem.strip_suffix('て')?;
    Some(plain_of(stem))
}

/// The dictionary form of what stands before て.
fn plain_of(stem: &str) -> String {
    let native = [
        "出し",
        "壊し",
        "消し",
        "貸し",
        "渡し",
        "移し",
        "漏らし",
        "残し",
        "逃し",
        "示し",
        "外し",
        "話し",
        "写し",
        "記し",
    ];
    if let Some(body) = stem.strip_suffix('し') {
        let end = if native.iter().any(|end| stem.ends_with(end)) { "す" } else { "する" };
        return format!("{body}{end}");
    }
    if let Some(body) = stem.strip_suffix('っ') {
        let u = ["使", "行", "扱", "負", "払", "洗", "従"].iter().any(|end| body.ends_with(end));
        return format!("{body}{}", if u { "う" } else { "る" });
    }
    if let Some(body) = stem.strip_suffix('い') {
        let ku = ["開", "書", "置", "聞", "引", "働", "抜"].iter().any(|end| body.ends_with(end));
        return if ku { format!("{body}く") } else { format!("{stem}る") };
    }
    format!("{stem}る")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prohibitions_become_positive() {
        for (act, wanted) in [
            (
                "許可なく機器及び記録媒体を外部に持ち出してはならない",
                "機器及び記録媒体を外部に持ち出すときは、事前に許可を得て",
            ),
            (
                "課長の許可を得ないで、情報資産を庁外に持ち出してはならない",
                "情報資産を庁外に持ち出すときは、事前に課長の許可を得て",
            ),
            ("業務以外の目的で電子メールを使用してはならない", "業務の目的に限って電子メールを使用して"),
            (
                "自己のIDを他人に利用させてはならない",
                "自分の利用者ID(利用者番号)を本人だけが使う状態を保って",
            ),
            ("不審な添付ファイルを開いてはならない", "不審な添付ファイルを開かないよう徹底して"),
            ("私物の情報機器を業務に用いてはならない", "私物の情報機器を業務に用いないよう徹底して"),
            ("端末を他の者に使用させてはならない", "端末を他の者に使用させないよう徹底して"),
            ("他人に教えないこと", "他人に教えないよう徹底して"),
        ] {
            assert_eq!(positive(act).map(|p| p.text).as_deref(), Some(wanted), "{act}");
        }
    }
}
