//! What an entry of the ledger has to say: for every kind, whether it carries what was and what became.
//!
//! A kind that is not listed is not recorded, and a field that is not listed is shown to nobody: the store refuses
//! both where the program is built for tests, so no use case can forget the half of a change.

/// What an event does to what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Something is there that was not: 変更後 only.
    Created,
    /// Something is different: 変更前 and 変更後 of the fields that differ.
    Changed,
    /// Entered the first time or again: 変更後, and 変更前 unless there was nothing.
    Entered,
    /// Something is gone, or holds no longer: 変更前 only.
    Removed,
    /// Nothing that could be put side by side: a look, a file taken out, a way in, a secret (of which neither the old
    /// nor the new is written down), or the headline of an act whose parts are events of their own.
    Act,
}

use Shape::{Act, Changed, Created, Entered, Removed};

/// Every kind of event.
pub const KINDS: &[(&str, Shape)] = &[
    ("session.opened", Act),
    ("session.ended", Act),
    ("session.ended_elsewhere", Act),
    ("sign_in.locked", Act),
    ("password.set", Act),
    ("code.issued", Act),
    ("second_factor.set", Changed),
    ("second_factor.given", Act),
    ("second_factor.removed", Changed),
    ("second_factor.reset", Changed),
    ("second_factor.recovery_code_used", Changed),
    ("second_factor.recovery_codes_made", Changed),
    ("second_factor.required", Created),
    ("second_factor.released", Removed),
    ("role.granted", Created),
    ("role.withdrawn", Removed),
    ("policy.imported", Created),
    ("sentence.reclassified", Changed),
    ("sentence.exempted", Created),
    ("correction.withdrawn", Removed),
    ("proposal.rejected", Created),
    ("proposal.reopened", Removed),
    ("proposal.split", Created),
    ("act.withdrawn", Removed),
    ("question.accepted", Created),
    ("question.added", Created),
    ("question.taken_from_bank", Created),
    ("question.retired", Removed),
    ("question.reworded", Changed),
    ("question.set", Changed),
    ("question.reconsidered", Created),
    ("question.reconsideration_reopened", Removed),
    ("lineage.corrected", Changed),
    ("sheet.created", Created),
    ("sheet.item_taken_in", Created),
    ("sheet.item_left_out", Removed),
    ("sheet.item_moved", Changed),
    ("sheet.frozen", Created),
    ("sheet.copied", Act),
    ("edition.supplemented", Created),
    ("department.added", Created),
    ("department.ended", Removed),
    ("department.succeeded", Created),
    ("department.attributes_set", Changed),
    ("department.confirmed", Created),
    ("department.confirmation_withdrawn", Removed),
    ("roster.imported", Created),
    ("roster.columns_set", Changed),
    ("roster.applied", Act),
    ("person.added", Created),
    ("person.hired", Entered),
    ("person.moved", Changed),
    ("person.concurrent", Changed),
    ("person.away", Changed),
    ("person.changed", Changed),
    ("person.missing", Changed),
    ("post.begun", Created),
    ("post.ended", Changed),
    ("absence.begun", Created),
    ("absence.ended", Changed),
    ("system.added", Created),
    ("system.handed_over", Changed),
    ("system.ended", Changed),
    ("inspection.started", Created),
    ("inspection.closed", Changed),
    ("transfer.applied", Act),
    ("transfer.left", Created),
    ("target.added", Created),
    ("target.moved", Changed),
    ("target.withdrawn", Removed),
    ("target.restored", Created),
    ("sheet_code.issued", Act),
    ("sheet_code.used", Act),
    ("proxy.begun", Created),
    ("reminder.sent", Act),
    ("answer.saved", Entered),
    ("evidence.attached", Created),
    ("evidence.removed", Removed),
    ("evidence.read", Act),
    ("response.read", Act),
    ("response.submitted", Changed),
    ("response.returned", Changed),
    ("answers.read", Act),
    ("audit.opened", Created),
    ("audit.answers_read", Act),
    ("mark.set", Created),
    ("mark.changed", Changed),
    ("finding.recorded", Created),
    ("finding.revised", Changed),
    ("report.issued", Created),
    ("improvement.opened", Created),
    ("improvement.planned", Entered),
    ("improvement.completed", Created),
    ("improvement.verified", Created),
    ("improvement.sent_back", Created),
    ("amendment.drafted", Changed),
    ("amendment.decided", Created),
    ("retention.class_set", Changed),
    ("hold.placed", Created),
    ("hold.released", Removed),
    ("disposal.listed", Created),
    ("disposal.approved", Act),
    ("disposal.rejected", Created),
    ("results.exported", Act),
    ("board.exported", Act),
    ("comparison.exported", Act),
    ("edition.exported", Act),
    ("response.exported", Act),
    ("ledger.exported", Act),
];

