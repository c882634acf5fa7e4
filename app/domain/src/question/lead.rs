//! What an item takes over from the sentence that introduces its list, so that its question can stand alone.

use super::chain::pieces;
use super::condition::{self, Condition};
use super::frame::{self, Frame};
use super::reference;
use super::verb::link;
use crate::clause::{Class, ClauseText, Mark, Part, is_paragraph, marks_as, sentences, without_brackets};

/// Stands for the list in a lead-in until it is known how much of it fits into the question.
pub(super) const LIST: char = '\u{E000}';

/// Words that announce a list, the longest first.
const ANNOUNCING: [&str; 21] = [
    "次の各号に掲げる",
    "次の各号に定める",
    "次の各号のとおり",
    "次の各号に",
    "次の各号の",
    "次に掲げる",
    "次に定める",
    "次に示す",
    "次に挙げる",
    "次のとおり",
    "次のように",
    "次により",
    "以下に掲げる",
    "以下に定める",
    "以下に示す",
    "以下のとおり",
    "以下の",
    "下記の",
    "次の",
    "次に",
    "各号に掲げる",
];

/// What holds for an item because its lead-in says so.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Inherited {
    /// The conditions of the lead-in.
    pub conditions: Vec<Condition>,
    /// 「機器を利用するための符号を、」: what the lead-in speaks of.
    pub carried: Vec<String>,
    /// 「必要に応じて次の措置を講じる」
    pub needed: Option<String>,
    /// What is done with the things or states it lists.
    pub frame: Option<Frame>,
}

/// What the clause at `index` takes over from the clauses above it.
pub(super) fn inherited(clauses: &[ClauseText], index: usize) -> Inherited {
    let Some(parent) = parent(clauses, index).filter(|_| !is_paragraph(&clauses[index])) else {
        return Inherited::default();
    };
    let Some(lead) = lead_in(&clauses[parent].text) else { return Inherited::default() };
    let above = inherited(clauses, parent);
    let mut own = taken(lead);
    if own.carried.is_empty() {
        own.carried = above.carried;
    }
    own.conditions = joined(above.conditions, own.conditions);
    own.needed = own.needed.or(above.needed);
    own
}

/// The clause a clause stands below.
pub(super) fn parent(clauses: &[ClauseText], index: usize) -> Option<usize> {
    let path = &clauses.get(index).filter(|clause| clause.path.len() > 1)?.path;
    let above = |other: &usize| {
        let shorter = &clauses[*other].path;
        shorter.len() < path.len() && path.starts_with(shorter)
    };
    (0..index).rev().find(above)
}

/// The clauses directly below a clause.
pub(super) fn children(clauses: &[ClauseText], index: usize) -> Vec<usize> {
    let path = &clauses[index].path;
    let within =
        clauses.iter().enumerate().skip(index + 1).take_while(|(_, other)| other.path.starts_with(path));
    within.filter(|(_, other)| other.path.len() == path.len() + 1).map(|(at, _)| at).collect()
}

/// The sentence that announces the list; one that only adds to it (「次に掲げるものを含む」) is none.
pub(super) fn lead_in(text: &str) -> Option<&str> {
    sentences(text).into_iter().find(|sentence| announced(sentence).is_some() && !sentence.contains("を含む"))
}

/// Where the words stand that announce a list, in bytes.
pub(super) fn announced(text: &str) -> Option<(usize, usize)> {
    let found = ANNOUNCING.iter().filter_map(|word| text.find(word).map(|at| (at, at + word.len())));
    found.min_by_key(|(from, to)| (*from, usize::MAX - to))
}

/// Where the list is not named, what it holds is what the policy sets: 「次のとおり分類し」 → 「定められたとおり分類し」.
pub(super) fn unnamed(body: &str) -> String {
    match announced(body) {
        Some((from, to)) if body[from..to].ends_with("とおり") => {
            format!("{}定められたとおり{}", &body[..from], &body[to..])
        }
        Some((from, to)) => format!("{}定められた{}", &body[..from], &body[to..]),
        None => body.to_string(),
    }
}

