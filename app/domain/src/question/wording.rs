//! The question as its role reads it, and how a long one becomes short.

use super::derive::Asked;
use super::lead::LIST;
use super::shorten::enumeration;
use crate::role::Role;
use crate::topic::Topic;

/// The longest question.
pub(super) const LONGEST: usize = 80;

/// The parts of a question, in their order.
#[derive(Debug, Clone)]
struct Parts {
    topic_first: bool,
    prefix: String,
    conditions: Vec<String>,
    topics: Vec<String>,
    spare: Vec<String>,
    core: String,
}

impl Parts {
    fn text(&self) -> String {
        let text = [
            self.prefix.as_str(),
            &if self.topic_first {
                self.topics.concat() + &conditional(&self.conditions)
            } else {
                conditional(&self.conditions) + &self.topics.concat()
            },
            &self.spare.concat(),
            &self.core,
            "いますか。",
        ]
        .concat();
        polished(&text)
    }

    fn fits(&self) -> bool {
        self.text().chars().count() <= LONGEST
    }
}

/// 「甲種情報を取り扱う場合で、不要となったときは、」: of two conditions the outer one says for which cases.
fn conditional(conditions: &[String]) -> String {
    let said: Vec<&String> = conditions.iter().filter(|words| !words.is_empty()).collect();
    let Some((last, outer)) = said.split_last() else { return String::new() };
    let outer: Vec<String> = outer
        .iter()
        .map(|words| {
            let ends = ["ときは、", "場合は、", "際は、"];
            ends.iter()
                .find_map(|end| words.strip_suffix(end))
                .map_or_else(|| words.to_string(), |body| format!("{body}場合で、"))
        })
        .collect();
    format!("{}{last}", outer.concat())
}

/// The question as the role reads it, at most 80 characters.
pub(super) fn worded(asked: &Asked, role: Role, topic: Topic) -> String {
    let act = &asked.act;
    if act.core.is_empty() {
        return asked.fallback.clone();
    }
    let mut parts = Parts {
        topic_first: act.topic_first,
        prefix: String::new(),
        conditions: act.conditions.iter().map(|condition| condition.words.clone()).collect(),
        topics: act.topics.clone(),
        spare: act.spare.clone(),
        core: as_object(act),
    };
    if parts.core.len() != act.core.len() {
        parts.topics.pop();
    }
    parts.prefix = prefix(role, topic, &parts);
    if !asked.list.is_empty() {
        return listed(&parts, &asked.list);
    }
    shortened(parts).unwrap_or_else(|| asked.fallback.clone())
}

/// 「会議は、招集する」 → 「会議を招集する」.
fn as_object(act: &super::chain::Act) -> String {
    let takes = [
        "招集して",
        "実施して",
        "策定して",
        "定めて",
        "設定して",
        "保管して",
        "管理して",
        "変更して",
        "記録して",
        "消去して",
        "公表して",
    ];
    let bare = !act.core.contains(['を', 'が', 'は']) && !act.core.contains("されて");
    match act.topics.last().and_then(|topic| topic.strip_suffix("は、")) {
        Some(noun)
            if bare
                && takes.iter().any(|end| act.core.ends_with(end))
                && !noun.ends_with(['に', 'て', 'で', 'と']) =>
        {
            format!("{noun}を{}", act.core)
        }
        _ => act.core.clone(),
    }
}

/// The list in its place; what its members are called already is not said again: 「金庫の鍵の鍵」.
fn in_place(text: &str, words: &str) -> String {
    let Some((before, after)) = text.split_once(LIST) else { return text.to_string() };
    let kind: String = after
        .strip_prefix('の')
        .map(|rest| {
            rest.chars().take_while(|c| ('一'..='龠').contains(c) || ('ァ'..='ー').contains(c)).collect()
        })
        .unwrap_or_default();
    let after = if !kind.is_empty() && words.ends_with(&kind) {
        &after['の'.len_utf8() + kind.len()..]
    } else {
        after
    };
    format!("{before}{words}{after}")
}

