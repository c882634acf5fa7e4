//! A setting in a row: JSON, or nothing for the default.

use crate::error::StoreResult;
use domain::question::setting::Setting;

/// The setting of a row.
///
/// # Errors
/// When the stored JSON is none of ours.
pub(crate) fn setting_of(text: &str) -> StoreResult<Setting> {
    if text.is_empty() { Ok(Setting::default()) } else { Ok(serde_json::from_str(text)?) }
}

/// How a setting is written into a row.
///
/// # Errors
/// Never for a setting of ours.
pub(crate) fn setting_text(setting: &Setting) -> StoreResult<String> {
    if *setting == Setting::default() { Ok(String::new()) } else { Ok(serde_json::to_string(setting)?) }
}