/// The sentence without subject, connectors, brackets and 。
pub(super) fn body(text: &str, subject: Option<(usize, usize)>) -> String {
    let chars: Vec<char> = text.chars().collect();
    let others =
        |(from, to): &(usize, usize)| chars[*from..*to].iter().collect::<String>().ends_with("以外の者");
    let text =
        match subject.filter(|(from, to)| from <= to && *to < chars.len()).filter(|place| !others(place)) {
            Some((from, to)) => {
                let before: String = chars[..from].iter().collect();
                let after: String = chars[to + 1..].iter().collect();
                format!("{before}{}", after.trim_start_matches('、'))
            }
            None => text.to_string(),
        };
    let text = without_brackets(&text);
    let mut text = text.trim().trim_end_matches('。').trim_start_matches('、');
    for word in [
        "なお、",
        "また、",
        "さらに、",
        "併せて、",
        "特に、",
        "この場合において、",
        "この場合、",
        "ただし、",
        "その際、",
    ] {
        text = text.strip_prefix(word).unwrap_or(text);
    }
    text.chars().filter(|c| *c != LIST && *c != '\n').collect()
}

/// The place of the subject among the marks of a sentence.
pub(super) fn subject_of(marks: &[Mark]) -> Option<(usize, usize)> {
    marks.iter().find(|mark| mark.part == Part::Subject).map(|mark| (mark.from, mark.to))
}

/// Heads of subjects that a relative clause limits.
const LIMITED: [&str; 8] = ["職員等", "職員", "利用者", "従事者", "使用者", "作業者", "担当者", "者"];
/// Relative clauses that name a post or a group and set no condition.
const POSTS: [&str; 14] = [
    "監査を行う",
    "監査を受ける",
    "監査を実施する",
    "勤務する",
    "従事する",
    "所属する",
    "所管する",
    "承認をする",
    "承認を求める",
    "管理する",
    "含めた",
    "含む",
    "準ずる",
    "担当する",
];

/// 「情報資産を運搬する職員等は」 asks only those who do: 「情報資産を運搬するときは」.
pub(super) fn actor_condition(text: &str, marks: &[Mark], previous: &str) -> Option<Condition> {
    let (from, to) = subject_of(marks)?;
    let subject: String = text.chars().skip(from).take(to.saturating_sub(from)).collect();
    if subject.contains("以下") {
        return None;
    }
    let subject = reference::resolved(&without_brackets(&subject), previous);
    let clause = LIMITED.iter().find_map(|head| subject.strip_suffix(head)).or_else(|| happened(&subject))?;
    let verb = clause.ends_with(['る', 'う', 'た', 'だ', 'す', 'く']) && clause.contains(['を', 'に', 'と']);
    let post = POSTS.iter().any(|post| clause.ends_with(post));
    (verb && !post && clause.chars().count() <= 40)
        .then(|| condition::of(&format!("{}ときは、", clause.trim_start_matches("全ての"))))
}

/// 「報告を受けた課管理者」: what has happened to one post of many.
fn happened(subject: &str) -> Option<&str> {
    let ends = ["を受けた", "を行った", "をした", "を得た", "を発見した", "を認知した", "を認めた"];
    let at = ends.iter().filter_map(|end| subject.rfind(end).map(|at| at + end.len())).max()?;
    let (clause, post) = subject.split_at(at);
    let appointed = ["任命を", "指名を", "委嘱を", "委託を", "指定を", "命を", "委任を"];
    let fits = !post.is_empty() && !post.contains(['を', 'に', 'が', '、']);
    (fits && !appointed.iter().any(|word| clause.contains(word))).then_some(clause)
}

fn taken(lead: &str) -> Inherited {
    let lead = lead.trim();
    let body = body(lead, subject_of(&marks_as(lead, Class::Duty)));
    let Some((until, _)) = announced(&body) else { return Inherited::default() };
    let before = reference::dropped(&body[..until]);
    let mut inherited = Inherited::default();
    inherited.conditions.extend(actor_condition(lead, &marks_as(lead, Class::Duty), ""));
    inherited.frame = frame::of(&body[until..]);
    let way = way_of(&body[until..]);
    inherited.needed = condition::if_needed(&format!("{before}、"));
    let before = ["必要に応じて", "必要に応じ、", "必要に応じ"]
        .iter()
        .fold(before, |text, word| text.replace(word, ""));
    for piece in pieces(&before) {
        if condition::ends(&piece) {
            inherited.carried.clear();
            inherited.conditions.push(condition::of(&piece));
        } else if !dropped(&piece) {
            inherited.carried.push(piece);
        }
    }
    if let Some(act) = way {
        with_way(&mut inherited.carried, &act);
    }
    inherited
}

