//! References to other clauses, which mean nothing on a sheet.

use super::condition::{self, Condition};
use crate::clause::segments;

/// Words that name another clause; what hangs on them goes with them.
const NAMES: [&str; 15] = [
    "上記",
    "前項",
    "前条",
    "前号",
    "前各号",
    "前各項",
    "次項",
    "次条",
    "次号",
    "本項",
    "本条",
    "同項",
    "同条",
    "同号",
    "各号",
];
/// Names with a number: 前２項, 前三号.
const NUMBERED: [char; 4] = ['項', '条', '号', '章'];
/// What follows a reference, and what remains of it. The longest first.
const TAILS: [(&str, &str); 34] = [
    ("の規定により行う", ""),
    ("の規定により行った", ""),
    ("の規定によりその", "その"),
    ("の規定による", ""),
    ("の規定に基づく", ""),
    ("の規定に基づき", ""),
    ("の規定にかかわらず", ""),
    ("の規定に関わらず", ""),
    ("の規定により", ""),
    ("の規定に従い", ""),
    ("に規定する手順により", "定められた手順により"),
    ("に規定する手続により", "定められた手続により"),
    ("に規定する方法により", "定められた方法により"),
    ("に規定する", ""),
    ("に定める手順により", "定められた手順により"),
    ("に定める", "定められた"),
    ("に掲げる事項のほか", ""),
    ("に掲げるもののほか", ""),
    ("に定めるもののほか", ""),
    ("に掲げる事項", "定められた事項"),
    ("に掲げる", ""),
    ("に示す", ""),
    ("による", ""),
    ("により", ""),
    ("に基づく", ""),
    ("に基づき", ""),
    ("に関わらず", ""),
    ("にかかわらず", ""),
    ("において", ""),
    ("について", ""),
    ("における", ""),
    ("ただし書の", ""),
    ("ただし書に規定する", ""),
    ("の", ""),
];

/// Words for the document itself, and what a sheet says instead.
const ITSELF: [(&str, &str); 14] = [
    ("この基本方針", "情報セキュリティ基本方針"),
    ("本基本方針", "情報セキュリティ基本方針"),
    ("この対策基準", "情報セキュリティ対策基準"),
    ("本対策基準", "情報セキュリティ対策基準"),
    ("このポリシー", "情報セキュリティポリシー"),
    ("本ポリシー", "情報セキュリティポリシー"),
    ("この規程及びこの規程に基づく", "情報セキュリティに関する規程及び"),
    ("この規則及びこの規則に基づく", "情報セキュリティに関する規則及び"),
    ("この規程", "情報セキュリティに関する規程"),
    ("本規程", "情報セキュリティに関する規程"),
    ("この規則", "情報セキュリティに関する規則"),
    ("本規則", "情報セキュリティに関する規則"),
    ("この要綱", "情報セキュリティに関する要綱"),
    ("この訓令", "情報セキュリティに関する訓令"),
];

/// The sentence without its references: 「前項の届出を受けたときは」 → 「届出を受けたときは」.
pub(super) fn dropped(text: &str) -> String {
    let text = ITSELF.iter().fold(text.to_string(), |text, (from, to)| text.replace(from, to));
    let text = related(&text);
    let mut rest = text.as_str();
    let mut kept = String::new();
    while let Some((from, to)) = find(rest) {
        kept.push_str(&rest[..from]);
        rest = &rest[to..];
        if let Some((tail, left)) = TAILS.iter().find(|(tail, _)| rest.starts_with(tail)) {
            kept.push_str(left);
            rest = rest[tail.len()..].trim_start_matches('、');
        }
    }
    kept.push_str(rest);
    let kept = said_again(&kept);
    let kept = kept.trim_start_matches('、').replace("当該事項", "その事項").replace("当該", "");
    ["及び及び", "又は又は"].iter().fold(kept, |text, twice| text.replace(twice, &twice[..twice.len() / 2]))
}