/// As much of the list as fits.
fn listed(parts: &Parts, list: &[String]) -> String {
    let named = |texts: &[String], words: &str| texts.iter().map(|text| in_place(text, words)).collect();
    let with = |words: &String| Parts {
        core: in_place(&parts.core, words),
        topics: named(&parts.topics, words),
        spare: named(&parts.spare, words),
        conditions: named(&parts.conditions, words),
        ..parts.clone()
    };
    let ways: Vec<Parts> = list.iter().map(with).collect();
    let bare = |way: &Parts| Parts { spare: Vec::new(), prefix: String::new(), ..way.clone() };
    let found =
        ways.iter().find(|way| way.fits()).cloned().or_else(|| ways.iter().map(bare).find(Parts::fits));
    let last = || ways.last().cloned().and_then(shortened);
    found.map(|way| way.text()).or_else(last).unwrap_or_default()
}

/// Leaves out one thing after the other until the question fits: purposes, manners, members of
/// enumerations, the address, outer conditions, topics.
fn shortened(mut parts: Parts) -> Option<String> {
    let steps: [fn(&mut Parts); 10] = [
        |parts| parts.spare.retain(|spare| !purpose(spare)),
        |parts| parts.core = without_purpose(&parts.core),
        |parts| parts.spare = parts.spare.iter().map(|spare| enumeration(spare)).collect(),
        |parts| parts.core = enumeration(&parts.core),
        |parts| parts.spare.retain(|spare| timely(spare)),
        |parts| {
            parts.topics = parts.topics.iter().map(|topic| enumeration(topic)).collect();
            parts.conditions = parts.conditions.iter().map(|words| enumeration(words)).collect();
        },
        |parts| parts.prefix.clear(),
        |parts| parts.conditions = parts.conditions.iter().map(|words| first_case(words)).collect(),
        |parts| parts.conditions = parts.conditions.pop().into_iter().collect(),
        |parts| parts.topics.clear(),
    ];
    for step in steps {
        if parts.fits() {
            break;
        }
        step(&mut parts);
    }
    if !parts.fits() {
        parts.spare.clear();
    }
    if !parts.fits() {
        parts.core = last_phrase(&parts.core);
    }
    parts.fits().then(|| parts.text())
}

/// The first of two conditions that stand side by side.
fn first_case(words: &str) -> String {
    words.split_once("場合又は").map_or_else(|| words.to_string(), |(first, _)| format!("{first}場合は、"))
}

fn purpose(spare: &str) -> bool {
    ["ため、", "ために、", "よう、", "ように、", "ことから、", "図り、", "備え、"]
        .iter()
        .any(|end| spare.ends_with(end))
}

fn timely(spare: &str) -> bool {
    ["年度", "毎月", "定期", "速やか", "直ち", "あらかじめ"].iter().any(|word| spare.contains(word))
        && spare.chars().count() <= 12
}

/// 「〜するための手順」 → 「手順」.
fn without_purpose(core: &str) -> String {
    let Some((before, after)) = core.split_once("ための") else { return core.to_string() };
    let kept = before.rfind(['、', 'を', 'に']).map_or("", |at| {
        let length = before[at..].chars().next().map_or(0, char::len_utf8);
        &before[..at + length]
    });
    let clean = !kept.ends_with('を') && !kept.ends_with('に');
    if clean { format!("{kept}{after}") } else { after.to_string() }
}

/// The act from its last phrase on.
fn last_phrase(core: &str) -> String {
    let pieces = crate::clause::segments(core);
    let start = (0..pieces.len()).find(|from| pieces[*from..].concat().chars().count() <= LONGEST - 20);
    start.map_or_else(|| core.to_string(), |from| pieces[from..].concat())
}

