//! Aligning two revisions: first what is the same, then what is alike, then parts of what was split or merged.
//!
//! Comparing everything with everything would take a million comparisons for a thousand clauses. Candidates come
//! from equal words, paths, headings and rare runs of characters instead, so the work grows with the document.

use super::desk::Desk;
use super::gram::shared;
use super::{Link, Passage};
use std::collections::{BTreeMap, BTreeSet};

/// Shorter words (「監査」) are the same in many places; they need the same surroundings as well.
const TELLING: usize = 8;
/// Runs of characters in more clauses than this don't lead to candidates.
const RARE: usize = 12;
/// At most so many candidates by rare runs for one clause.
const CANDIDATES: usize = 8;
/// From here on two clauses are taken for one that changed.
const ALIKE: f64 = 0.45;
/// Heading and place say that it is the same article; no word has to remain.
const REWRITTEN: f64 = 0.0;
/// The same under the same heading and the same clause above.
const ALIKE_BY_HEADING: f64 = 0.15;
/// The same in the same place.
const ALIKE_BY_PLACE: f64 = 0.33;
/// So much of a clause must stand in another one to be taken for a part of it.
const PART: f64 = 0.55;

/// Links the clauses of a revision to those of the one before. The same input always gives the same links, and
/// the order of the clauses counts only where nothing else tells two candidates apart.
pub fn align(old: &[Passage], new: &[Passage]) -> Vec<Link> {
    let mut desk = Desk::new(old, new);
    in_place(&mut desk);
    containers(&mut desk);
    equal(&mut desk, |side| &side.content, 1.0);
    containers(&mut desk);
    equal(&mut desk, |side| &side.text, 0.95);
    containers(&mut desk);
    alike(&mut desk);
    containers(&mut desk);
    neighbours(&mut desk);
    parts(&mut desk);
    desk.links
}

/// The same words in the same place.
fn in_place(desk: &mut Desk) {
    let places: BTreeMap<Vec<String>, usize> = desk.new.path.iter().cloned().zip(0..).collect();
    for old in 0..desk.old.len() {
        let same = places.get(&desk.old.path[old]).copied();
        if let Some(new) = same.filter(|new| desk.new.content[*new] == desk.old.content[old]) {
            desk.link(old, new, 1.0);
        }
    }
}

/// The same words elsewhere. Where several clauses have them, those under the same clause go first, then order.
fn equal(desk: &mut Desk, words: fn(&super::desk::Side) -> &Vec<String>, confidence: f64) {
    let mut groups: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for at in desk.free_old() {
        groups.entry(words(&desk.old)[at].clone()).or_default().0.push(at);
    }
    for at in desk.free_new() {
        groups.entry(words(&desk.new)[at].clone()).or_default().1.push(at);
    }
    for (words, (olds, news)) in groups {
        if words.trim().is_empty() {
            continue;
        }
        let alone = olds.len() == 1 && news.len() == 1;
        for old in &olds {
            let mut free = news.iter().filter(|new| desk.of_new[**new].is_empty());
            if let Some(new) = free.find(|new| desk.under_the_same(*old, **new)) {
                desk.link(*old, *new, confidence);
            }
        }
        if words.chars().count() < TELLING {
            continue;
        }
        let rest: Vec<usize> = olds.into_iter().filter(|old| desk.of_old[*old].is_empty()).collect();
        let free: Vec<usize> = news.into_iter().filter(|new| desk.of_new[*new].is_empty()).collect();
        for (old, new) in rest.into_iter().zip(free) {
            desk.link(old, new, if alone { confidence } else { confidence * 0.7 });
        }
    }
}

/// A clause with clauses below it goes where most of these went.
fn containers(desk: &mut Desk) {
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); desk.old.len()];
    for (at, parent) in desk.old.parent.iter().enumerate() {
        if let Some(parent) = parent {
            below[*parent].push(at);
        }
    }
    let mut deepest_first: Vec<usize> = desk.free_old();
    deepest_first.sort_by_key(|at| std::cmp::Reverse(desk.old.path[*at].len()));
    for old in deepest_first {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for new in below[old].iter().flat_map(|child| &desk.of_old[*child]) {
            if let Some(parent) = desk.new.parent[*new].filter(|parent| desk.of_new[*parent].is_empty()) {
                *votes.entry(parent).or_default() += 1;
            }
        }
        let first = votes.into_iter().max_by_key(|(at, votes)| (*votes, std::cmp::Reverse(*at)));
        if let Some((new, votes)) = first.filter(|(_, votes)| votes * 2 >= below[old].len()) {
            let wordless = desk.old.text[old].is_empty() && desk.new.text[new].is_empty();
            if wordless || desk.likeness(old, new) >= ALIKE_BY_HEADING {
                desk.link(old, new, votes as f64 / below[old].len() as f64);
            }
        }
    }
}

/// Two clauses that may be one, and how much speaks for it.
struct Pair {
    old: usize,
    new: usize,
    likeness: f64,
    score: f64,
}

/// The most alike first, each clause once.
fn alike(desk: &mut Desk) {
    let mut pairs: Vec<Pair> =
        candidates(desk).into_iter().filter_map(|(old, new)| pair(desk, old, new)).collect();
    pairs.sort_by(|a, b| {
        let far = |pair: &Pair| pair.old.abs_diff(pair.new);
        b.score.total_cmp(&a.score).then(far(a).cmp(&far(b))).then((a.old, a.new).cmp(&(b.old, b.new)))
    });
    let mut others: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for pair in &pairs {
        others.entry(pair.old).or_default().push(pair.score);
    }
    for pair in pairs {
        if desk.of_old[pair.old].is_empty() && desk.of_new[pair.new].is_empty() {
            // Sorted from the best: what comes after it would have been the second choice.
            let second = others[&pair.old].iter().copied().find(|score| *score < pair.score).unwrap_or(0.0);
            desk.link(pair.old, pair.new, (pair.likeness + (pair.score - second)).min(0.99));
        }
    }
}