/// The sentence without its references, after 「前項の教育」 has become the education the clause before speaks of.
pub(super) fn resolved(text: &str, previous: &str) -> String {
    let Some((before, after)) = text.split_once("前項の") else { return dropped(text) };
    let noun: String =
        after.chars().take_while(|c| ('一'..='龠').contains(c) || ('ァ'..='ー').contains(c)).collect();
    let full = Some(noun.as_str())
        .filter(|noun| noun.chars().count() > 1 && *noun != "規定")
        .and_then(|noun| named(previous, noun))
        .filter(|full| !["次に", "次の", "以下"].iter().any(|word| full.contains(word)));
    match full {
        Some(full) => dropped(&format!("{before}{full}{}", &after[noun.len()..])),
        None => dropped(text),
    }
}

fn begin(before: &str) -> usize {
    before.rfind(['、', '。', 'は', 'を', '\n']).map_or(0, |at| at + 'は'.len_utf8())
}

/// 「機密の情報を運搬する」 → 「機密の情報の運搬」.
fn acted(text: &str, noun: &str) -> Option<String> {
    let at = [("を", "する"), ("を", "し"), ("を", "した")]
        .iter()
        .find_map(|(particle, end)| text.find(&format!("{particle}{noun}{end}")))?;
    let thing = text[..at].get(begin(&text[..at])..)?;
    let thing = thing.rsplit("により").next().unwrap_or(thing);
    let fits = thing.chars().count() >= 2 && thing.chars().count() <= 20;
    fits.then(|| format!("{thing}の{noun}"))
}

/// The noun with what modifies it: 「情報の安全管理に関する教育」.
fn named(text: &str, noun: &str) -> Option<String> {
    let Some(at) = text.find(&format!("{noun}を")) else { return acted(text, noun) };
    let before = &text[..at];
    let begin = begin(before);
    // 「要件を明記した契約」 lost what was written down.
    if before[..begin].ends_with('を') {
        return None;
    }
    let whole = format!("{}{noun}", before.get(begin..)?);
    let fits = whole.chars().count() <= 25 && whole.chars().count() > noun.chars().count() + 1;
    fits.then_some(whole)
}

/// 「特権を付与されたIDを〜し、当該IDを〜する」: the second act alone has to say which ID.
fn said_again(text: &str) -> String {
    let Some((before, after)) = text.split_once("、当該") else { return text.to_string() };
    let noun: String = after
        .chars()
        .take_while(|c| {
            ('一'..='龠').contains(c)
                || ('ァ'..='ー').contains(c)
                || c.is_alphanumeric() && !('ぁ'..='ん').contains(c)
        })
        .collect();
    let first = before.rsplit('、').next_back().unwrap_or(before);
    let linked = super::verb::link(before.rsplit('、').next().unwrap_or(before)).is_some();
    let whole = first.find(&noun).map(|at| &first[..at + noun.len()]).filter(|_| !noun.is_empty() && linked);
    let which = whole.filter(|whole| {
        let clause = &whole[..whole.len() - noun.len()];
        clause.ends_with(['た', 'る']) && !clause.contains(['は', '、']) && whole.chars().count() <= 24
    });
    which.map_or_else(|| text.to_string(), |which| format!("{before}、{which}{}", &after[noun.len()..]))
}

/// The condition under which there is what 「前項の契約」 speaks of.
pub(super) fn condition_before(text: &str, previous: &str) -> Option<Condition> {
    let (_, after) = text.split_once("前項の")?;
    let noun: String =
        after.chars().take_while(|c| ('一'..='龠').contains(c) || ('ァ'..='ー').contains(c)).collect();
    let short = |length: usize| noun.chars().take(length).collect::<String>();
    let spoken = (2..=noun.chars().count()).any(|length| previous.contains(&format!("{}を", short(length))));
    let given = noun != "規定" && spoken;
    let pieces = condition::pieces(previous);
    let absent = pieces
        .iter()
        .take(3)
        .find(|piece| condition::ends(piece))
        .and_then(|piece| condition::of(piece).absent);
    absent.filter(|_| given).map(|absent| Condition { words: String::new(), absent: Some(absent) })
}

/// 「上記6、7及び8に規定する対策等を実施するために、」 goes as a whole.
fn related(text: &str) -> String {
    let pieces = segments(text);
    let names = |piece: &String| find(piece).is_some() || piece.contains("上記");
    let ends = |piece: &String| ["ため、", "ために、"].iter().any(|end| piece.ends_with(end));
    let mut kept: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let until = pieces[at..].iter().take(3).position(ends).filter(|_| names(piece));
        if until.is_none() {
            kept.push(piece.clone());
        }
        at += until.map_or(1, |until| until + 1);
    }
    kept.concat()
}

