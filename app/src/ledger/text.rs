//! Words for the kinds of events and for what they are about.

/// Every kind in Japanese. A kind that is missing is shown as it is.
const KINDS: &[(&str, &str)] = &[
    ("session.opened", "サインイン"),
    ("session.ended", "サインアウト"),
    ("session.ended_elsewhere", "ほかの端末のサインインの終了"),
    ("sign_in.locked", "サインインの停止（失敗の連続）"),
    ("second_factor.set", "二段階認証の設定"),
    ("second_factor.given", "認証コードによる確認"),
    ("second_factor.removed", "二段階認証の解除"),
    ("second_factor.reset", "二段階認証の解除（事務局）"),
    ("second_factor.recovery_code_used", "回復コードの使用"),
    ("second_factor.recovery_codes_made", "回復コードの作成"),
    ("second_factor.required", "二段階認証を必須とする設定"),
    ("second_factor.released", "二段階認証を任意とする設定"),
    ("password.set", "パスワードの設定"),
    ("code.issued", "確認コードの発行"),
    ("role.granted", "役割の付与"),
    ("role.withdrawn", "役割の取消し"),
    ("policy.imported", "ポリシーの取込み"),
    ("revision.imported", "ポリシーの版の取込み"),
    ("sentence.reclassified", "条文の分類の変更"),
    ("proposal.accepted", "設問案の採用"),
    ("proposal.rejected", "設問案の却下"),
    ("proposal.reopened", "設問案の再検討"),
    ("proposal.split", "設問案の分割"),
    ("act.withdrawn", "設問の作成での処理の取消し"),
    ("sentence.exempted", "設問にしない理由の記録"),
    ("correction.withdrawn", "分類の修正の取消し"),
    ("question.accepted", "設問の採用"),
    ("question.added", "設問の追加"),
    ("question.taken_from_bank", "補助設問の採用"),
    ("question.retired", "設問の廃止"),
    ("question.reworded", "設問の文言の変更"),
    ("question.reconsidered", "条項の改正に伴う設問の見直し"),
    ("question.reconsideration_reopened", "設問の見直しの取消し"),
    ("lineage.corrected", "新旧の条項の対応の修正"),
    ("sheet.created", "点検票の作成"),
    ("sheet.item_taken_in", "点検票への設問の追加"),
    ("sheet.item_left_out", "点検票からの設問の除外"),
    ("sheet.item_moved", "点検票の設問の並べ替え"),
    ("sheet.frozen", "点検票の確定"),
    ("sheet.copied", "前の版からの点検票の作成"),
    ("question.set", "設問の設定の変更"),
    ("edition.supplemented", "補足説明の追加"),
    ("department.attributes_set", "所属の属性の変更"),
    ("roster.imported", "名簿の読込み"),
    ("roster.read", "名簿の読込み"),
    ("roster.applied", "名簿の反映"),
    ("absence.begun", "休職などの登録"),
    ("absence.ended", "休職などの終了"),
    ("department.ended", "所属の廃止"),
    ("department.succeeded", "所属の承継"),
    ("post.begun", "発令の登録"),
    ("post.ended", "発令の終了"),
    ("roster.columns_set", "名簿の列の対応の修正"),
    ("system.added", "情報システムの登録"),
    ("system.ended", "情報システムの廃止"),
    ("system.handed_over", "情報システム管理者の交代"),
    ("person.added", "職員の登録"),
    ("person.hired", "職員の採用（名簿）"),
    ("person.moved", "職員の異動"),
    ("person.concurrent", "職員の兼務の変更（名簿）"),
    ("person.away", "職員の休職などの変更（名簿）"),
    ("person.changed", "職員の変更（名簿）"),
    ("person.missing", "名簿にない職員の発令の終了"),
    ("department.added", "所属の登録"),
    ("draft.saved", "点検の下書きの保存"),
    ("draft.discarded", "点検の下書きの破棄"),
    ("rehearsal.begun", "点検の試行の開始"),
    ("inspection.started", "点検の開始"),
    ("inspection.handed_out", "点検票の配付の完了"),
    ("inspection.closed", "点検の締切り"),
    ("intake.brought", "点検票の受入れ"),
    ("intake.owner_set", "取り込む点検票の対象の選択"),
    ("intake.row_settled", "取り込む行の扱いの選択"),
    ("intake.taken", "点検票の取込み"),
    ("intake.read", "取り込む点検票の閲覧"),
    ("intake.exported", "取り込む点検票のダウンロード"),
    ("form.exported", "点検票（Excel）の書出し"),
    ("original.brought", "回答を書き込む様式の受入れ"),
    ("original.filled", "元の様式への回答の書込み"),
    ("intake.reread", "取り込む点検票の読直し"),
    ("intake.departure_accepted", "様式と異なる点の受入れ"),
    ("layout.kept", "様式の保存"),
    ("layout.changed", "様式の変更"),
    ("layout.renamed", "様式の名称の変更"),
    ("layout.discarded", "様式の廃止"),
    ("word.explained", "言葉の読み方の登録"),
    ("word.changed", "言葉の読み方の変更"),
    ("word.taken_back", "言葉の読み方の取消し"),
    ("extension.made", "期限の延長"),
    ("extension.taken_back", "期限の延長の取消し"),
    ("notice.set", "通知の設定の変更"),
    ("notice.sent", "通知の自動送信"),
    ("letter.written", "通知文の作成"),
    ("closed_day.added", "閉庁日の登録"),
    ("closed_day.removed", "閉庁日の取消し"),
    ("message.retried", "通知の再送"),
    ("transfer.applied", "異動などの変更の反映"),
    ("transfer.left", "異動などの変更の見送り"),
    ("target.added", "対象者の追加"),
    ("target.moved", "点検票の所属の変更"),
    ("target.withdrawn", "対象からの除外"),
    ("target.restored", "対象への復帰"),
    ("sheet_code.issued", "確認票の番号の発行"),
    ("sheet_code.used", "確認票の番号による回答の開始"),
    ("proxy.begun", "代理入力の開始"),
    ("inspection.reminded", "未提出者への督促"),
    ("reminder.sent", "未提出者への督促"),
    ("answer.saved", "回答の保存"),
    ("evidence.attached", "証跡の添付"),
    ("evidence.removed", "証跡の取外し"),
    ("evidence.read", "証跡の閲覧"),
    ("response.read", "回答票の閲覧"),
    ("answers.read", "回答の閲覧"),
    ("response.submitted", "回答票の提出"),
    ("response.returned", "回答票の差戻し"),
    ("department.confirmed", "所属長の確認"),
    ("department.confirmation_withdrawn", "所属長の確認の取消し"),
    ("department.confirmation_sent_back", "所属長の確認の差戻し"),
    ("deputy.named", "所属長による代理の指定"),
    ("deputy.withdrawn", "所属長による代理の取消し"),
    ("approval.opened", "承認の画面の閲覧"),
    ("approval.given", "部長又は統括の承認"),
    ("approval.withdrawn", "部長又は統括の承認の取消し"),
    ("approval.sent_back", "部長の承認の差戻し"),
    ("audit.opened", "監査の開始"),
    ("audit.answers_read", "監査での回答の閲覧"),
    ("results.exported", "結果の書出し"),
    ("comparison.exported", "新旧対照表の書出し"),
    ("edition.exported", "点検票の様式の書出し"),
    ("response.exported", "回答票の書出し"),
    ("ledger.exported", "記録の書出し"),
    ("table.exported", "表の書出し"),
    ("mark.set", "監査評価の記録"),
    ("mark.changed", "監査評価の変更"),
    ("finding.recorded", "指摘の記録"),
    ("finding.revised", "指摘の変更"),
    ("report.issued", "監査報告書の発行"),
    ("improvement.opened", "改善の取上げ"),
    ("improvement.planned", "改善の計画"),
    ("improvement.completed", "改善の完了報告"),
    ("improvement.verified", "改善の確認"),
    ("improvement.sent_back", "改善の差戻し"),
    ("amendment.drafted", "改正案の作成"),
    ("amendment.decided", "改正案についての決定の記録"),
    ("retention.class_set", "保存期間の変更"),
    ("hold.placed", "廃棄の停止"),
    ("hold.released", "廃棄の停止の解除"),
    ("disposal.listed", "廃棄の一覧の作成"),
    ("disposal.approved", "廃棄の承認及び実施"),
    ("disposal.rejected", "廃棄の一覧の却下"),
];

