//! 部, 課 and 係 of every row: in one column or several, in merged cells, or written only once for several rows.

use super::columns::{Columns, Field};
use super::text::spaced;
use crate::workbook::Sheet;
use domain::roster::check::{Expected, Listed};
use std::collections::BTreeMap;

/// Where somebody works. Empty is unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    pub bu: String,
    pub ka: String,
    pub kakari: String,
}

/// The places of all rows of people, by row.
pub fn places(
    sheet: &Sheet,
    columns: &Columns,
    people: &[usize],
    expected: &Expected,
) -> BTreeMap<usize, Place> {
    let fields = [Field::Division, Field::Department, Field::Section, Field::Code];
    let [bu, ka, kakari, code] = fields.map(|field| column(sheet, columns, people, field));
    let carries = [&bu, &ka].map(|cells| carries(cells, people));
    let (mut last, mut last_code) = (Place::default(), String::new());
    let mut all = BTreeMap::new();
    for row in people {
        let text = |cells: &BTreeMap<usize, String>| cells.get(row).cloned().unwrap_or_default();
        let own = Place { bu: text(&bu), ka: text(&ka), kakari: text(&kakari) };
        let code = text(&code);
        let same_code = code.is_empty() || code == last_code;
        last = if same_code { carried(own, &last, carries) } else { own };
        last_code = if code.is_empty() { last_code } else { code };
        all.insert(*row, resolve(&last, &expected.organisations));
    }
    all
}

/// The texts of a column, merged areas counted for all their rows.
fn column(sheet: &Sheet, columns: &Columns, people: &[usize], field: Field) -> BTreeMap<usize, String> {
    let Some(column) = columns.column(field) else { return BTreeMap::new() };
    let mut texts: BTreeMap<usize, String> = BTreeMap::new();
    for area in sheet.merges.iter().filter(|area| (area.columns.0..=area.columns.1).contains(&column)) {
        let text = spaced(&sheet.text(area.rows.0, area.columns.0));
        let rows = area.rows.0.max(columns.heading_row + 1)
            ..=area.rows.1.min(area.rows.0 + crate::workbook::MAX_ROWS);
        if area.rows.0 > columns.heading_row {
            texts.extend(rows.map(|row| (row, text.clone())));
        }
    }
    for row in people {
        let own = spaced(&sheet.text(*row, column));
        if !own.is_empty() {
            texts.insert(*row, own);
        }
    }
    texts.retain(|_, text| !text.is_empty() && !matches!(text.as_str(), "-" | "―" | "－" | "なし"));
    texts
}

/// True if a column names a place only where it begins: many blanks, and none in the first row.
fn carries(cells: &BTreeMap<usize, String>, people: &[usize]) -> bool {
    let blank = people.iter().filter(|row| !cells.contains_key(row)).count();
    people.first().is_some_and(|row| cells.contains_key(row)) && blank * 10 >= people.len() * 4
}

/// A blank takes what stands above it, unless a wider unit begins here.
fn carried(own: Place, last: &Place, [bu_carries, ka_carries]: [bool; 2]) -> Place {
    let mut place = own;
    let new_bu = !place.bu.is_empty() && place.bu != last.bu;
    if place.bu.is_empty() && bu_carries {
        place.bu = last.bu.clone();
    }
    let new_ka = !place.ka.is_empty();
    if place.ka.is_empty() && ka_carries && !new_bu {
        place.ka = last.ka.clone();
        if place.kakari.is_empty() && !new_ka {
            place.kakari = last.kakari.clone();
        }
    }
    place
}

/// Takes joined names apart.
fn resolve(own: &Place, list: &[Listed]) -> Place {
    let rest = own.ka.strip_prefix(&own.bu).map_or(own.ka.as_str(), |rest| rest.trim_start_matches(BREAKS));
    let rest = without_code(rest);
    let mut place = match (own.bu.is_empty(), rest.is_empty()) {
        (true, true) => Place::default(),
        (true, false) => split(rest, list),
        (false, true) => {
            let whole = split(without_code(&own.bu), list);
            if whole.bu == whole.ka { Place { kakari: String::new(), ..whole } } else { whole }
        }
        (false, false) => {
            let inner = split_ka(rest);
            Place { bu: without_code(&own.bu).to_string(), ..inner }
        }
    };
    if !own.kakari.is_empty() {
        place.kakari = without_code(&own.kakari).to_string();
    }
    place
}

/// 「010100 総務課」「010100：総務課」: a code before the name.
fn without_code(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９'));
    let digits = text.chars().count() - rest.chars().count();
    let name = rest.trim_start_matches([' ', ':', '：', '_', '-', '.']);
    if digits >= 2 && name.len() < rest.len() && !name.is_empty() { name } else { text }
}

const BREAKS: [char; 9] = [' ', '/', '／', '>', '＞', '→', '|', '｜', '\\'];
const KAKARI: [&str; 6] = ["係", "担当", "班", "グループ", "チーム", "隊"];
const KA: [&str; 11] = ["センター", "事務局", "課", "室", "所", "館", "園", "署", "場", "局", "校"];
const BU: [&str; 4] = ["事務局", "本部", "部", "局"];

fn ends_with(text: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| text.ends_with(end))
}