/// Acts of the person and not of the department or the system.
const PERSONAL: [&str; 21] = [
    "報告して",
    "届け出て",
    "提出して",
    "協議して",
    "許可を得て",
    "承認を得て",
    "承認を受けて",
    "許可を受けて",
    "指名して",
    "選任して",
    "指示して",
    "依頼して",
    "申請して",
    "求めて",
    "相談して",
    "受講して",
    "参加して",
    "意見を聴いて",
    "指示を受けて",
    "仰いで",
    "協力して",
];

/// What a department does by itself: 「所属で業務を委託するときは」.
const OWN_BUSINESS: [&str; 20] = [
    "委託する",
    "委託しよう",
    "利用する",
    "利用しよう",
    "廃棄する",
    "廃棄し",
    "持ち出す",
    "購入する",
    "調達する",
    "導入する",
    "保存する",
    "保管する",
    "提供する",
    "運搬する",
    "送付する",
    "設置する",
    "貸与する",
    "締結する",
    "公開する",
    "契約する",
];

/// 「所属では、」 for a head of department, 「所管する情報システムでは、」 for an administrator, where it sounds natural.
fn prefix(role: Role, topic: Topic, parts: &Parts) -> String {
    let start = format!(
        "{}{}{}{}",
        parts.conditions.concat(),
        parts.topics.concat(),
        parts.spare.concat(),
        parts.core
    );
    let personal = PERSONAL.iter().any(|end| parts.core.ends_with(end));
    let has = |words: &[&str]| words.iter().any(|word| start.contains(word));
    let rooms = matches!(topic, Topic::Resilience | Topic::Physical);
    let conditional = parts.conditions.iter().any(|words| !words.is_empty());
    let topical = parts.core.contains("は、") || parts.topics.iter().any(|topic| topic.ends_with("は、"));
    match role {
        Role::Manager | Role::SystemManager if topical => String::new(),
        Role::Manager if personal || has(&["所属", "課に", "課の", "所管する"]) => String::new(),
        Role::Manager if conditional => {
            let outside = ["委託先", "委託事業者", "再委託", "職員", "必要", "報告", "これに"]
                .iter()
                .any(|word| start.starts_with(word));
            let business = OWN_BUSINESS.iter().any(|word| parts.conditions.concat().contains(word));
            if outside || !business || parts.topic_first && !parts.topics.is_empty() {
                String::new()
            } else {
                "所属で".to_string()
            }
        }
        Role::Manager => "所属では、".to_string(),
        Role::SystemManager
            if personal
                || rooms
                || conditional
                || has(&["システム", "所管", "ネットワーク", "サーバ", "端末", "職員"]) =>
        {
            String::new()
        }
        Role::SystemManager => "所管する情報システムでは、".to_string(),
        _ => String::new(),
    }
}

/// Words that read badly on a sheet, and what stands there instead.
const POLISH: [(&str, &str); 19] = [
    ("本市の保有する", "保有する"),
    ("本市が保有する", "保有する"),
    ("本市における", ""),
    ("本市の", ""),
    ("その所管する", "所管する"),
    ("その所属する", "所属する"),
    ("その職務の", "職務の"),
    ("その所属の", "所属の"),
    ("等等", "等"),
    ("、、", "、"),
    ("をを", "を"),
    ("にに", "に"),
    ("自己の", "自分の"),
    ("自己が", "自分が"),
    ("しなければならないこと", "すべきこと"),
    ("速やかに速やかに", "速やかに"),
    ("必ず", "必ず"),
    ("することができる状態", "できる状態"),
    ("　", ""),
];

fn polished(text: &str) -> String {
    let text = POLISH.iter().fold(text.to_string(), |text, (from, to)| text.replace(from, to));
    let text = text.trim_start_matches(['、', '。', ' ']);
    let particles = ["を", "に、", "が、", "又は", "及び", "かつ、", "かつ"];
    particles.iter().fold(text, |text, word| text.strip_prefix(word).unwrap_or(text)).to_string()
}