/// Where the first reference stands, in bytes: 「第１８条第１項」, 「前２号」, 「前項」 and what is joined to them.
fn find(text: &str) -> Option<(usize, usize)> {
    let start =
        text.char_indices().find_map(|(at, _)| reference(&text[at..]).map(|length| (at, at + length)))?;
    let (from, mut to) = start;
    loop {
        let rest = &text[to..];
        let joined =
            ["及び", "又は", "並びに", "若しくは", "から", "、", "まで", ""].iter().find_map(|word| {
                let after = rest.strip_prefix(word)?;
                let more = reference(after).unwrap_or(0);
                (more > 0 || *word == "まで").then_some(word.len() + more)
            });
        match joined {
            Some(length) if length > 0 => to += length,
            _ => return Some((from, to)),
        }
    }
}

/// The length of a reference a text begins with.
fn reference(text: &str) -> Option<usize> {
    if let Some(name) = NAMES.iter().find(|name| text.starts_with(**name)) {
        let rest = &text[name.len()..];
        // 本条例 and 本項目 are words of their own.
        if rest.starts_with(['例', '目']) {
            return None;
        }
        return Some(name.len() + if *name == "上記" { digits(rest) } else { 0 });
    }
    if let Some(length) = bare_numbers(text) {
        return Some(length);
    }
    let opening = text.chars().next().filter(|c| matches!(c, '第' | '前'))?;
    let rest = &text[opening.len_utf8()..];
    let count = digits(rest);
    let unit = rest[count..].chars().next().filter(|c| count > 0 && NUMBERED.contains(c))?;
    let length = opening.len_utf8() + count + unit.len_utf8();
    let branch = text[length..].strip_prefix('の').map_or(0, digits);
    Some(length + if branch > 0 { 'の'.len_utf8() + branch } else { 0 })
}

/// 「6、7及び8に掲げる」: numbers alone that name clauses.
fn bare_numbers(text: &str) -> Option<usize> {
    let mut length = digits(text);
    if length == 0 || text.starts_with(['十', '百']) {
        return None;
    }
    loop {
        let rest = &text[length..];
        if ["に掲げる", "に定める", "に規定する", "に示す"].iter().any(|tail| rest.starts_with(tail))
        {
            return Some(length);
        }
        let joint =
            ["、", "及び", "並びに", "又は", "から"].iter().find(|joint| rest.starts_with(**joint))?;
        let more = digits(&rest[joint.len()..]);
        if more == 0 {
            return None;
        }
        length += joint.len() + more;
    }
}

fn digits(text: &str) -> usize {
    let digit =
        |c: &char| c.is_ascii_digit() || ('０'..='９').contains(c) || "一二三四五六七八九十百".contains(*c);
    text.chars().take_while(digit).map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_go_and_what_they_hang_on_stays() {
        for (text, wanted) in [
            ("前項の届出を受けたときは、確認する", "届出を受けたときは、確認する"),
            ("第１８条第１項の報告を受けたときは、", "報告を受けたときは、"),
            ("前項の規定により報告を受けた場合は、", "報告を受けた場合は、"),
            ("第23条に規定する手順により、直ちに報告する", "定められた手順により直ちに報告する"),
            ("前項第一号及び第二号の規定による分類を行う", "分類を行う"),
            ("第12条から第15条までの規定に基づき、確認する", "確認する"),
            ("この規程及びこの規程に基づく実施手順を守る", "情報セキュリティに関する規程及び実施手順を守る"),
            ("上記6、7及び8に規定する対策等を実施するために、基準を定める", "基準を定める"),
            ("前項ただし書の許可をしたときは、", "許可をしたときは、"),
            ("6、7及び8に掲げる対策の基準を定める", "対策の基準を定める"),
            ("第三者に使用されない", "第三者に使用されない"),
            ("第1四半期に確認する", "第1四半期に確認する"),
        ] {
            assert_eq!(dropped(text), wanted, "{text}");
        }
    }
}
