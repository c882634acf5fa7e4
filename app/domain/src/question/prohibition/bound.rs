//! What may be done with some things only: 「支給以外の端末を利用してはならない」.

use super::Positive;
use crate::question::verb::{from_dictionary, past};

/// Ways to say that the purpose is not the work.
const PURPOSES: [&str; 12] = [
    "業務以外の目的で",
    "業務以外の目的に",
    "業務の目的以外の目的で",
    "業務目的以外の目的で",
    "業務の目的以外で",
    "業務目的以外に",
    "業務目的以外で",
    "業務外の目的で",
    "業務以外に",
    "私的な目的で",
    "私的に",
    "目的外に",
];

/// 業務以外の目的で利用してはならない → 業務の目的だけに利用していますか.
pub(super) fn purpose(plain: &str) -> Option<Positive> {
    let word = PURPOSES.iter().find(|word| plain.contains(**word))?;
    let (before, after) = plain.split_once(word)?;
    let after = after.trim_start_matches('、');
    let act = match after.rsplit_once('を').filter(|(object, _)| !object.contains('を')) {
        Some((object, verb)) => format!("{before}{object}を業務の目的だけに{verb}"),
        None => format!("{before}業務の目的だけに{after}"),
    };
    Some(Positive::new("禁止（目的外の利用）", from_dictionary(&act)?))
}

/// What limits a noun, and what the allowed things are called.
const LIMITS: [(&str, &str); 22] = [
    ("業務上必要のない", "業務上必要なもの"),
    ("業務上必要でない", "業務上必要なもの"),
    ("業務に必要のない", "業務に必要なもの"),
    ("業務に必要でない", "業務に必要なもの"),
    ("業務に関係のない", "業務に関係のあるもの"),
    ("業務に関係しない", "業務に関係するもの"),
    ("業務と関係のない", "業務と関係のあるもの"),
    ("利用権限のない", "利用権限のあるもの"),
    ("権限のない", "権限のあるもの"),
    ("権限を有しない", "権限を有するもの"),
    ("許可のない", "許可を得たもの"),
    ("承認のない", "承認を得たもの"),
    ("許可されていない", "許可されたもの"),
    ("認められていない", "認められたもの"),
    ("不正にコピーした", "正規に入手したもの"),
    ("不正に複製した", "正規に入手したもの"),
    ("不正に複製された", "正規に入手したもの"),
    ("私物の", "支給されたもの"),
    ("私有の", "支給されたもの"),
    ("個人所有の", "支給されたもの"),
    ("個人が所有する", "支給されたもの"),
    ("支給以外の", "支給されたもの"),
];
const RULE: &str = "禁止（範囲の限定）";

/// 支給以外の端末を業務に利用する → 業務に利用する端末は、支給されたものに限る.
pub(super) fn bound(plain: &str) -> Option<Positive> {
    let plain = plain.replace("原則として", "").replace("を原則業務", "を業務");
    let named = LIMITS.iter().find_map(|(limit, allowed)| {
        let (before, after) = plain.split_once(limit)?;
        turned(before, after, allowed)
    });
    named.or_else(|| not_yet(&plain)).or_else(|| other_than(&plain))
}

/// 許可を受けていない機器を接続させる → 接続させる機器は、許可を受けたものに限る.
fn not_yet(plain: &str) -> Option<Positive> {
    let (left, after) = plain.split_once("ていない").or_else(|| plain.split_once("でいない"))?;
    let te = &plain[..left.len() + "て".len()];
    let (before, state) =
        te.rsplit_once('、').map_or(("", te), |(before, state)| (&te[..before.len() + "、".len()], state));
    turned(before, after, &format!("{}もの", past(state)?))
}

/// 市が貸与したもの以外の媒体に情報を記録する → 情報を記録する媒体は、市が貸与したものに限る;
/// 入室を認めた者以外の者を立ち入らせる → 入室を認めた者だけを立ち入らせる.
fn other_than(plain: &str) -> Option<Positive> {
    let (left, after) = plain.split_once("以外")?;
    let cut = left.rfind('、').map_or(0, |at| at + "、".len());
    let (before, allowed) = left.split_at(cut);
    let after_noun = ["の者は、", "の者", "のもの"].iter().find_map(|noun| after.strip_prefix(noun));
    match (after_noun, after.strip_prefix('の')) {
        (None, Some(after)) => turned(before, after, allowed),
        (rest, _) => only(before, allowed, rest.unwrap_or(after)),
    }
}

fn only(before: &str, allowed: &str, rest: &str) -> Option<Positive> {
    let particle = rest.chars().next().filter(|c| "にでをへと".contains(*c));
    let rest = particle.map_or(rest, |c| &rest[c.len_utf8()..]).trim_start_matches('、');
    let particle = particle.map_or_else(|| "が".to_string(), |c| c.to_string());
    let act = format!("{before}{allowed}だけ{particle}{rest}");
    (!allowed.is_empty() && !rest.is_empty())
        .then(|| from_dictionary(&act))
        .flatten()
        .map(|text| Positive::new(RULE, text))
}

/// The noun is what stands before the first particle; the rest says what is done with it.
fn turned(before: &str, after: &str, allowed: &str) -> Option<Positive> {
    let at = after.char_indices().find(|(at, c)| "をにでへ".contains(*c) && *at > 0)?.0;
    let (noun, rest) = after.split_at(at);
    let rest = rest.trim_start_matches(['を', 'に', 'で', 'へ', '、']);
    let noun = if ["もの", "者", "の者"].contains(&noun) {
        if noun == "もの" { "の" } else { "者" }
    } else {
        noun
    };
    let usable = !rest.is_empty()
        && rest.ends_with(['る', 'う', 'く', 'す', 'つ', 'む', 'ぶ'])
        && !noun.contains("又は他");
    let act = format!("{}{rest}", object(before));
    usable.then(|| Positive::new(RULE, format!("{act}{noun}は、{allowed}に限って")))
}

/// 「管理区域に、」 before the act, 「ソフトウェアは、」 as its object.
fn object(before: &str) -> String {
    let before = before.trim_end_matches('、');
    before.strip_suffix('は').map_or_else(|| before.to_string(), |noun| format!("{noun}として"))
}