/// 「次に掲げるところにより、定期的にバックアップを実施する」: the items are ways of one act.
fn way_of(rest: &str) -> Option<String> {
    let ways = ["ところにより、", "方法により、", "手順により、", "とおり、", "により、"];
    let act = ways.iter().find_map(|way| rest.split_once(way)).map(|(_, act)| act)?;
    let (noun, _) = ["を実施", "を行"].iter().find_map(|verb| act.split_once(verb))?;
    let noun = noun.rsplit(['に', '、', 'を', 'て']).next().unwrap_or(noun);
    let noun = ["毎日", "毎週", "毎月", "毎年度", "随時", "適宜"]
        .iter()
        .fold(noun, |noun, word| noun.trim_start_matches(word));
    (noun.chars().count() >= 2 && noun.chars().count() <= 16).then(|| noun.to_string())
}

/// 「情報について、」 and バックアップ → 「情報のバックアップについて、」
fn with_way(carried: &mut Vec<String>, act: &str) {
    let thing = carried.iter().rev().find_map(|piece| piece.strip_suffix("について、"));
    let whole = thing.map_or_else(|| act.to_string(), |thing| format!("{thing}の{act}"));
    *carried = vec![format!("{whole}について、")];
}

/// Purposes, grounds and the lead-in's own acts don't go to the items.
fn dropped(piece: &str) -> bool {
    let words = piece.trim_end_matches('、');
    let ground = [
        "ため",
        "ために",
        "よう",
        "ように",
        "踏まえ",
        "基づき",
        "より",
        "少なくとも",
        "従い",
        "ほか",
        "に対し",
        "に対しては",
        "に関し",
    ];
    ground.iter().any(|end| words.ends_with(end))
        || condition::excepts(piece)
        || piece.ends_with('、') && words.contains('を') && link(words).is_some()
}

/// 「甲種情報を取り扱うとき」 and 「複写し、又は持ち出すとき」: the inner condition takes the object of the outer one.
fn joined(outer: Vec<Condition>, inner: Vec<Condition>) -> Vec<Condition> {
    let (Some(above), Some(own)) = (outer.last(), inner.first()) else {
        return if inner.is_empty() { outer } else { inner };
    };
    let object = above.words.split_once('を').map(|(object, _)| object);
    match object.filter(|_| !own.words.contains('を') && !own.words.contains('が')) {
        Some(object) => {
            vec![Condition { words: format!("{object}を{}", own.words), absent: own.absent.clone() }]
        }
        None => inner,
    }
}

/// The item's words with what the lead-in speaks of before them, behind the item's own conditions.
pub(super) fn with_carried(carried: &[String], item: &str) -> String {
    let parts = pieces(item);
    let conditions = parts.iter().take_while(|piece| condition::ends(piece)).count();
    let (before, rest) = (parts[..conditions].concat(), parts[conditions..].concat());
    let rest = carried.iter().rev().fold(rest, |rest, piece| with_piece(piece, &rest));
    format!("{before}{rest}")
}

fn with_piece(piece: &str, item: &str) -> String {
    let words = piece.trim_end_matches('、');
    let plain = item.replace("又は", "").replace("、", "");
    let topical = ["を", "については", "について", "においては"];
    let Some(thing) = topical.iter().find_map(|end| words.strip_suffix(end)) else {
        return if item.starts_with(words) { item.to_string() } else { format!("{piece}{item}") };
    };
    let members = thing.split(['、', 'び']).map(|part| part.trim_end_matches('及'));
    let mut heads = members.map(|part| part.rsplit(['の', 'る', 'た']).next().unwrap_or(part));
    let named = heads.any(|head| head.chars().count() > 1 && item.contains(head));
    if named || item.contains("は、") {
        item.to_string()
    } else if plain.contains('を') {
        format!("{thing}は、{item}")
    } else if plain.contains(['は', 'が']) {
        item.to_string()
    } else {
        format!("{thing}を{item}")
    }
}
