//! Words for what speaks against a clause.

use crate::ui::Tone;
use domain::rate::percent;
use domain::review::Voice;

/// A chip for one voice.
pub fn voice(voice: Voice) -> (Tone, String) {
    match voice {
        Voice::LowRate(rate) => (Tone::Warn, format!("実施率 {}%", percent(Some(rate)))),
        Voice::Findings(count) => (Tone::Err, format!("指摘 {count}件")),
        Voice::RuleChanges(count) => (Tone::Note, format!("規程の見直しの求め {count}件")),
    }
}

/// How the order of the list comes about.
pub const ORDER: &str = "並び順の重み＝規程の見直しの求め 1件につき4、指摘 1件につき重大な不備6・不備3・観察事項1、\
実施率が80%を10ポイント下回るごとに1。文言が変わった条項は、新しい文言になってからの結果だけを数えます。";
