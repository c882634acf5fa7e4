//! From a sentence to its class, its role and its questions: the pairs of the field glossary §5.5 and more.

use domain::clause::{Class, ClauseKind, ClauseText, classify_all};
use domain::policy::PolicyText;
use domain::question::{Proposal, duplicates, propose};
use domain::role::Role;

/// Heading, sentence, class, role, number of questions, 該当なし of the last question.
type Pair = (&'static str, &'static str, Class, Option<Role>, usize, Option<&'static str>);

fn clause(path: &[&str], heading: &str, text: &str) -> ClauseText {
    ClauseText {
        path: path.iter().map(|label| label.to_string()).collect(),
        label: path.last().map(|label| label.to_string()).unwrap_or_default(),
        heading: (!heading.is_empty()).then(|| heading.to_string()),
        text: text.to_string(),
        kind: ClauseKind::Article,
        line: 1,
        sentences: Vec::new(),
    }
}

fn policy(mut clauses: Vec<ClauseText>) -> PolicyText {
    classify_all(&mut clauses);
    PolicyText { clauses, ..PolicyText::default() }
}

fn asked(heading: &str, text: &str) -> (PolicyText, Vec<Proposal>) {
    let policy = policy(vec![clause(&["1"], heading, text)]);
    let proposals = propose(&policy);
    (policy, proposals)
}

use Class::{
    Background, Definition, Duty, Effort, Exception, Permission, Prohibition, Purpose, Scope, Stipulation,
};
use Role::{AuditChief, Chief, Ciso, Manager, Staff, SystemManager};

/// The 30 pairs of the glossary, in its order.
const GLOSSARY: [Pair; 30] = [
    (
        "職員等の遵守義務",
        "職員、再任用職員及び会計年度任用職員等(以下「職員等」という。)は、情報セキュリティの重要性について共通の認識を持ち、業務の遂行に当たって情報セキュリティポリシー及び情報セキュリティ実施手順を遵守しなければならない。",
        Duty,
        Some(Staff),
        2,
        None,
    ),
    (
        "組織体制",
        "本市の情報資産について、情報セキュリティ対策を推進する全庁的な組織体制を確立する。",
        Duty,
        Some(Ciso),
        1,
        None,
    ),
    (
        "情報資産の分類と管理",
        "本市の保有する情報資産を機密性、完全性及び可用性に応じて分類し、当該分類に基づき情報セキュリティ対策を実施する。",
        Duty,
        Some(Manager),
        2,
        None,
    ),
    (
        "情報システム全体の強靱性の向上",
        "マイナンバー利用事務系においては、原則として、他の領域との通信をできないようにした上で、端末からの情報持ち出し不可設定や端末への多要素認証の導入等により、住民情報の流出を防ぐ。",
        Duty,
        Some(SystemManager),
        2,
        None,
    ),
    (
        "情報システム全体の強靱性の向上",
        "なお、両システム間で通信する場合には、無害化通信を実施する。",
        Duty,
        Some(SystemManager),
        1,
        Some("通信なし"),
    ),
    (
        "物理的セキュリティ",
        "サーバ等、情報システム室等、通信回線等及び職員等のパソコン等の管理について、認証処理によるログなど物理的な対策を講じる。",
        Duty,
        Some(SystemManager),
        1,
        None,
    ),
    (
        "人的セキュリティ",
        "情報セキュリティに関し、職員等が遵守すべき事項を定めるとともに、十分な教育及び啓発を行う等の人的な対策を講じる。",
        Duty,
        Some(Chief),
        2,
        None,
    ),
    (
        "運用",
        "また、情報資産に対するセキュリティ侵害が発生した場合等に迅速かつ適正に対応するため、緊急時対応計画を策定する。",
        Duty,
        Some(Chief),
        1,
        None,
    ),
    (
        "業務委託",
        "外部委託する場合には、外部委託事業者を選定し、情報セキュリティ要件を明記した契約を締結し、外部委託事業者において必要なセキュリティ対策が確保されていることを確認し、必要に応じて契約に基づき措置を講じる。",
        Duty,
        Some(Manager),
        4,
        Some("必要な場面なし"),
    ),
    (
        "業務委託",
        "約款による外部サービス(クラウドサービス)を利用する場合には、利用にかかる規定を整備し対策を講じる。",
        Duty,
        Some(Manager),
        2,
        Some("約款による外部サービスの利用なし"),
    ),
    (
        "外部サービス",
        "ソーシャルメディアサービスを利用する場合には、ソーシャルメディアサービスの運用手順を定め、ソーシャルメディアサービスで発信できる情報を規定し、利用するソーシャルメディアサービスごとの責任者を定める。",
        Duty,
        Some(Manager),
        3,
        Some("ソーシャルメディアサービスの利用なし"),
    ),
    (
        "情報セキュリティ監査及び自己点検の実施",
        "情報セキュリティポリシーの遵守状況を検証するため、定期的又は必要に応じて情報セキュリティ監査及び自己点検を実施する。",
        Duty,
        Some(AuditChief),
        1,
        None,
    ),
    (
        "情報セキュリティポリシーの見直し",
        "新たに対策が必要となった場合には、リスクを検討したうえで、情報セキュリティポリシーを見直す。",
        Duty,
        Some(Chief),
        2,
        Some("必要な場面なし"),
    ),
    (
        "情報システム",
        "コンピュータ、ネットワーク及び電磁的記録媒体で構成され、情報処理を行う仕組みをいう。",
        Definition,
        None,
        0,
        None,
    ),
    ("適用範囲", "なお、教育機関における学校内独自のネットワークは対象外とする。", Scope, None, 0, None),
    (
        "対象とする脅威",
        "不正アクセス、ウイルス攻撃、サービス不能攻撃等のサイバー攻撃や内部不正等",
        Class::Threat,
        None,
        0,
        None,
    ),
    (
        "実施手順の策定",
        "なお、情報セキュリティ実施手順は、公にすることにより重大な支障を及ぼすおそれがあることから非公開とする。",
        Stipulation,
        None,
        0,
        None,
    ),
    (
        "利用",
        "職員等は、業務以外の目的で情報システムへのアクセス、電子メールの使用をしてはならない。",
        Prohibition,
        Some(Staff),
        1,
        None,
    ),
    (
        "持ち出し",
        "職員等は、許可なく機器及び記録媒体を外部に持ち出してはならない。",
        Prohibition,
        Some(Staff),
        1,
        Some("機器及び記録媒体の持ち出しなし"),
    ),
    (
        "離席",
        "離席時には端末をロックする等、第三者に使用されない措置を講じなければならない。",
        Duty,
        Some(Staff),
        1,
        None,
    ),
    ("IDの管理", "職員等は、自己のIDを他人に利用させてはならない。", Prohibition, Some(Staff), 1, None),
    (
        "事故の報告",
        "職員等は、情報セキュリティインシデントを発見したときは、速やかに管理者に報告しなければならない。",
        Duty,
        Some(Staff),
        1,
        Some("情報セキュリティインシデントの発見なし"),
    ),
    (
        "IDの管理",
        "情報セキュリティ管理者は、異動・退職者の利用IDを速やかに抹消するよう依頼しなければならない。",
        Duty,
        Some(Manager),
        1,
        None,
    ),
    (
        "運用",
        "情報システム管理者は、定期にバックアップを取得しなければならない。",
        Duty,
        Some(SystemManager),
        1,
        None,
    ),
    (
        "体制",
        "統括情報セキュリティ責任者は、必要に応じ専門家を置くことができる。",
        Permission,
        Some(Chief),
        0,
        None,
    ),
    ("執務室", "職員等は、机上の整理整頓に努めなければならない。", Effort, Some(Staff), 1, None),
    ("報告", "ただし、緊急でやむを得ない場合はこの限りでない。", Exception, None, 0, None),
    (
        "監査",
        "CISOは、指摘事項を所管する管理者に対し、改善を指示しなければならない。",
        Duty,
        Some(Ciso),
        1,
        None,
    ),
    (
        "電子メール",
        "職員等は、重要な情報を含むメールを外部へ送る場合は、暗号化又は許可された手段によらなければならない。",
        Duty,
        Some(Staff),
        1,
        Some("重要な情報を含むメールの送付なし"),
    ),
    (
        "媒体の廃棄",
        "記録媒体を廃棄する場合は、情報を復元できないよう消去した上で、その記録を残す。",
        Duty,
        Some(Manager),
        2,
        Some("記録媒体の廃棄なし"),
    ),
];

/// Twenty of our own, from the ways by-laws are written.
const OWN: [Pair; 20] = [
    (
        "目的",
        "この規程は、情報資産の安全を確保するために必要な事項を定めることを目的とする。",
        Purpose,
        None,
        0,
        None,
    ),
    ("趣旨", "この規則は、情報の安全管理に関し、必要な事項を定めるものとする。", Purpose, None, 0, None),
    (
        "定義",
        "この規則において「機器」とは、電子計算機その他情報を処理する装置をいう。",
        Definition,
        None,
        0,
        None,
    ),
    ("適用範囲", "この規程は、市長の事務部局及び議会の事務局に適用する。", Scope, None, 0, None),
    ("責任者", "部に部門責任者を置き、部の長をもって充てる。", Stipulation, None, 0, None),
    ("責任者", "副市長を最高情報セキュリティ責任者とする。", Stipulation, None, 0, None),
    ("委任", "この規程に定めるもののほか、必要な事項は、CISOが別に定める。", Duty, Some(Ciso), 0, None),
    (
        "研修",
        "統括情報セキュリティ責任者は、標的型攻撃に関する訓練を、年2回以上実施するよう努めるものとする。",
        Effort,
        Some(Chief),
        1,
        None,
    ),
    ("研修", "職員等は、研修に参加することが望ましい。", Effort, Some(Staff), 1, None),
    (
        "ソフトウェア",
        "職員等は、情報システム管理者の許可なく、ソフトウェアを導入してはならない。",
        Prohibition,
        Some(Staff),
        1,
        Some("ソフトウェアの導入なし"),
    ),
    ("端末", "職員等は、端末を他の者に使用させてはならない。", Prohibition, Some(Staff), 1, None),
    (
        "点検",
        "所属長は、媒体に番号を付し、毎月、その所在を確かめなければならない。",
        Duty,
        Some(Manager),
        2,
        None,
    ),
    (
        "委託先の選定",
        "所属長は、業務を委託しようとするときは、委託先の安全管理の体制を確認しなければならない。",
        Duty,
        Some(Manager),
        1,
        Some("業務の委託なし"),
    ),
    (
        "端末",
        "職員等は、離席するときは、端末を操作できない状態にしなければならない。",
        Duty,
        Some(Staff),
        1,
        None,
    ),
    ("施行", "この規則は、公布の日から施行する。", Background, None, 0, None),
    ("違反", "違反した職員等は、懲戒処分の対象となる。", Background, Some(Staff), 0, None),
    ("背景", "情報システムの利用は社会のあらゆる面で拡大している。", Background, None, 0, None),
    (
        "監視",
        "総括情報セキュリティ責任者は、ログを取得し、定期的に点検するものとする。",
        Duty,
        Some(Chief),
        2,
        None,
    ),
    (
        "クラウドサービス",
        "職員等は、機密の情報をクラウドサービスに保存してはならない。",
        Prohibition,
        Some(Staff),
        1,
        None,
    ),
    ("準用", "乙種情報については、前項の規定を準用する。", Duty, Some(Chief), 0, None),
];

#[test]
fn sentences_become_the_questions_of_the_glossary() {
    for pair in GLOSSARY.iter().chain(&OWN) {
        check(pair);
    }
}

fn check((heading, text, class, role, count, absent): &Pair) {
    let (policy, proposals) = asked(heading, text);
    let sentence = &policy.clauses[0].sentences[0];
    let texts: Vec<&str> = proposals.iter().map(|proposal| proposal.text.as_str()).collect();
    assert_eq!(sentence.class, *class, "{text}");
    if role.is_some() {
        assert_eq!(sentence.role, *role, "{text}");
    }
    assert_eq!(proposals.len(), *count, "{text}\n{texts:#?}");
    let offered = proposals.last().and_then(|proposal| proposal.not_applicable.as_deref());
    assert_eq!(offered, *absent, "{text}");
}

#[test]
fn every_question_is_short_polite_and_without_double_negation() {
    for (heading, text, ..) in GLOSSARY.iter().chain(&OWN) {
        for proposal in asked(heading, text).1 {
            assert!(proposal.text.chars().count() <= 80, "{}", proposal.text);
            assert!(
                proposal.text.ends_with("ていますか。") || proposal.text.ends_with("でいますか。"),
                "{}",
                proposal.text
            );
            assert!(
                !proposal.text.contains("いませんか") && !proposal.text.contains("ないことはない"),
                "{}",
                proposal.text
            );
        }
    }
}

#[test]
fn an_effort_weighs_half() {
    let (_, proposals) = asked("研修", "職員等は、知識の習得に努めるものとする。");
    assert_eq!(proposals[0].weight, 0.5);
    assert_eq!(proposals[0].text, "知識の習得に努めていますか。");
}

#[test]
fn a_head_of_department_is_asked_about_the_department() {
    let (_, proposals) = asked("端末", "所属長は、端末の所在を確認しなければならない。");
    assert_eq!(proposals[0].text, "所属では、端末の所在を確認していますか。");
}

#[test]
fn a_joint_subject_is_asked_role_by_role() {
    let (_, proposals) =
        asked("自己点検", "所属管理者及び職員等は、毎年度、自己点検を行わなければならない。");
    assert_eq!(proposals.iter().map(|p| p.role).collect::<Vec<_>>(), [Manager, Staff]);
}

#[test]
fn the_items_of_a_prohibition_are_prohibitions() {
    let policy = policy(vec![
        clause(&["1"], "", "職員等は、次に掲げる行為をしてはならない。"),
        clause(&["1", "(1)"], "", "電子メールにより送信すること。"),
        clause(&["1", "(2)"], "", "自宅への携行"),
    ]);
    let classes: Vec<Class> = policy.clauses.iter().map(|clause| clause.sentences[0].class).collect();
    assert_eq!(classes, [Prohibition; 3]);
    let texts: Vec<String> = propose(&policy).into_iter().map(|proposal| proposal.text).collect();
    assert_eq!(texts, ["電子メールにより送信しないよう徹底していますか。"]);
}

#[test]
fn categories_and_threats_inherit_no_duty() {
    let policy = policy(vec![
        clause(&["1"], "分類", "所属長は、その情報を次の三種に分類しなければならない。"),
        clause(&["1", "(1)"], "", "甲種情報"),
        clause(&["2"], "脅威", "次の脅威を想定し、対策を行う。"),
        clause(&["2", "(1)"], "", "災害による業務の停止"),
    ]);
    assert_eq!(policy.clauses[1].sentences[0].class, Background);
    assert_eq!(policy.clauses[3].sentences[0].class, Class::Threat);
}

#[test]
fn a_declaration_asks_nothing() {
    let policy = policy(vec![
        clause(&["第2章"], "情報セキュリティ宣言書", ""),
        clause(&["第2章", "1"], "", "本市が保有する情報資産を適切に管理する。"),
    ]);
    assert_eq!(policy.clauses[1].sentences[0].class, Class::Declaration);
    assert!(propose(&policy).is_empty());
}

#[test]
fn the_same_question_from_two_clauses_is_a_duplicate() {
    let policy = policy(vec![
        clause(&["1"], "監査", "定期的に監査を実施し、運用の改善を行う。"),
        clause(&["2"], "監査", "定期的に監査を実施する。"),
    ]);
    let proposals = propose(&policy);
    assert_eq!(duplicates(&proposals), [(0, 2)]);
}

#[test]
fn the_clauses_of_a_list_are_asked_one_by_one_and_their_lead_in_is_not() {
    let policy = policy(vec![
        clause(&["1"], "運用", "情報システム管理者は、次に掲げる措置を講じなければならない。"),
        clause(&["1", "ア"], "", "定期にバックアップを取得すること。"),
        clause(&["1", "イ"], "", "復旧の手順を確認すること。"),
    ]);
    assert_eq!(policy.clauses[0].sentences[0].class, Class::Umbrella);
    let proposals = propose(&policy);
    assert_eq!(
        proposals.iter().map(|p| (p.clause, p.role)).collect::<Vec<_>>(),
        [(1, SystemManager), (2, SystemManager)]
    );
    assert_eq!(proposals[1].text, "所管する情報システムでは、復旧の手順を確認していますか。");
}
