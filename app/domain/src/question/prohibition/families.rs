//! The families of prohibitions by what is forbidden: sharing, telling, leaving about, opening, connecting, ...

use super::Positive;

/// Other people, as rules call them.
const OTHERS: [&str; 14] = [
    "他人",
    "他の者",
    "他者",
    "第三者",
    "ほかの者",
    "他の職員",
    "職員等間",
    "職員間",
    "複数の者",
    "複数の職員",
    "複数人",
    "本人以外",
    "家族",
    "同僚",
];

/// Families that are known by their end alone.
pub(super) fn by_end(act: &str) -> Option<Positive> {
    let same = ["が兼ねてはならない", "が兼務してはならない", "を兼ねてはならない", "を兼ねないこと"];
    if same.iter().any(|end| act.ends_with(end)) {
        return Some(Positive::new(super::BOTH, "別の者が務めるようにして".to_string()));
    }
    let talk = [
        "との通信を原則として行わない",
        "との通信を行わない",
        "との通信を行ってはならない",
        "との通信を原則として行わないこと",
        "との通信を行わないこと",
    ];
    if let Some(end) = talk.iter().find(|end| act.ends_with(**end)) {
        return Some(Positive::new(
            "禁止（通信）",
            format!("{}との通信を遮断して", &act[..act.len() - end.len()]),
        ));
    }
    let open = ["公開しない", "公表しない", "公開しないこと", "公開しないものとする", "公にしない"];
    let end = open.iter().find(|end| act.ends_with(**end))?;
    let thing = act[..act.len() - end.len()].trim_end_matches('、').trim_end_matches(['は', 'を']);
    Some(Positive::new("禁止（公開）", format!("{thing}を、庁外から閲覧できない場所に保管して")))
}

/// Families with words of their own.
pub(super) fn named(plain: &str) -> Option<Positive> {
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    let others = has(&OTHERS);
    if let Some((before, act)) = plain.split_once("に放置したまま") {
        let (thing, place) = before.rsplit_once('を')?;
        return Some(Positive::new("禁止（放置）", format!("{act}ときは、{thing}を{place}に残さず片付けて")));
    }
    let text = if has(&["共用させ", "共有させ"]) && others {
        format!("{}は、一人ごとに分けて使わせて", thing(plain)?)
    } else if others
        && has(&["者の", "人の"])
        && has(&["番号を用い", "IDを用い", "IDを使", "IDで", "IDにより", "アカウントを"])
    {
        format!("自分の{}だけを使って", key(plain)?)
    } else if others
        && has(&[
            "利用させ",
            "使用させ",
            "使わせ",
            "貸与す",
            "貸す",
            "貸し",
            "共有す",
            "共用す",
            "譲渡す",
            "貸し与え",
        ])
    {
        format!("{}は、本人だけが使って", thing(plain)?)
    } else if others && has(&["教え", "知らせ", "開示す", "見せ", "知られ"]) {
        format!("{}は、本人だけが知る状態に保って", secret(plain)?)
    } else if has(&["漏らす", "漏えいする", "もらす"]) {
        let known = thing(plain).filter(|thing| thing.contains("情報") || thing.contains("秘密"));
        format!("{}を、外部に漏れないよう守って", known.unwrap_or_else(|| "職務上知り得た情報".to_string()))
    } else if has(&["同一のパスワード", "同じパスワード"]) {
        let each = if has(&["システム間", "複数の"]) { "システムごとに" } else { "毎回" };
        format!("パスワードは、{each}異なるものを用いて")
    } else if has(&["サポートが終了した", "サポートの終了した", "サポート期間が終了した"])
    {
        "利用するソフトウェアは、開発元のサポートが続いているものに限って".to_string()
    } else if has(&["委託事業者に行わせ", "事業者に行わせ", "外部の者に行わせ"]) {
        format!("{}は、職員が自ら行って", thing(plain)?)
    } else {
        return None;
    };
    let rule = if others || has(&["漏ら", "教え"]) {
        "禁止（他人との共有）"
    } else {
        "禁止の言い換え"
    };
    Some(Positive::new(rule, text))
}

/// What is forbidden to be shared: the words before を, or the topic.
fn thing(plain: &str) -> Option<String> {
    let cut = |text: &str| {
        let noun = text.trim_end_matches('、').rsplit('、').next().unwrap_or(text);
        let whole = if text.contains("及び") || text.contains("又は") {
            text
        } else {
            noun.trim_start_matches('、')
        };
        let whole = OTHERS.iter().fold(whole.to_string(), |text, other| {
            text.replace(&format!("{other}に"), "").replace(&format!("{other}で"), "")
        });
        whole
            .replace("自己の", "自分の")
            .replace("自己が", "自分が")
            .replace("同一の", "")
            .trim_matches('、')
            .to_string()
    };
    let topic = plain
        .split_once("は、")
        .or_else(|| plain.split_once("については、"))
        .or_else(|| plain.split_once("について、"));
    let object =
        plain.rsplit_once('を').filter(|(_, rest)| !rest.contains("について、") && !rest.contains("は、"));
    let object = object.map(|(object, _)| cut(object)).filter(|object| !object.is_empty());
    object.or_else(|| topic.map(|(topic, _)| cut(topic))).filter(|noun| noun.chars().count() <= 30)
}

fn secret(plain: &str) -> Option<String> {
    thing(plain).filter(|thing| !OTHERS.iter().any(|other| thing.starts_with(other)))
}

