//! Words for actions and scopes.

use domain::permission::{Action, Scope};

/// The action as a heading of a row.
pub fn action(action: Action) -> &'static str {
    match action {
        Action::ReadPolicy => "ポリシーを読む",
        Action::EditPolicy => "ポリシーの取込み、設問及び点検票の作成",
        Action::ManageRoster => "名簿の取込み、所属及び職員の閲覧",
        Action::ManageAccess => "役割の付与及び取消し、確認コードの発行、二段階認証の必須の設定及び解除",
        Action::RunInspection => "点検の開始、督促及び締切り、送信箱の閲覧",
        Action::AnswerSheet => "点検票に回答する",
        Action::EnterForOthers => "所属の職員に代わって回答を入力する（代理入力）",
        Action::SeeMissing => "所属の未提出者を見る",
        Action::ConfirmDepartment => "回答票を差し戻す、所属として確認する",
        Action::RemindDepartment => "所属の未提出者に督促を送る",
        Action::SeeDivision => "部の各所属の確認の状況、集計及び改善を見る",
        Action::ApproveDivision => "部として承認する、所属の確認を差し戻す",
        Action::SeeApproval => "全庁の確認及び承認の状況を見る",
        Action::ApproveCity => "全庁として承認する、部の承認又は所属の確認を差し戻す",
        Action::SeeAnswers => "個々の回答を見る",
        Action::SeeResults => "集計結果を見る",
        Action::OpenAudit => "監査を登録し、監査人を割り当てる",
        Action::Audit => "監査する（評価、指摘、報告書）",
        Action::SeeFindings => "発行された監査報告書及び指摘を見る",
        Action::MendImprovement => "改善を取り上げる、計画する、完了を報告する",
        Action::SeeImprovements => "改善を見る",
        Action::VerifyImprovement => "指摘を改善として取り上げる、改善の完了を確かめる",
        Action::DraftAmendment => "条項の見直しの材料を見る、改正案を作成する",
        Action::RecordDecision => "委員会の決定を記録する",
        Action::ReadLedger => "記録を読む",
        Action::SeeRetention => "記録の保存期間、廃棄の一覧及び廃棄の停止を見る",
        Action::ManageRetention => "保存期間を定める、廃棄の一覧を作成する、廃棄を停止する",
        Action::ApproveDisposal => "ほかの者が作成した廃棄の一覧を承認し、又は却下する",
    }
}

/// How far it goes.
pub fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Own => "自分",
        Scope::Department => "所属",
        Scope::Division => "部とその課",
        Scope::Assigned => "担当する監査の所属",
        Scope::City => "全庁",
    }
}

/// Rules that hold beyond the table.
pub const SEPARATION: [&str; 6] = [
    "監査人は、自らの所属及び監査の対象となる期間に在籍した所属を監査できません。",
    "所属のない監査人（外部監査人）は、期限を定めて役割を付与し、割り当てられた監査とその所属の結果、回答及び改善だけを見ることができます（結果の画面には、比較のため全庁の合計を示します）。ほかの監査は、報告書の発行後も見られません。",
    "改善の完了は、計画又は完了報告をした者、及びその所属の者は確認できません。",
    "個々の回答を見ることができる範囲は、点検ごとに定めます（記名・所属長閲覧可、記名・所属長は集計のみ、無記名）。無記名の点検では、どの役割の者も個々の回答を見られず、5人に満たない数値も示しません。",
    "廃棄の一覧は、作成した者が承認し、又は却下することはできません。",
    "記録は、どの役割の者も書き換え、又は削除することができません。データベースを直接書き換えたときは、検証で分かります。",
];
