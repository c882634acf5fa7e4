//! Words for improvements.

use crate::ui::Tone;
use domain::improvement::Stage;
use store::improvement::StepKind;

/// The tint of a stage.
pub fn tone(stage: Stage) -> Tone {
    match stage {
        Stage::Unplanned => Tone::Note,
        Stage::Planned => Tone::Plain,
        Stage::Reported => Tone::Key,
        Stage::SentBack => Tone::Err,
        Stage::Verified => Tone::Ok,
    }
}

/// The name of a step.
pub fn step(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Opened => "取上げ",
        StepKind::Planned => "計画",
        StepKind::Completed => "完了報告",
        StepKind::Verified => "確認",
        StepKind::SentBack => "差戻し",
    }
}

/// Who is waited for, when it is not the reader.
pub fn waiting_for(stage: Stage) -> &'static str {
    match stage {
        Stage::Unplanned => "所属長が、原因、改善の内容及び期限を登録するのを待っています。",
        Stage::Planned => "所属長が、完了を報告するのを待っています。",
        Stage::SentBack => "所属長が、計画を見直すか、改めて完了を報告するのを待っています。",
        Stage::Reported => "事務局又は監査人（計画又は報告をした者及びその所属の者を除く。）が、結果を確かめるのを待っています。",
        Stage::Verified => "確認済みです。この改善は終わりました。",
    }
}

/// How long it has been open, e.g. 「2年度目」; empty in the year of origin.
pub fn years(years_open: i32) -> Option<String> {
    (years_open > 0).then(|| format!("{}年度目", years_open + 1))
}