/// 他の者の利用者番号 → 利用者番号.
fn key(plain: &str) -> Option<String> {
    let at = OTHERS.iter().find_map(|other| plain.split_once(&format!("{other}の")).map(|(_, rest)| rest))?;
    let key = at.split(['を', 'で', 'に']).next()?;
    (!key.is_empty() && key.chars().count() <= 20).then(|| key.to_string())
}

/// Families of a thing and a place: 「Nを Pに Vする」 in either order.
pub(super) fn with_place(plain: &str) -> Option<Positive> {
    let plain = &match plain.split_once("は、") {
        Some((topic, rest)) if !plain.contains('を') => format!("{topic}を{rest}"),
        _ => plain.to_string(),
    };
    let (rule, ends, shape) =
        PLACED.iter().find(|(_, ends, _)| ends.iter().any(|end| plain.ends_with(end)))?;
    let end = ends.iter().filter(|end| plain.ends_with(**end)).max_by_key(|end| end.len())?;
    let (object, place) = object_and_place(&plain[..plain.len() - end.len()])?;
    let stem = end.trim_end_matches("する").trim_end_matches('る');
    let data = ["情報", "データ", "内容", "事項"].iter().any(|word| object.ends_with(word));
    if *rule == "禁止（情報の入力・発信）" && !data {
        return None;
    }
    if place.ends_with("目的に") {
        return None;
    }
    let other = format!("{}以外", place.trim_end_matches(['に', 'へ', 'で']));
    let text = shape
        .replace("{N}", &object)
        .replace("{P以外}", &other)
        .replace("{P}", &place)
        .replace("{V}", end)
        .replace("{v}", stem);
    Some(Positive::new(rule, text))
}

type Placed = (&'static str, &'static [&'static str], &'static str);

/// Rule, verbs, wording: {N} the thing, {P} the place with its particle, {V} the verb, {v} its stem.
const PLACED: [Placed; 6] = [
    (
        "禁止（情報の入力・発信）",
        &["入力する", "発信する", "投稿する", "掲載する", "書き込む", "使用する", "利用する"],
        "{P}{V}情報から、{N}を除いて",
    ),
    ("禁止（保存場所）", &["保存する", "保管する", "格納する"], "{N}は、{P以外}の場所に{v}して"),
    ("禁止（記憶）", &["記憶させる", "保存させる"], "{N}は、{P}{v}ずに使って"),
    ("禁止（接続）", &["接続する", "つなぐ", "接続させる"], "{N}は、{P}接続せずに使って"),
    (
        "禁止（放置）",
        &["放置する", "置いたままにする", "放置したままにする"],
        "{N}は、{P}放置せず、手元又は定められた場所で管理して",
    ),
    ("禁止（掲示）", &["掲示する", "貼り付ける", "貼付する"], "{N}は、人目に触れないよう管理して"),
];

/// 端末にパスワードを, パスワードを端末に, 情報を、サービスに → (パスワード, 端末に).
fn object_and_place(body: &str) -> Option<(String, String)> {
    let trim = |text: &str| text.trim_matches('、').to_string();
    let (first, rest) = body.rsplit_once('を')?;
    let rest = trim(rest);
    if rest.ends_with(['に', 'へ', 'で']) {
        return Some((trim(first), rest))
            .filter(|(object, place)| !object.is_empty() && !place.contains('、'));
    }
    if let Some((place, object)) = first.split_once("において").filter(|_| rest.is_empty()) {
        return Some((trim(object), format!("{}で", trim(place))));
    }
    let (place, object) =
        first.split_once("に、").or_else(|| first.split_once('に')).filter(|_| rest.is_empty())?;
    let odd = place.is_empty()
        || object.is_empty()
        || place.ends_with(['特', '既', '他', '要'])
        || object.starts_with(['つ', 'お', '関', '係']);
    (!odd).then(|| (trim(object), format!("{}に", trim(place))))
}

/// Families of an act on a thing.
pub(super) fn of_object(plain: &str) -> Option<Positive> {
    let (rule, end, shape) = ACTS.iter().find(|(_, end, _)| plain.ends_with(end))?;
    let thing = plain[..plain.len() - end.len()].trim_matches('、');
    let fits = !thing.is_empty() && !thing.contains('を');
    fits.then(|| Positive::new(rule, shape.replace("{N}", thing)))
}

/// Rule, end, wording: {N} is what stands before the end.
const ACTS: [(&str, &str, &str); 12] = [
    ("禁止（開封）", "を開封する", "{N}は、開封せずに対処して"),
    ("禁止（開封）", "を開く", "{N}は、開かずに対処して"),
    ("禁止（設定の変更）", "の設定を変更する", "{N}の設定は、定められたまま使って"),
    ("禁止（設定の変更）", "の設定を変える", "{N}の設定は、定められたまま使って"),
    ("禁止（設定の変更）", "の動作を停止させる", "{N}を常に動作させて"),
    ("禁止（設定の変更）", "を停止させる", "{N}を常に動作させて"),
    ("禁止（設定の変更）", "を停止する", "{N}を常に動作させて"),
    ("禁止（設定の変更）", "を無効にする", "{N}を常に有効にして"),
    ("禁止（設定の変更）", "を解除する", "{N}を常に有効にして"),
    ("禁止（改造）", "に対し機器の改造及び増設・交換を行う", "{N}は、改造や増設をせずに支給されたまま使って"),
    ("禁止（改造）", "の改造及び増設・交換を行う", "{N}は、改造や増設をせずに支給されたまま使って"),
    ("禁止（改造）", "を改造する", "{N}は、改造せずに支給されたまま使って"),
];
