//! Cross references: 前条, 第3条第2項, 前項各号, 上記6、7及び8. What they point to, as indices of clauses.

mod around;

use super::PolicyText;
use super::place::Places;
use super::scan::Scan;
use around::{bare, counted, elsewhere, pointed_at};
use serde::{Deserialize, Serialize};

/// Words of a clause that point to other clauses of the same document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Index of the clause that refers.
    pub from: usize,
    /// Index of the sentence within the clause.
    pub sentence: usize,
    /// The words as printed.
    pub words: String,
    /// Indices of the clauses meant, in document order; empty if the document has none such.
    pub to: Vec<usize>,
}

/// All references within a document. 「地方公務員法第29条」 points elsewhere and is none.
pub fn references(policy: &PolicyText) -> Vec<Reference> {
    let places = Places::new(&policy.clauses);
    let mut found = Vec::new();
    for (from, clause) in policy.clauses.iter().enumerate() {
        let mut reader = Reader { places: &places, from, article: None, paragraph: None, outside: false };
        for (sentence, written) in clause.sentences.iter().enumerate() {
            for (words, mut to) in reader.read(&written.text) {
                to.sort_unstable();
                to.dedup();
                found.push(Reference { from, sentence, words, to });
            }
        }
    }
    found
}

struct Reader<'a> {
    places: &'a Places<'a>,
    from: usize,
    /// What 同条 and 同項 mean.
    article: Option<usize>,
    paragraph: Option<usize>,
    /// The last article named was one of another document.
    outside: bool,
}

const AND: [&str; 9] = ["、", "及び", "並びに", "又は", "若しくは", "・", "から", "～", "―"];
const ABOVE: [&str; 6] = ["上記の", "上記", "前記の", "前記", "下記の", "下記"];