/// What an event is about, with the address of its page if the key of the stream leads there.
const NOUNS: &[(&str, &str, Option<&str>)] = &[
    ("session", "サインイン", None),
    ("second_factor", "二段階認証の設定", None),
    ("person", "職員", None),
    ("policy", "ポリシー", None),
    ("revision", "ポリシーの版", Some("/policies/")),
    ("sentence", "条文", None),
    ("proposal", "設問案", None),
    ("question", "設問", None),
    ("sheet", "点検票", Some("/sheets/")),
    ("edition", "確定版", Some("/editions/")),
    ("roster", "名簿", None),
    ("roster_import", "名簿", Some("/roster/imports/")),
    ("department", "所属", None),
    ("draft", "点検の下書き", Some("/drafts/")),
    ("inspection", "点検", Some("/inspections/")),
    ("intake", "取込み", Some("/intakes/")),
    ("layout", "様式", Some("/layouts/")),
    ("word", "言葉の読み方", None),
    ("target", "回答票", Some("/responses/")),
    ("audit", "監査", Some("/audits/")),
    ("finding", "指摘", Some("/findings/")),
    ("improvement", "改善", Some("/improvements/")),
    ("amendment", "改正案", Some("/amendments/")),
    ("retention", "保存期間", None),
    ("hold", "廃棄の停止", None),
    ("disposal", "廃棄の一覧", Some("/retention/disposals/")),
];

