//! Conditions: what is left of them in the question and the words that allow 該当なし.

use super::verb::te_form;
use crate::clause::segments;

/// The ends of a conditional clause, the longest first.
const ENDS: [&str; 28] = [
    "ときなどは",
    "場合などは",
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
    "に際しては",
    "に際して",
    "に際し",
    "に当たっては",
    "に当たって",
    "に当たり",
    "にあたっては",
    "にあたって",
    "にあたり",
    "時には",
    "時は",
    "場合に限り",
];
/// Conditional clauses that end here although 、 is missing.
const INSIDE: [&str; 9] =
    ["ときなどは", "場合などは", "場合には", "場合は", "ときには", "ときは", "際には", "際は", "に際しては"];
/// What everybody does every day, or whenever duty calls, leaves no room for 該当なし.
const DAILY: [&str; 12] = [
    "離席",
    "席を離れ",
    "退庁",
    "帰宅",
    "登庁",
    "退席",
    "業務の遂行",
    "業務に当た",
    "業務を行うに",
    "職務の遂行",
    "緊急時",
    "ログイン",
];
/// Words that make a clause with 時 or に当たり a mere circumstance of work that always comes.
const ALWAYS: [&str; 6] = ["計画の立案", "計画を立案", "策定に当", "策定にあ", "評価に当", "実施に当"];
/// A noun phrase longer than this is cut down to its head.
const SHORT: usize = 20;
/// A condition longer than this is cut down to its last clause.
const LONGEST: usize = 46;

/// A condition taken out of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    /// How it stands in the question: 「外部委託する場合は、」.
    pub words: String,
    /// 「外部委託なし」; `None` if it always applies.
    pub absent: Option<String>,
}

/// Whether a piece of a sentence, with its 、, ends a conditional clause.
pub(super) fn ends(piece: &str) -> bool {
    let words = piece.trim_end_matches('、');
    piece.ends_with('、') && (ENDS.iter().any(|end| words.ends_with(end)) || by_time(words))
}

/// 「採用時に」, but neither 「日時」 nor 「随時」.
fn by_time(words: &str) -> bool {
    let no_event = ["日", "同", "随", "常", "一", "当", "平", "即", "定", "適", "臨", "何", "短", "暫"];
    let Some(event) = words.strip_suffix("時に").or_else(|| words.strip_suffix('時')) else {
        return false;
    };
    let kanji = event.chars().last().is_some_and(|c| ('一'..='龠').contains(&c));
    kanji && !no_event.iter().any(|word| event.ends_with(word))
}

/// Whether a piece sets an exception: 「やむを得ない場合を除き、」.
pub(super) fn excepts(piece: &str) -> bool {
    let words = piece.trim_end_matches('、');
    ["を除き", "を除いて", "を除く", "を除いては"].iter().any(|end| words.ends_with(end))
}

/// The pieces of a sentence, cut after every 、 and after a conditional clause without one.
pub(super) fn pieces(text: &str) -> Vec<String> {
    segments(text).into_iter().flat_map(|piece| halves(&piece)).collect()
}

fn halves(piece: &str) -> Vec<String> {
    let place = INSIDE.iter().filter_map(|end| piece.find(end).map(|at| at + end.len())).min();
    match place.filter(|at| *at < piece.len() && !piece[*at..].starts_with('、')) {
        Some(at) => vec![format!("{}、", &piece[..at]), piece[at..].to_string()],
        None => vec![piece.to_string()],
    }
}

/// 「必要に応じて」 inside an act: the words that allow 該当なし.
pub(super) fn if_needed(act: &str) -> Option<String> {
    let (place, word) =
        ["必要に応じ", "必要により"].iter().find_map(|word| act.find(word).map(|at| (at, word.len())))?;
    let before = act[..place].trim_end_matches('、');
    let regular = ["又は", "及び", "かつ", "並びに", "若しくは"].iter().any(|word| before.ends_with(word));
    (!regular).then(|| needless(&act[place + word..]))
}

/// 「措置を講じて」 → 「措置が必要な場面なし」.
fn needless(act: &str) -> String {
    let thing = ["を講じて", "を行って", "を実施して", "を求めて", "を図って"]
        .iter()
        .find_map(|end| act.strip_suffix(end));
    let noun = thing.or_else(|| act.strip_suffix("して")).unwrap_or_default();
    let kanji = |c: &char| ('一'..='龠').contains(c);
    let noun: Vec<char> = noun.chars().rev().take_while(kanji).collect();
    let noun: String = noun.into_iter().rev().collect();
    let one = !act.trim_start_matches(['、', 'て']).contains('、');
    let fits = one && (2..=8).contains(&noun.chars().count());
    if fits { format!("{noun}が必要な場面なし") } else { "必要な場面なし".to_string() }
}

