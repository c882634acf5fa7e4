//! The tables that can be taken out as files, one line each. A file takes what its page takes, so no line says it again.

use super::endpoint::{Method, Need, need};

/// A table on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Export {
    /// Its name in the address.
    pub key: &'static str,
    /// The address of the page it stands on.
    pub page: &'static str,
    /// What it is called: the name of the file and of the sheet.
    pub title: &'static str,
}

const fn of(page: &'static str, key: &'static str, title: &'static str) -> Export {
    Export { key, page, title }
}

/// What stands before the page's address in the address of a file.
pub const BASE: &str = "/export";

/// The list. A new table adds its line here, its link to the page and its columns to `server::http::tables`.
#[rustfmt::skip]
pub const EXPORTS: &[Export] = &[
    of("/people", "people", "職員"),
    of("/people/{person}", "posts", "発令"),
    of("/people/second-factor", "second_factor", "役割ごとの二段階認証"),
    of("/sessions", "devices", "サインイン中の端末"),
    of("/departments", "departments", "組織"),
    of("/departments/{department}", "members", "所属の職員"),
    of("/departments/attributes", "attributes", "所属の属性"),
    of("/systems", "systems", "情報システム"),
    of("/roster", "rosters", "読み込んだ名簿"),
    of("/roster/imports/{import}", "renamed", "改称・移管する所属"),
    of("/roster/imports/{import}", "changes", "名簿による変更"),
    of("/roster/imports/{import}", "problems", "名簿の読取りの結果"),
    of("/inspections/{inspection}", "board", "進行状況"),
    of("/inspections/{inspection}", "days", "日ごとの提出数"),
    of("/inspections/{inspection}/departments/{department}", "targets", "点検票の提出状況"),
    of("/inspections/{inspection}/divisions/{division}", "division", "所属ごとの確認の状況"),
    of("/inspections/{inspection}/divisions/{division}", "gaps", "一部実施及び未実施の設問"),
    of("/inspections/{inspection}/divisions/{division}", "bundle", "所属の改善"),
    of("/inspections/{inspection}/approval", "approval", "確認及び承認の状況"),
    of("/inspections/{inspection}/transfers", "transfers", "異動などの反映"),
    of("/inspections/{inspection}/transfers", "transferred", "対象者の変更の履歴"),
    of("/inspections/{inspection}/notices", "notices", "通知の送信の予定"),
    of("/inspections/{inspection}/settings", "extensions", "期限の延長"),
    of("/inspections/{inspection}/intakes", "intakes", "受け入れたファイル"),
    of("/intakes/{intake}", "intake_files", "ファイルごとの読取り結果"),
    of("/intakes/{intake}/taking", "intake_taking", "取込みの内容"),
    of("/intakes/forms/{form}", "intake_rows", "行ごとの読取り結果"),
    of("/layouts", "layouts", "様式"),
    of("/layouts", "city_words", "共通の言葉"),
    of("/layouts/{layout}", "layout_words", "様式の言葉"),
    of("/drafts/{draft}", "rehearsals", "試行"),
    of("/outbox", "outbox", "通知"),
    of("/inspections/{inspection}/results", "divisions", "部別の件数と率"),
    of("/inspections/{inspection}/results", "rates", "所属と分野ごとの実施率"),
    of("/inspections/{inspection}/results", "questions", "設問別の結果"),
    of("/inspections/{inspection}/results", "worst", "実施率の低い設問"),
    of("/inspections/{inspection}/results", "gates", "未実施のある必須の設問"),
    of("/inspections/{inspection}/answers", "answers", "回答の一覧"),
    of("/responses/{target}", "origins", "取り込んだ回答の元の記載"),
    of("/responses/{target}", "response", "回答"),
    of("/audits", "audits", "監査の一覧"),
    of("/audits/{audit}", "findings", "指摘の一覧"),
    of("/audits/{audit}", "marks", "設問ごとの回答と監査評価"),
    of("/improvements", "improvements", "改善の一覧"),
    of("/review", "clauses", "見直しの材料がある条項"),
    of("/review", "amendments", "改正案"),
    of("/review/clauses/{clause}", "clause", "条項についての設問と実施率"),
    of("/amendments/table", "proposal", "改正案の新旧対照表"),
    of("/policies", "policies", "ポリシーの版"),
    of("/policies/corrections", "corrections", "分類の修正"),
    of("/policies/{revision}", "counts", "設問の数"),
    of("/policies/{revision}", "printed", "策定・改定の経緯"),
    of("/policies/{revision}/acts", "acts", "処理の履歴"),
    of("/policies/{revision}/coverage", "coverage", "設問の対応状況"),
    of("/policies/{revision}/coverage", "uncovered", "設問のない義務"),
    of("/policies/{revision}/proposals", "proposals", "設問の案"),
    of("/policies/{revision}/lineage", "lineage", "新旧の条項の対応"),
    of("/policies/{revision}/table", "comparison", "新旧対照表"),
    of("/policies/{revision}/history", "revisions", "取り込んだ版"),
    of("/policies/{revision}/history", "told", "策定・改定の経緯（文書の記載）"),
    of("/bank", "bank", "補助設問集"),
    of("/sheets", "sheets", "点検票"),
    of("/sheets/{sheet}", "items", "点検票の設問"),
    of("/sheets/{sheet}", "left_out", "点検票に載せていない設問"),
    of("/sheets/{sheet}/compare", "compared", "前の版との比較"),
    of("/editions/{edition}", "edition", "確定した点検票の設問"),
    of("/ledger", "ledger", "記録"),
    of("/ledger/own", "own_ledger", "自分の記録"),
    of("/ledger/seals", "seals", "封印"),
    of("/retention", "retention", "保存期間"),
    of("/retention", "disposals", "廃棄の一覧"),
    of("/retention", "holds", "廃棄の停止"),
    of("/retention/kinds/{kind}", "records", "完結した記録"),
    of("/retention/disposals/{disposal}", "disposed", "廃棄する記録"),
    of("/retention/disposals/{disposal}", "kept", "廃棄の停止により残す記録"),
    of("/permissions", "permissions", "権限"),
    of("/permissions", "sight", "個々の回答を見ることができる範囲"),
];

impl Export {
    /// Its address, with the page's parameters in braces.
    pub fn address(&self) -> String {
        self.at(self.page)
    }

    /// Its address for a page with the parameters filled in.
    pub fn at(&self, path: &str) -> String {
        format!("{BASE}{path}/{}", self.key)
    }

    /// What it takes: what its page takes.
    pub fn need(&self) -> Option<Need> {
        need(Method::Get, self.page)
    }
}

/// The table of a name.
pub fn find(key: &str) -> Option<&'static Export> {
    EXPORTS.iter().find(|export| export.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_table_has_a_name_of_its_own_and_a_page_that_is_listed() {
        let keys: BTreeSet<&str> = EXPORTS.iter().map(|export| export.key).collect();
        assert_eq!(keys.len(), EXPORTS.len());
        for export in EXPORTS {
            assert!(export.need().is_some(), "{} stands on no page that is listed", export.key);
        }
    }

    #[test]
    fn a_file_takes_what_its_page_takes() {
        use crate::permission::Action;
        let export = find("people").expect("listed");
        assert_eq!(export.address(), "/export/people/people");
        assert_eq!(export.need(), Some(Need::Do(Action::ManageAccess)));
    }
}