fn pair(desk: &Desk, old: usize, new: usize) -> Option<Pair> {
    let likeness = desk.likeness(old, new);
    let heading = !desk.old.heading[old].is_empty() && desk.old.heading[old] == desk.new.heading[new];
    let (place, above) = (desk.old.path[old] == desk.new.path[new], desk.under_the_same(old, new));
    let wordless = desk.old.text[old].is_empty() != desk.new.text[new].is_empty();
    let enough = match (above, heading, place) {
        (true, true, true) => REWRITTEN,
        (true, true, false) => ALIKE_BY_HEADING,
        (true, false, true) => ALIKE_BY_PLACE,
        _ => ALIKE,
    };
    let bonus = [(heading, 0.1), (place, 0.05), (above, 0.05)].into_iter().filter(|(is, _)| *is);
    let score = likeness + bonus.map(|(_, bonus)| bonus).sum::<f64>();
    (likeness >= enough && (!wordless || heading)).then_some(Pair { old, new, likeness, score })
}

/// Pairs worth comparing: the same place, the same heading, or rare words in common.
fn candidates(desk: &Desk) -> BTreeSet<(usize, usize)> {
    let (olds, news) = (desk.free_old(), desk.free_new());
    let mut pairs = BTreeSet::new();
    let mut by_path: BTreeMap<&[String], usize> = BTreeMap::new();
    let mut by_heading: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for new in &news {
        by_path.insert(&desk.new.path[*new], *new);
        by_heading.entry(&desk.new.heading[*new]).or_default().push(*new);
    }
    let index = rare(&desk.new.grams, news.iter().copied());
    for old in olds {
        pairs.extend(by_path.get(desk.old.path[old].as_slice()).map(|new| (old, *new)));
        let headed = by_heading.get(desk.old.heading[old].as_str()).filter(|news| news.len() <= CANDIDATES);
        if !desk.old.heading[old].is_empty() {
            pairs.extend(headed.into_iter().flatten().map(|new| (old, *new)));
        }
        pairs.extend(by_words(&index, &desk.old.grams[old]).into_iter().map(|new| (old, new)));
    }
    pairs
}

type Index = BTreeMap<[char; 3], Vec<usize>>;

/// Where the rare runs stand.
fn rare(grams: &[Vec<[char; 3]>], of: impl Iterator<Item = usize>) -> Index {
    let mut index = Index::new();
    for at in of {
        grams[at].iter().for_each(|gram| index.entry(*gram).or_default().push(at));
    }
    index.retain(|_, places| places.len() <= RARE);
    index
}

/// The clauses that share most rare runs.
fn by_words(index: &Index, grams: &[[char; 3]]) -> Vec<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for at in grams.iter().filter_map(|gram| index.get(gram)).flatten() {
        *counts.entry(*at).or_default() += 1;
    }
    let mut found: Vec<(usize, usize)> = counts.into_iter().collect();
    found.sort_by_key(|(at, count)| (std::cmp::Reverse(*count), *at));
    found.into_iter().take(CANDIDATES).map(|(at, _)| at).collect()
}

/// So much of what the first half lost must stand in the second.
const REGAINED: f64 = 0.6;
/// Fewer lost runs than this are a change of words.
const LOST: usize = 8;

/// One 項 that became two neighbouring ones: what the first lost stands in the second.
fn neighbours(desk: &mut Desk) {
    for new in desk.free_new() {
        let Some(before) = new.checked_sub(1).filter(|at| desk.new.parent[*at] == desk.new.parent[new])
        else {
            continue;
        };
        let [old] = desk.of_new[before][..] else { continue };
        let first = &desk.new.grams[before];
        let lost: Vec<[char; 3]> =
            desk.old.grams[old].iter().filter(|gram| first.binary_search(gram).is_err()).copied().collect();
        let regained = shared(&lost, &desk.new.grams[new]).len() as f64 / lost.len().max(1) as f64;
        if desk.of_old[old].len() == 1 && lost.len() >= LOST && regained >= REGAINED {
            desk.link(old, new, regained * 0.9);
        }
    }
}

/// What is left over may be a part: of a clause that was split, or of one that others were merged into.
fn parts(desk: &mut Desk) {
    let telling = |text: &str| text.chars().count() >= TELLING;
    let index = rare(&desk.old.grams, 0..desk.old.len());
    for new in desk.free_new().into_iter().filter(|new| telling(&desk.new.text[*new])).collect::<Vec<_>>() {
        let found = by_words(&index, &desk.new.grams[new]);
        if let Some((old, share)) = best(found.iter().map(|old| (*old, desk.new_in_old(new, *old)))) {
            desk.link(old, new, share * 0.9);
        }
    }
    let index = rare(&desk.new.grams, 0..desk.new.len());
    for old in desk.free_old().into_iter().filter(|old| telling(&desk.old.text[*old])).collect::<Vec<_>>() {
        let found = by_words(&index, &desk.old.grams[old]);
        if let Some((new, share)) = best(found.iter().map(|new| (*new, desk.old_in_new(old, *new)))) {
            desk.link(old, new, share * 0.9);
        }
    }
}

fn best(found: impl Iterator<Item = (usize, f64)>) -> Option<(usize, f64)> {
    found.filter(|(_, share)| *share >= PART).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
}
