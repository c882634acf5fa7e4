//! Names of tabs.

use super::super::{FormSheet, KEYS_SHEET};
use super::contents::CONTENTS;

/// Excel takes so many units of UTF-16.
const LONGEST: usize = 31;

/// A name for each sheet, no two alike: the person, else the system, else the department.
pub fn tabs(forms: &[FormSheet]) -> Vec<String> {
    if forms.len() == 1 {
        return vec!["点検票".to_string()];
    }
    let mut names: Vec<String> = Vec::new();
    for form in forms {
        let of = [Some(&form.person), form.system.as_ref(), Some(&form.department)];
        let own = of.into_iter().flatten().find(|name| !name.trim().is_empty());
        let own = clean(own.map_or("点検票", String::as_str));
        let mut name = cut(&own, LONGEST);
        let mut number = 2;
        while names.iter().any(|known| known.to_lowercase() == name.to_lowercase())
            || [KEYS_SHEET, CONTENTS].contains(&name.as_str())
        {
            let end = format!("（{number}）");
            name = format!("{}{end}", cut(&own, LONGEST - end.chars().count()));
            number += 1;
        }
        names.push(name);
    }
    names
}

/// Without what Excel refuses in names of tabs.
fn clean(name: &str) -> String {
    let kept: String = name
        .chars()
        .filter(|c| !matches!(c, ':' | '\\' | '/' | '?' | '*' | '[' | ']') && !c.is_control())
        .collect();
    kept.trim().trim_matches('\'').to_string()
}

fn cut(name: &str, units: usize) -> String {
    let mut left = units;
    let fits = |c: &char| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        fits
    };
    name.chars().take_while(fits).collect()
}