/// The condition a conditional clause sets.
pub(super) fn of(words: &str) -> Condition {
    let plain = words.trim_end_matches('、');
    let body = ENDS.iter().find_map(|end| plain.strip_suffix(end)).unwrap_or(plain);
    let body = ["時に", "時"].iter().find_map(|end| body.strip_suffix(end)).unwrap_or(body);
    Condition { words: in_question(plain, body), absent: absent(plain, body) }
}

fn in_question(plain: &str, body: &str) -> String {
    if plain.chars().count() > LONGEST {
        return format!("{}、", shortened(body));
    }
    let whole = ["場合には", "場合に", "場合においては", "場合において", "場合"];
    if whole.iter().any(|end| plain.ends_with(end)) {
        return format!("{body}場合は、");
    }
    let kept = plain.trim_end_matches('は');
    if kept.ends_with(['り', 'し']) {
        return format!("{kept}、");
    }
    if kept.ends_with("場合に限り") {
        return format!("{body}場合は、");
    }
    format!("{kept}は、")
}

/// How long two alternatives may be together.
const BOTH: usize = 48;

/// The alternatives, each cut down to its last clause; only the first if they are too long together.
fn shortened(body: &str) -> String {
    let joints = ["場合及び", "場合又は", "場合、又は", "とき又は", "とき、又は", "とき及び"];
    let parts = joints.iter().find_map(|word| body.split_once(word));
    let first = last_clause(parts.map_or(body, |(first, _)| first));
    let second = parts.and_then(|(_, second)| last_clause(second));
    let both = first.as_deref().zip(second).map(|(first, second)| format!("{first}場合又は{second}場合は"));
    let fitting = both.filter(|both| both.chars().count() <= BOTH);
    fitting
        .or_else(|| first.map(|first| format!("{first}場合は")))
        .unwrap_or_else(|| "これに該当する場合は".to_string())
}

/// 「〜に対応するため新たに対策が必要となった」 → 「新たに対策が必要となった」.
fn last_clause(body: &str) -> Option<String> {
    let clauses: Vec<&str> = body.split('、').collect();
    let fitting = (0..clauses.len()).map(|from| clauses[from..].join("、"));
    let whole =
        fitting.map(|text| text.split_once("ため").map_or(text.clone(), |(_, rest)| rest.to_string()));
    let text = whole.filter(|text| text.chars().count() <= LONGEST - 8).find(|text| !text.is_empty())?;
    let ends = te_form(&text).is_some() || text.ends_with(['た', 'だ', 'い', 'の']);
    ends.then_some(text)
}

/// 「外部委託事業者に業務を委託する」 → 「業務の委託なし」, 「持ち出す」 → 「持ち出しなし」.
fn absent(plain: &str, body: &str) -> Option<String> {
    if DAILY.iter().any(|word| plain.contains(word)) || ALWAYS.iter().any(|word| plain.contains(word)) {
        return None;
    }
    Some(absence(body))
}

/// The words for the absence of an act in its dictionary form or its past.
pub(super) fn absence(body: &str) -> String {
    let needed = [
        "見直しが必要",
        "必要となった",
        "必要になった",
        "必要があると",
        "必要がある",
        "必要と認め",
        "必要な",
    ];
    if needed.iter().any(|word| body.contains(word)) {
        return "必要な場面なし".to_string();
    }
    let body = body.strip_suffix("をする").or_else(|| body.strip_suffix("をした")).unwrap_or(body);
    let body = kind(body);
    let body = body.rsplit('、').next().unwrap_or(body);
    let body = body.trim_start_matches("又は").trim_start_matches("若しくは");
    if let Some((name, verb)) = noun_act(body) {
        return fitting(name, verb);
    }
    let (object, verb) = object_and_verb(body);
    let unclear = ["こと", "おそれ", "もの", "第"].iter().any(|word| object.contains(word));
    match noun_of(verb).filter(|_| !unclear) {
        Some(verb) => fitting(object, &verb),
        None => "該当する事例なし".to_string(),
    }
}

/// 「カメラ、録音機その他の記録機器を持ち込む」 → 「記録機器を持ち込む」: the kind stands for its members.
fn kind(body: &str) -> &str {
    match body.rsplit_once("その他の") {
        Some((before, kind)) if kind.contains('を') && !before.contains('を') => kind,
        _ => body,
    }
}

/// 「委託事業者の選定(に当たり)」 is a noun already.
fn noun_act(body: &str) -> Option<(&str, &str)> {
    let kanji = body.chars().last().is_some_and(|c| ('一'..='龠').contains(&c));
    let (object, act) = body.rsplit_once('の').filter(|_| kanji)?;
    (act.chars().count() <= 6 && !act.contains(['を', 'に', 'が', 'は'])).then_some((object, act))
}

fn fitting(object: &str, verb: &str) -> String {
    if verb == "異動又は退職" {
        return "異動又は退職なし".to_string();
    }
    let object = towards(object);
    let object = object.as_str();
    let full = format!("{object}の{verb}なし");
    let fits = !object.is_empty() && full.chars().count() <= SHORT && verb.chars().count() <= 6;
    if fits { full } else { head(object, verb) }
}

