//! Whom and what a document covers: sentences of scope as filters for the choice of targets.

use super::pattern::without_brackets;
use super::split::sentences;
use super::{Class, ClauseText};
use serde::{Deserialize, Serialize};

/// What one sentence of scope includes and excludes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// Index of the clause.
    pub clause: usize,
    /// What kind of things it speaks of.
    pub of: ScopeOf,
    /// What is covered, as written.
    pub included: Vec<String>,
    /// What is not covered, as written.
    pub excluded: Vec<String>,
}

/// What a scope is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScopeOf {
    /// Offices: 市長部局, 教育委員会 …
    Organisations,
    /// People: 職員等, 委託事業者 …
    People,
    /// Systems, media, documents.
    Assets,
}

/// The scopes a document sets, in its order.
pub fn scopes(clauses: &[ClauseText]) -> Vec<Scope> {
    let of_clause = |index: usize| {
        let own = clauses[index].sentences.iter().filter(|sentence| sentence.class == Class::Scope);
        own.map(move |sentence| scope(clauses, index, &sentence.text)).collect::<Vec<_>>()
    };
    let found = (0..clauses.len()).flat_map(of_clause);
    found.filter(|scope| !scope.included.is_empty() || !scope.excluded.is_empty()).collect()
}

fn scope(clauses: &[ClauseText], clause: usize, text: &str) -> Scope {
    let plain = without_brackets(text);
    let plain = plain.trim().trim_end_matches('。');
    let plain = plain.strip_prefix("なお、").unwrap_or(plain);
    let mut included = Vec::new();
    let mut excluded = bracketed(text);
    let outside =
        ["対象外とする", "には適用しない", "を除く", "対象としない", "は、適用しない", "から除外する"];
    if let Some(rest) = outside.iter().find_map(|end| plain.strip_suffix(end)) {
        let named = rest
            .rsplit_once("は、")
            .map_or(rest, |(before, after)| if after.is_empty() { before } else { after });
        let named = named.trim_end_matches(['は', 'を', '、']);
        let named = named.rsplit("における").next().filter(|name| !name.is_empty()).unwrap_or(named);
        excluded.extend(members(named));
    } else if plain.ends_with("とおりとする") || plain.ends_with("とおりである") {
        included = listed(clauses, clause);
    } else if let Some((_, what)) = plain.split_once("は、") {
        let ends = ["の範囲とする", "を対象とする", "に適用する", "とする", "である"];
        let what = ends.iter().find_map(|end| what.strip_suffix(end)).unwrap_or(what);
        included = members(what);
    }
    Scope {
        clause,
        of: kind(&format!("{}{plain}", clauses[clause].heading.as_deref().unwrap_or_default()), &included),
        included,
        excluded,
    }
}

fn listed(clauses: &[ClauseText], clause: usize) -> Vec<String> {
    let path = &clauses[clause].path;
    let below = |other: &&ClauseText| other.path.len() == path.len() + 1 && other.path.starts_with(path);
    let first = |other: &ClauseText| {
        sentences(&other.text).first().map(|text| text.trim().trim_end_matches('。').to_string())
    };
    clauses.iter().filter(below).filter_map(first).filter(|text| !text.is_empty()).collect()
}

/// 「A、B及びC」 as its members.
fn members(text: &str) -> Vec<String> {
    let mut parts = vec![text];
    for joint in ["並びに", "及び", "、", "又は"] {
        parts = parts.into_iter().flat_map(|part| part.split(joint)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).map(str::to_string).collect()
}

/// 「（Aを除く。）」
fn bracketed(text: &str) -> Vec<String> {
    let inside = text.split(['(', '（']).skip(1).filter_map(|rest| rest.split([')', '）']).next());
    let named = inside.filter_map(|words| words.trim_end_matches('。').strip_suffix("を除く"));
    named.flat_map(members).collect()
}

fn kind(words: &str, included: &[String]) -> ScopeOf {
    let has = |list: &[&str]| {
        list.iter().any(|word| words.contains(word) || included.iter().any(|name| name.ends_with(word)))
    };
    if has(&["情報資産", "資産の範囲", "情報システム", "ネットワーク", "端末"]) {
        ScopeOf::Assets
    } else if has(&["対象者", "職員", "委託事業者", "者の範囲"]) {
        ScopeOf::People
    } else {
        ScopeOf::Organisations
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clause::{ClauseKind, classify_all};

    fn clause(path: &[&str], heading: &str, text: &str) -> ClauseText {
        ClauseText {
            path: path.iter().map(ToString::to_string).collect(),
            label: String::new(),
            heading: Some(heading.to_string()).filter(|heading| !heading.is_empty()),
            text: text.to_string(),
            kind: ClauseKind::Item,
            line: 1,
            sentences: Vec::new(),
        }
    }

    #[test]
    fn scopes_name_what_is_in_and_what_is_out() {
        let mut clauses = vec![
            clause(
                &["1"],
                "行政機関の範囲",
                "本基本方針が適用される行政機関は、内部部局、行政委員会及び消防本部とする。\nなお、教育機関における学校内独自のネットワークは対象外とする。",
            ),
            clause(&["2"], "情報資産の範囲", "本基本方針が対象とする情報資産は、次のとおりとする。"),
            clause(&["2", "ア"], "", "ネットワーク及び情報システム"),
            clause(&["2", "イ"], "", "システム関連文書"),
            clause(
                &["3"],
                "適用範囲",
                "この規程は、職員等（市立学校の教員を除く。）及び委託事業者に適用する。",
            ),
        ];
        classify_all(&mut clauses);
        let found = scopes(&clauses);
        assert_eq!(found[0].included, ["内部部局", "行政委員会", "消防本部"]);
        assert_eq!(found[1].excluded, ["学校内独自のネットワーク"]);
        assert_eq!(found[1].of, ScopeOf::Assets);
        assert_eq!(found[2].included, ["ネットワーク及び情報システム", "システム関連文書"]);
        let people = found.last().map(|scope| (scope.of, scope.included.clone(), scope.excluded.clone()));
        let wanted = (
            ScopeOf::People,
            vec!["職員等".to_string(), "委託事業者".to_string()],
            vec!["市立学校の教員".to_string()],
        );
        assert_eq!(people, Some(wanted));
    }
}