/// 「総務部　人事課」「総務部/人事課/給与係」「総務部人事課給与係」; 「財　政　課」 is one word.
fn split(text: &str, list: &[Listed]) -> Place {
    let mut parts: Vec<&str> = text.split(BREAKS).filter(|part| !part.is_empty()).collect();
    let spread = parts.len() > 1 && parts.iter().all(|part| part.chars().count() == 1);
    let word = parts.concat();
    if spread {
        parts = vec![&word];
    }
    let mut kakari = String::new();
    if parts.len() > 1 && parts.last().is_some_and(|part| ends_with(part, &KAKARI)) {
        kakari = parts.pop().unwrap_or_default().to_string();
    }
    let mut place = match parts.as_slice() {
        [] => Place::default(),
        [only] => from_list(only, list).unwrap_or_else(|| split_word(only)),
        [bu, rest @ ..] => Place { bu: (*bu).to_string(), ..split_ka(&rest.join(" ")) },
    };
    if !kakari.is_empty() {
        place.kakari = kakari;
    }
    place
}

/// A name of the list at the beginning; what remains is the 係.
fn from_list(word: &str, list: &[Listed]) -> Option<Place> {
    let fitting = list.iter().filter_map(|one| {
        let names = [
            format!("{}{}", one.bu, one.ka),
            if one.ka.is_empty() { one.bu.clone() } else { one.ka.clone() },
        ];
        let found =
            names.into_iter().find(|name| name.chars().count() >= 2 && word.starts_with(name.as_str()))?;
        let rest = &word[found.len()..];
        (rest.is_empty() || ends_with(rest, &KAKARI)).then(|| (found.len(), one, rest.to_string()))
    });
    let (_, one, kakari) = fitting.max_by_key(|(length, ..)| *length)?;
    // A list that itself joins 部 and 課 gives one word; it is taken apart like any other.
    let whole = if one.bu.is_empty() || one.ka.is_empty() {
        split_word(&format!("{}{}", one.bu, one.ka))
    } else {
        Place { bu: one.bu.clone(), ka: one.ka.clone(), kakari: String::new() }
    };
    Some(Place { kakari, ..whole })
}

/// One word without blanks: the first 部 or 局 that leaves a 課 or 係 behind it.
pub fn split_word(word: &str) -> Place {
    let alone = |ka: &str| {
        let inner = split_ka(ka);
        Place { bu: inner.ka.clone(), ..inner }
    };
    let plain_end = |rest: &str| ends_with(rest, &KA) || ends_with(rest, &KAKARI);
    for (end, _) in word.char_indices().skip(2) {
        let (bu, rest) = word.split_at(end);
        let within = rest.starts_with(['長', '会', '員', '門', '分', '品']);
        let no_bu = ["内部", "外部", "全部", "本部", "一部", "支部", "幹部"].contains(&bu);
        if ends_with(bu, &BU) && plain_end(rest) && !within && !no_bu {
            let inner = split_ka(rest);
            let only_kakari = ends_with(rest, &KAKARI) && inner.kakari.is_empty();
            return match only_kakari {
                true => Place { bu: bu.to_string(), ka: bu.to_string(), kakari: rest.to_string() },
                false => Place { bu: bu.to_string(), ..inner },
            };
        }
    }
    alone(word)
}

/// 課 and 係 in one text.
fn split_ka(text: &str) -> Place {
    let place =
        |ka: &str, kakari: &str| Place { bu: String::new(), ka: ka.to_string(), kakari: kakari.to_string() };
    if let Some((ka, kakari)) = text.rsplit_once(BREAKS).filter(|(_, last)| ends_with(last, &KAKARI)) {
        return place(ka, kakari);
    }
    for (end, _) in text.char_indices().skip(2) {
        let (ka, rest) = text.split_at(end);
        if ends_with(ka, &KA) && ends_with(rest, &KAKARI) && !rest.starts_with(['長', '員']) {
            return place(ka, rest);
        }
    }
    place(text, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_word_is_taken_apart_where_a_unit_ends() {
        for (word, bu, ka, kakari) in [
            ("総務部総務課庶務係", "総務部", "総務課", "庶務係"),
            ("教育委員会事務局学校教育課", "教育委員会事務局", "学校教育課", ""),
            ("消防本部警防課警防第一係", "消防本部", "警防課", "警防第一係"),
            ("上下水道局経営課", "上下水道局", "経営課", ""),
            ("内部監査室", "内部監査室", "内部監査室", ""),
            ("議会事務局", "議会事務局", "議会事務局", ""),
            ("議会事務局議事係", "議会事務局", "議会事務局", "議事係"),
            ("税務課課税係", "税務課", "税務課", "課税係"),
            ("福祉部長室", "福祉部長室", "福祉部長室", ""),
        ] {
            let wanted = Place { bu: bu.into(), ka: ka.into(), kakari: kakari.into() };
            assert_eq!(split(word, &[]), wanted, "{word}");
        }
    }

    #[test]
    fn a_code_before_the_name_is_no_part_of_it() {
        assert_eq!(without_code("010100 総務課"), "総務課");
        assert_eq!(without_code("０１０１００：総務課"), "総務課");
        assert_eq!(without_code("2課"), "2課");
    }

    proptest! {
        #[test]
        fn no_name_stops_the_reading(text in "[部課係局長室 　/所総務0-9a-z]{0,20}") {
            split(&text, &[Listed { bu: "総務部".into(), ka: "総務課".into(), ..Listed::default() }]);
        }
    }
}