/// The shape of a kind, if it is one.
pub fn shape(kind: &str) -> Option<Shape> {
    KINDS.iter().find(|(listed, _)| *listed == kind).map(|(_, shape)| *shape)
}

impl Shape {
    /// What is wrong with an event that says what was, and what became, or not.
    pub fn fault(self, has_before: bool, has_after: bool) -> Option<&'static str> {
        match (self, has_before, has_after) {
            (Created, false, true) | (Changed, true, true) | (Entered, _, true) => None,
            (Removed, true, false) | (Act, false, false) => None,
            (Created, true, _) => Some("what is new had no state before"),
            (Created | Entered, _, false) => Some("what became of it is not said"),
            (Changed, false, _) => Some("what it was before is not said"),
            (Changed, _, false) => Some("what it became is not said"),
            (Removed, false, _) => Some("what is gone is not said"),
            (Removed, _, true) => Some("what is gone has no state after"),
            (Act, ..) => Some("an act without state says what changed"),
        }
    }
}

/// Fields of what entries say.
const FIELDS: &[(&str, &str)] = &[
    ("absence", "休職など"),
    ("adopted", "採用"),
    ("answers", "回答の数"),
    ("applied", "反映した件数"),
    ("at", "日時"),
    ("attributes", "属性"),
    ("audit", "監査"),
    ("answers_digest", "回答の照合値"),
    ("auditor", "監査人"),
    ("base_on", "基準日"),
    ("by", "行った人"),
    ("by_code", "確認コードによる"),
    ("capacity", "確認の資格"),
    ("cause", "原因"),
    ("change", "変更の種類"),
    ("changes", "変更の数"),
    ("choice", "選択"),
    ("class", "分類"),
    ("clause", "条項"),
    ("clauses", "条項"),
    ("closed", "締切り"),
    ("code", "所属コード"),
    ("columns", "列の対応"),
    ("comment", "コメント"),
    ("comment_on", "理由を求める回答"),
    ("count", "件数"),
    ("criterion", "基準"),
    ("decided_on", "決定日"),
    ("department", "所属"),
    ("doors", "停止した範囲"),
    ("due_on", "期限"),
    ("effect", "影響"),
    ("effective", "効果"),
    ("effective_on", "施行日"),
    ("email", "メールアドレス"),
    ("employment", "任用形態"),
    ("ends_on", "終了日"),
    ("entries", "件数"),
    ("evidence", "証跡"),
    ("exempted", "設問にしない扱い"),
    ("fact", "事実"),
    ("file", "ファイル"),
    ("file_name", "ファイル"),
    ("finding", "指摘"),
    ("fiscal_year", "年度"),
    ("form", "形式"),
    ("from", "開始日"),
    ("gate", "必須の設問"),
    ("grade", "区分"),
    ("guidance", "記入の手引"),
    ("held", "停止により残した件数"),
    ("held_on", "往査日"),
    ("in_scope", "点検の対象"),
    ("informative", "把握のみの設問"),
    ("inspection", "点検"),
    ("item", "設問"),
    ("kana", "ふりがな"),
    ("kind", "種類"),
    ("label", "番号"),
    ("left", "見送った変更"),
    ("links", "条項の対応"),
    ("measure", "改善の内容"),
    ("meeting", "会議"),
    ("missing", "未提出の数"),
    ("name", "名称"),
    ("new_departments", "新しい所属"),
    ("no", "設問の番号"),
    ("not_applicable", "該当なしの選択"),
    ("note", "所見"),
    ("noun", "種別"),
    ("number", "番号"),
    ("older_payloads", "旧形式のため内容が残る記録"),
    ("on", "実施日"),
    ("opens_on", "開始日"),
    ("opinion", "総評"),
    ("origin", "もとの記録"),
    ("outcome", "処理"),
    ("own", "自分の記録のみ"),
    ("own_reason", "自身の分を確認した理由"),
    ("own_sheets", "確認者自身が提出した数"),
    ("owner", "所管"),
    ("parent", "上位の所属"),
    ("path", "条項の番号"),
    ("payloads", "内容を除いた記録"),
    ("people", "人数"),
    ("person", "職員"),
    ("planned_on", "予定日"),
    ("policy", "ポリシー"),
    ("position", "順番"),
    ("posts", "発令"),
    ("predecessor", "前の所属"),
    ("previous", "前の版"),
    ("proposals", "設問案"),
    ("proposed", "設問案"),
    ("purpose", "目的"),
    ("question", "設問"),
    ("questions", "設問の数"),
    ("raw", "選んだ記号"),
    ("reason", "理由"),
    ("recommendation", "改善の提案"),
    ("recovery_codes", "回復コードの残り"),
    ("report", "報告"),
    ("role", "役割"),
    ("rows", "行数"),
    ("rule", "規則"),
    ("rule_change", "規程の見直し"),
    ("scale", "回答の形式"),
    ("scope", "範囲"),
    ("second", "二段階認証"),
    ("second_factor", "二段階認証"),
    ("sha256", "ファイルの照合値"),
    ("sheet", "点検票"),
    ("sheets", "回答票の数"),
    ("shown", "表示の条件"),
    ("since", "適用日"),
    ("size", "ファイルの大きさ"),
    ("source", "経路"),
    ("staff_no", "職員番号"),
    ("submitted", "提出"),
    ("system", "情報システム"),
    ("target", "回答票"),
    ("text", "文言"),
    ("texts", "文言"),
    ("title", "表題"),
    ("to", "終了日"),
    ("topic", "章"),
    ("total", "対象の数"),
    ("typed", "入力"),
    ("value", "値"),
    ("version", "版数"),
    ("visibility", "閲覧の範囲"),
    ("warnings", "確認を要した点"),
    ("way", "方法"),
    ("weight", "重み"),
    ("without_account", "端末を使わない職員"),
    ("words", "語句"),
];

/// The field in Japanese, if it is one that is shown.
pub fn field(name: &str) -> Option<&'static str> {
    FIELDS.iter().find(|(listed, _)| *listed == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_and_field_is_listed_once() {
        let kinds: BTreeSet<_> = KINDS.iter().map(|(kind, _)| kind).collect();
        let fields: BTreeSet<_> = FIELDS.iter().map(|(field, _)| field).collect();
        assert_eq!((kinds.len(), fields.len()), (KINDS.len(), FIELDS.len()));
    }

    #[test]
    fn a_shape_says_what_has_to_be_there() {
        // What was and what became, each there or not: (false, false), (false, true), (true, false), (true, true).
        for (shape, right) in [
            (Created, [false, true, false, false]),
            (Changed, [false, false, false, true]),
            (Entered, [false, true, false, true]),
            (Removed, [false, false, true, false]),
            (Act, [true, false, false, false]),
        ] {
            let pairs = [(false, false), (false, true), (true, false), (true, true)];
            let found = pairs.map(|(before, after)| shape.fault(before, after).is_none());
            assert_eq!(found, right, "{shape:?}");
        }
    }
}
