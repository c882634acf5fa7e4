//! Claims of an ID token, whatever the provider calls them.

use openidconnect::AdditionalClaims;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Claims beyond the standard ones.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Claims(Map<String, Value>);

impl AdditionalClaims for Claims {}

/// A claim as a text. A number loses nothing but the zeros it never had; anything else is empty.
pub fn text(said: &Value, name: &str) -> String {
    texts(said, name).into_iter().next().unwrap_or_default()
}

/// A claim as a list of texts. Keycloak nests roles: `realm_access.roles` is looked up step by step, unless a claim
/// has exactly this name.
pub fn texts(said: &Value, name: &str) -> Vec<String> {
    let nested = || name.split('.').try_fold(said, |at, step| at.get(step));
    match said.get(name).or_else(nested) {
        Some(Value::Array(list)) => list.iter().filter_map(one).collect(),
        Some(single) => one(single).into_iter().collect(),
        None => Vec::new(),
    }
}

fn one(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_string()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn claims_are_read_as_providers_write_them() {
        let said = json!({
            "staff_no": " 000102 ", "number": 102, "groups": ["監査", "", 7, null], "single": "監査", "odd": {"a": 1},
            "realm_access": {"roles": ["jimukyoku"]}, "https://city.example/groups": ["x"]
        });
        for (name, expected) in [
            ("staff_no", vec!["000102"]),
            ("number", vec!["102"]),
            ("groups", vec!["監査", "7"]),
            ("single", vec!["監査"]),
            ("realm_access.roles", vec!["jimukyoku"]),
            ("https://city.example/groups", vec!["x"]),
            ("odd", vec![]),
            ("none", vec![]),
        ] {
            assert_eq!(texts(&said, name), expected, "{name}");
        }
        assert_eq!(text(&said, "staff_no"), "000102");
        assert_eq!(text(&said, "none"), "");
    }
}
