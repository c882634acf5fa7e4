//! Looking for the owner of a form by a part of the name or of the department.

use crate::person::folded;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    whole: String,
    words: Vec<String>,
}

impl Wanted {
    /// From what was typed, or from what stands on the form.
    pub fn new(text: &str) -> Wanted {
        let words = text.split_whitespace().map(folded).filter(|word| !word.is_empty()).collect();
        Wanted { whole: folded(text), words }
    }

    /// How near somebody comes, the nearest 0; `None` for who is not meant. Name and department are [`folded`] before:
    /// a department has many people. A form may say more of the department than
    /// its name (市民部市民課窓口係): whose department is a part of that comes last.
    pub fn likeness(&self, name: &str, place: &str) -> Option<u8> {
        let within = |word: &String| name.contains(word.as_str()) || place.contains(word.as_str());
        match self.whole.as_str() {
            "" => None,
            whole if name == whole => Some(0),
            whole if place == whole => Some(1),
            whole if name.starts_with(whole) => Some(1),
            whole if name.contains(whole) => Some(2),
            _ if self.words.iter().all(within) => Some(3),
            whole if !place.is_empty() && whole.contains(place) => Some(4),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_found_by_parts_of_name_and_department_in_every_way_of_writing() {
        let table = [
            ("髙橋　義弘", "高橋 義弘", "市民課", Some(0)),
            ("高", "髙橋 義弘", "市民課", Some(1)),
            ("橋", "髙橋 義弘", "市民課", Some(2)),
            ("島", "小島 遥", "市民課", Some(2)),
            ("生涯学習課 髙橋", "高橋 義弘", "生涯学習課", Some(3)),
            ("生涯学習課 髙橋", "古賀 一馬", "生涯学習課", Some(4)),
            ("クリーンセンター", "古賀 一馬", "東クリーンセンター", Some(3)),
            ("福祉総務課", "古賀 一馬", "福祉総務課", Some(1)),
            ("福祉総務課", "古賀 一馬", "総務課", Some(4)),
            ("市民部市民課窓口係", "古賀 一馬", "市民課", Some(4)),
            ("税務課", "古賀 一馬", "市民課", None),
            ("", "古賀 一馬", "市民課", None),
        ];
        for (text, name, department, expected) in table {
            let found = Wanted::new(text).likeness(&folded(name), &folded(department));
            assert_eq!(found, expected, "{text} {name} {department}");
        }
    }
}
