//! Keys of the domain in the words of the screens, for what entries say.

use domain::answer::Value;
use domain::approval::Level;
use domain::clause::Class;
use domain::department;
use domain::finding::Grade;
use domain::improvement::Source;
use domain::inspection::Visibility;
use domain::lineage::Outcome;
use domain::post::{AbsenceReason, Kind};
use domain::question::setting::Attribute;
use domain::role::Role;
use domain::session::Way;
use domain::sheet;

/// The word for a key in a field; none where the text stands for itself.
pub fn word(field: &str, key: &str) -> Option<&'static str> {
    match field {
        "role" => Role::from_key(key).map(Role::label),
        "value" => Value::from_key(key).map(Value::label),
        "grade" => Grade::from_key(key).map(Grade::label),
        "class" => Class::from_key(key).map(Class::label),
        "source" => Source::from_key(key).map(Source::label),
        "attributes" => Attribute::from_key(key).map(Attribute::label),
        "level" | "steps" => Level::from_key(key).map(Level::label),
        "visibility" => Visibility::from_key(key).map(Visibility::label),
        "kind" => Kind::from_key(key).map(Kind::label),
        "reason" => AbsenceReason::from_key(key).map(AbsenceReason::label),
        "way" => Some(Way::from_key(key).label()),
        "outcome" => outcome(key),
        "change" => {
            let of_department = department::Change::from_key(key).map(department::Change::label);
            of_department.or_else(|| sheet::Change::from_key(key).map(sheet::Change::label))
        }
        _ => None,
    }
}

fn outcome(key: &str) -> Option<&'static str> {
    match key {
        "accepted" => Some("採用"),
        "rejected" => Some("却下"),
        other => Outcome::from_key(other).map(Outcome::label),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_words_and_free_text_stands_for_itself() {
        assert_eq!(word("role", "auditor"), Some(Role::Auditor.label()));
        assert_eq!(word("outcome", "rejected"), Some("却下"));
        assert_eq!(word("reason", "異動のため"), None);
        assert_eq!(word("title", "done"), None);
    }
}