/// 「端末にソフトウェア(の導入)」 → 「端末へのソフトウェア」, 「班から報告(の受付)」 → 「班からの報告」.
fn towards(object: &str) -> String {
    let noun = |text: &str| {
        text.chars().count() >= 2 && text.chars().all(|c| c == 'の' || !('ぁ'..='ん').contains(&c))
    };
    for (particle, joint) in [("に", "への"), ("から", "からの"), ("で", "での")] {
        if let Some((place, thing)) =
            object.split_once(particle).filter(|(place, thing)| noun(place) && noun(thing))
        {
            return format!("{place}{joint}{thing}");
        }
    }
    object.to_string()
}

fn head(object: &str, verb: &str) -> String {
    let short =
        object.rsplit(['の', '、', 'た', 'る', 'び', 'は', 'に', 'い', 'で']).next().unwrap_or_default();
    if short.chars().count() >= 2 && short.chars().count() + verb.chars().count() <= SHORT - 4 {
        format!("{short}の{verb}なし")
    } else {
        format!("{verb}なし")
    }
}

fn object_and_verb(body: &str) -> (&str, &str) {
    for particle in ['を', 'が'] {
        if let Some((object, verb)) = body.rsplit_once(particle) {
            return (object.rsplit(['が', 'て']).next().unwrap_or(object), verb);
        }
    }
    match body.rsplit_once(['で', 'に']) {
        Some((_, verb)) if verb.chars().count() >= 3 => ("", verb),
        _ => ("", body),
    }
}

/// Native verbs and the nouns forms use for them.
const NATIVE: [(&str, &str); 22] = [
    ("見つけ", "発見"),
    ("行う", "実施"),
    ("行った", "実施"),
    ("公表された", "公表"),
    ("持ち出", "持ち出し"),
    ("持ち込", "持ち込み"),
    ("取り扱", "取扱い"),
    ("取扱", "取扱い"),
    ("取り込", "取り込み"),
    ("取り入れ", "取り入れ"),
    ("送る", "送付"),
    ("送っ", "送付"),
    ("使う", "使用"),
    ("用いる", "使用"),
    ("受けた", "受付"),
    ("受ける", "受付"),
    ("起きた", "発生"),
    ("生じた", "発生"),
    ("生じる", "発生"),
    ("捨てる", "廃棄"),
    ("貸し出", "貸出し"),
    ("離れる", "異動又は退職"),
];

/// The act as a noun: 委託する → 委託, 委託しようとする → 委託, 持ち出す → 持ち出し, 見つけた → 発見.
fn noun_of(verb: &str) -> Option<String> {
    if let Some((_, noun)) = NATIVE.iter().find(|(native, _)| verb.contains(native)) {
        return Some((*noun).to_string());
    }
    let ends = ["しようとする", "する必要がある", "させる", "される", "された", "する", "した", "を求める"];
    let stem = ends.iter().find_map(|end| verb.strip_suffix(end))?;
    let noun = stem.rsplit(['に', 'へ', 'で', 'と']).next().unwrap_or(stem);
    let kana = noun.chars().any(|c| ('ぁ'..='ん').contains(&c));
    (noun.chars().count() >= 2 && !kana).then(|| noun.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_names_its_absence() {
        for (words, wanted) in [
            ("外部委託する場合には、", Some("外部委託なし")),
            ("業務を委託しようとするときは、", Some("業務の委託なし")),
            ("両システム間で通信する場合には、", Some("通信なし")),
            ("端末を庁外に持ち出すときは、", Some("端末の持ち出しなし")),
            ("記録媒体を廃棄する場合は、", Some("記録媒体の廃棄なし")),
            ("離席するときは、", None),
            ("離席時には、", None),
            ("約款による外部サービスを利用する場合には、", Some("約款による外部サービスの利用なし")),
            ("インシデントを発見したときは、", Some("インシデントの発見なし")),
            ("委託事業者の選定に当たり、", Some("委託事業者の選定なし")),
            ("報告を受けたときは、", Some("報告の受付なし")),
            ("対応班から通報を受けたときは、", Some("対応班からの通報の受付なし")),
            ("端末にソフトウェアを導入するときは、", Some("端末へのソフトウェアの導入なし")),
            ("定規、はさみその他の刃物を持ち込むときは、", Some("刃物の持ち込みなし")),
            ("情報資産の運搬をするときは、", Some("情報資産の運搬なし")),
        ] {
            assert_eq!(of(words).absent.as_deref(), wanted, "{words}");
        }
    }

    #[test]
    fn a_condition_without_a_comma_is_cut_off() {
        assert_eq!(
            pieces("離席するときは端末を施錠し、退庁する"),
            ["離席するときは、", "端末を施錠し、", "退庁する"]
        );
        assert_eq!(of("外部委託する場合には、").words, "外部委託する場合は、");
    }
}