impl Reader<'_> {
    fn read(&mut self, text: &str) -> Vec<(String, Vec<usize>)> {
        let mut scan = Scan::new(text);
        let mut found = Vec::new();
        while !scan.done() {
            let begin = scan.at;
            if let Some(targets) = self.chain(&mut scan) {
                found.push((scan.words(begin, scan.at), targets));
            } else {
                scan.at = scan.at.max(begin + 1);
            }
        }
        found
    }

    /// One reference, or several joined by 及び, 、 and から…まで. `None`: nothing of this document is named here.
    fn chain(&mut self, scan: &mut Scan) -> Option<Vec<usize>> {
        let begin = scan.at;
        let above = scan.take_any(&ABOVE).is_some();
        let mut targets = match self.one(scan, above, false) {
            Some(targets) => targets,
            None => {
                scan.at = begin;
                return None;
            }
        };
        let mut outside = self.outside;
        loop {
            let end = scan.at;
            let Some(join) = scan.take_any(&AND) else { break };
            let Some(more) = self.one(scan, above, true) else {
                scan.at = end;
                break;
            };
            outside &= self.outside;
            if matches!(join, "から" | "～" | "―")
                && let (Some(first), Some(last)) = (targets.last().copied(), more.first().copied())
            {
                targets.extend(self.places.through(first, last));
                scan.take("まで");
            }
            targets.extend(more);
        }
        (!outside).then_some(targets)
    }

    /// A single reference; behind a connector only what goes on with the one before.
    fn one(&mut self, scan: &mut Scan, above: bool, joined: bool) -> Option<Vec<usize>> {
        let begin = scan.at;
        let found = self
            .article_named(scan, joined)
            .or_else(|| self.paragraph_named(scan, joined))
            .or_else(|| self.item_named(scan, joined))
            .or_else(|| self.chapter_named(scan))
            .or_else(|| self.number_named(scan, above, joined));
        if found.is_none() {
            scan.at = begin;
        }
        found
    }

    /// 第3条, 前条, 次条, 同条, 前2条 and what may follow: 第2項第1号.
    fn article_named(&mut self, scan: &mut Scan, joined: bool) -> Option<Vec<usize>> {
        let begin = scan.at;
        let places = self.places;
        let articles = if scan.take("第") {
            let number = scan.number().filter(|_| scan.take("条"));
            let Some(number) = number else {
                scan.at = begin;
                return None;
            };
            let label = format!("第{number}条{}", scan.branches());
            // 附則第2条, この規則第3条 are ours; 地方公務員法第29条 is not.
            self.outside = if joined { self.outside } else { elsewhere(&scan.before(begin)) };
            places.labelled(&label, self.from).filter(|_| !self.outside).into_iter().collect()
        } else if scan.take("同条") {
            self.article.into_iter().collect()
        } else if scan.take("前条") || scan.take("次条") {
            self.outside = false;
            let steps = if scan.before(scan.at).ends_with("前条") { -1 } else { 1 };
            places.article_beside(self.from, steps).into_iter().collect()
        } else {
            let count = counted(scan, "条")?;
            self.outside = false;
            (1..=count).rev().filter_map(|step| places.article_beside(self.from, -step)).collect::<Vec<_>>()
        };
        self.article = articles.last().copied();
        self.paragraph = self.article;
        Some(match self.article {
            Some(article) => self.below_article(scan, article).unwrap_or(articles),
            None => {
                self.skip_below(scan);
                articles
            }
        })
    }

    /// 第2項, 第2項第1号, 各号 behind an article.
    fn below_article(&mut self, scan: &mut Scan, article: usize) -> Option<Vec<usize>> {
        let begin = scan.at;
        if scan.take("第")
            && let Some(number) = scan.number()
            && scan.take("項")
        {
            let Some(paragraph) = self.places.paragraph_of(article, number) else {
                self.skip_below(scan);
                return Some(Vec::new());
            };
            self.paragraph = Some(paragraph);
            return Some(self.below_paragraph(scan, paragraph).unwrap_or(vec![paragraph]));
        }
        scan.at = begin;
        self.below_paragraph(scan, article)
    }

    /// 第1号, 各号, 第1号ア behind a paragraph.
    fn below_paragraph(&mut self, scan: &mut Scan, paragraph: usize) -> Option<Vec<usize>> {
        let begin = scan.at;
        if scan.take("各号") {
            return Some(self.places.items(paragraph));
        }
        if scan.take("第")
            && let Some(number) = scan.number()
            && scan.take("号")
        {
            let item = self.places.child(paragraph, &format!("({number}{})", scan.branches()));
            return Some(self.below_item(scan, item));
        }
        scan.at = begin;
        None
    }

    fn below_item(&mut self, scan: &mut Scan, item: Option<usize>) -> Vec<usize> {
        let begin = scan.at;
        let letter = scan.item();
        let below = item.zip(letter).and_then(|(item, letter)| self.places.child(item, &letter));
        if below.is_none() {
            scan.at = begin;
        }
        below.or(item).into_iter().collect()
    }

    /// Goes past 第2項第1号 of an article that is not there.
    fn skip_below(&self, scan: &mut Scan) {
        for unit in ["項", "号"] {
            let begin = scan.at;
            if !(scan.take("第") && scan.number().is_some() && scan.take(unit)) {
                scan.at = begin;
            }
        }
    }

    /// 第2項, 前項, 次項, 同項, 前2項, 前各項.
    fn paragraph_named(&mut self, scan: &mut Scan, joined: bool) -> Option<Vec<usize>> {
        let begin = scan.at;
        let places = self.places;
        let own = if joined { self.article } else { None }.or_else(|| places.article(self.from));
        let paragraphs: Vec<usize> = if scan.take("第") {
            let number = scan.number().filter(|_| scan.take("項"));
            let Some(number) = number else {
                scan.at = begin;
                return None;
            };
            if joined && self.outside {
                return Some(Vec::new());
            }
            self.outside = false;
            let named = own.and_then(|article| {
                places
                    .paragraph_of(article, number)
                    .filter(|_| number > 1 || places.paragraph(self.from) != Some(article))
            });
            // In 公用文 the sections themselves are called 項.
            let section = || places.in_sight(&number.to_string(), own.unwrap_or(self.from));
            named.or_else(section).or(own.filter(|_| number == 1)).into_iter().collect()
        } else if scan.take("同項") {
            self.paragraph.into_iter().collect()
        } else if scan.take("前各項") {
            self.outside = false;
            places
                .paragraph(self.from)
                .map(|here| self.paragraphs_before(here, usize::MAX))
                .unwrap_or_default()
        } else if scan.take("前項") {
            self.outside = false;
            places.paragraph(self.from).map(|here| self.paragraphs_before(here, 1)).unwrap_or_default()
        } else if scan.take("次項") {
            self.outside = false;
            let here = places.paragraph(self.from)?;
            let first = places.child(here, "2").filter(|_| places.article(self.from) == Some(here));
            first.or_else(|| places.neighbour(here, 1)).into_iter().collect()
        } else {
            let count = usize::try_from(counted(scan, "項")?).ok()?;
            self.outside = false;
            places.paragraph(self.from).map(|here| self.paragraphs_before(here, count)).unwrap_or_default()
        };
        self.paragraph = paragraphs.last().copied();
        let below = self.paragraph.and_then(|paragraph| self.below_paragraph(scan, paragraph));
        Some(below.unwrap_or(paragraphs))
    }

    /// The paragraphs before one; the article itself comes before its paragraph 2.
    fn paragraphs_before(&self, here: usize, count: usize) -> Vec<usize> {
        let places = self.places;
        let article = places.article(self.from);
        if article == Some(here) {
            return places.earlier(here, count.min(1));
        }
        let mut before: Vec<usize> = places.earlier(here, count);
        if before.len() < count
            && let Some(article) = article.filter(|article| places.child(*article, "1").is_none())
        {
            before.insert(0, article);
        }
        before
    }

    /// 第1号, 前号, 次号, 前2号, 前各号.
    fn item_named(&mut self, scan: &mut Scan, joined: bool) -> Option<Vec<usize>> {
        let begin = scan.at;
        let places = self.places;
        let here = places.item(self.from);
        if scan.take("第") {
            let number = scan.number().filter(|_| scan.take("号"));
            let Some(number) = number else {
                scan.at = begin;
                return None;
            };
            let before = scan.before(begin);
            // 令和3年規則第9号 is the number of an act.
            if (joined && self.outside)
                || (!joined && !before.ends_with(['、', 'の', 'は', 'る', '(', '「']) && !before.is_empty())
                || ["条例", "規則", "法律", "訓令", "告示", "政令", "様式"]
                    .iter()
                    .any(|act| before.ends_with(act))
            {
                return None;
            }
            let paragraph =
                if joined { self.paragraph } else { None }.or_else(|| places.paragraph(self.from))?;
            let item = places.child(paragraph, &format!("({number})"))?;
            return Some(self.below_item(scan, Some(item)));
        }
        let found = if scan.take("前各号") {
            places.earlier(here?, usize::MAX)
        } else if scan.take("前号") {
            let item = here.and_then(|here| places.neighbour(here, -1));
            self.below_item(scan, item)
        } else if scan.take("次号") {
            let item = here.and_then(|here| places.neighbour(here, 1));
            self.below_item(scan, item)
        } else {
            let count = usize::try_from(counted(scan, "号")?).ok()?;
            places.earlier(here?, count)
        };
        self.outside = false;
        Some(found)
    }

    /// 第2章, 第3節.
    fn chapter_named(&mut self, scan: &mut Scan) -> Option<Vec<usize>> {
        let begin = scan.at;
        let number = scan.take("第").then(|| scan.number()).flatten();
        let unit = scan.take_any(&["編", "部", "章", "節", "款"]);
        let Some((number, unit)) = number.zip(unit) else {
            scan.at = begin;
            return None;
        };
        let words = format!("第{number}{unit}");
        if elsewhere(&scan.before(begin)) {
            return None;
        }
        self.outside = false;
        self.places.labelled(&words, self.from).map(|found| vec![found])
    }

    /// 上記3, 上記(2), 6、7及び8に掲げる, 第4の1, 1の(2): labels of 公用文.
    fn number_named(&mut self, scan: &mut Scan, above: bool, joined: bool) -> Option<Vec<usize>> {
        let begin = scan.at;
        let places = self.places;
        let dai = scan.take("第");
        let label = match scan.number() {
            Some(number) if dai => format!("第{number}"),
            Some(number) => number.to_string(),
            None if !dai && (above || joined) => scan.item()?,
            None => return None,
        };
        let sure = above || joined || dai || (bare(&scan.before(begin)) && pointed_at(scan));
        let found = places.in_sight(&label, self.from).filter(|_| sure)?;
        self.outside = false;
        Some(vec![self.steps_down(scan, found)])
    }

    /// 第4の1の(2), (3)のア, (3)ア.
    fn steps_down(&self, scan: &mut Scan, mut at: usize) -> usize {
        loop {
            let begin = scan.at;
            let stepped = scan.take("の");
            let label =
                scan.item().or_else(|| if stepped { scan.number().map(|n| n.to_string()) } else { None });
            match label.and_then(|label| self.places.child(at, &label)) {
                Some(child) => at = child,
                None => {
                    scan.at = begin;
                    return at;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