/// The kind in Japanese, or as it is.
pub fn kind(key: &str) -> &str {
    KINDS.iter().find(|(listed, _)| *listed == key).map_or(key, |(_, text)| text)
}

/// All kinds for the search, without doubles of their Japanese.
pub fn kinds() -> Vec<(&'static str, &'static str)> {
    KINDS.to_vec()
}

/// All nouns for the search.
pub fn nouns() -> Vec<(&'static str, &'static str)> {
    NOUNS.iter().map(|(key, text, _)| (*key, *text)).collect()
}

/// A hash in groups of four, as it is read out.
pub fn groups(hash: &str) -> Vec<String> {
    let signs: Vec<char> = hash.chars().collect();
    signs.chunks(4).map(|group| group.iter().collect()).collect()
}


/// The field in Japanese, if it is one that is shown.
pub fn known_field(name: &str) -> Option<&'static str> {
    domain::record::field(name)
}

/// The field in Japanese, or as it is.
pub fn field(name: &str) -> &str {
    known_field(name).unwrap_or(name)
}

/// Noun and address of a stream such as `improvement:0198…`.
pub fn about(stream: &str) -> (String, Option<String>) {
    let (noun, key) = stream.split_once(':').unwrap_or((stream, ""));
    match NOUNS.iter().find(|(listed, ..)| *listed == noun) {
        Some((_, text, base)) => (text.to_string(), base.map(|base| format!("{base}{key}"))),
        None => (noun.to_string(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_fields_have_japanese_words() {
        assert_eq!(field("due_on"), "期限");
        assert_eq!(kind("improvement.planned"), "改善の計画");
        assert_eq!(kind("new.kind"), "new.kind");
    }

    /// Every text like `noun.verb` in the sources of a folder.
    fn kinds_in(folder: &std::path::Path, found: &mut std::collections::BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                kinds_in(&path, found);
            } else if let Ok(source) = std::fs::read_to_string(&path) {
                let texts = source.split('"').skip(1).step_by(2);
                found.extend(texts.filter(|text| is_kind(text)).map(ToString::to_string));
            }
        }
    }

    fn is_kind(text: &str) -> bool {
        let word = |part: &str| part.len() > 1 && part.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase());
        matches!(text.split_once('.'), Some((noun, verb)) if word(noun) && word(verb) && !["db", "example", "md", "raw", "roles"].contains(&verb))
    }

    #[test]
    fn every_kind_that_is_ever_recorded_has_a_japanese_text_and_none_is_listed_in_vain() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../server");
        let mut found = std::collections::BTreeSet::new();
        for folder in ["store/src", "src"] {
            kinds_in(&root.join(folder), &mut found);
        }
        assert!(found.len() > 50, "the sources are not where they were: {found:?}");
        let missing: Vec<_> = found.iter().filter(|found| kind(found) == found.as_str()).collect();
        assert!(missing.is_empty(), "say in KINDS what these are in Japanese: {missing:?}");
        let listed = domain::record::KINDS.iter().map(|(kind, _)| *kind);
        let missing: Vec<_> = listed.clone().filter(|listed| kind(listed) == *listed).collect();
        assert!(missing.is_empty(), "say in KINDS what these are in Japanese: {missing:?}");
        let gone: Vec<_> = listed.filter(|listed| !found.contains(*listed)).collect();
        assert!(gone.is_empty(), "nobody records {gone:?} any more; take them out of domain::record");
    }

    #[test]
    fn streams_lead_to_their_pages() {
        assert_eq!(about("improvement:7"), ("改善".to_string(), Some("/improvements/7".to_string())));
        assert_eq!(about("person:7"), ("職員".to_string(), None));
        assert_eq!(about("strange"), ("strange".to_string(), None));
    }
}
