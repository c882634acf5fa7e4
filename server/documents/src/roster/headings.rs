//! Headings of rosters and their synonyms.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// What a column of a roster holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Division,
    Department,
    Code,
    StaffNo,
    Name,
    FamilyName,
    GivenName,
    Kana,
    FamilyKana,
    GivenKana,
    Title,
    Employment,
    Email,
    Role,
    System,
}

/// Headings after folding of width and removal of blanks; the first spelling is ours.
const SYNONYMS: [(Field, &[&str]); 15] = [
    (
        Field::Division,
        &[
            "部",
            "部名",
            "部局",
            "部局名",
            "局",
            "局名",
            "部等",
            "部・局",
            "部/局",
            "部(局)",
            "部門",
            "部局等",
        ],
    ),
    (
        Field::Department,
        &[
            "所属",
            "所属名",
            "所属名称",
            "課",
            "課名",
            "課室",
            "課・室",
            "課室名",
            "課所",
            "課所名",
            "課等",
            "課等名",
            "所属課",
            "所属課名",
            "部署",
            "部署名",
            "所属部署",
            "部課",
            "部課名",
            "部署・課",
            "配属先",
            "所属(部課)",
            "所属先",
            "室",
            "課(室)",
            "課かい",
            "課かい名",
        ],
    ),
    (
        Field::Code,
        &[
            "所属コード",
            "組織コード",
            "課コード",
            "部署コード",
            "所属CD",
            "所属cd",
            "所属番号",
            "部課コード",
            "所属no",
            "所属№",
        ],
    ),
    (
        Field::StaffNo,
        &[
            "職員番号",
            "職員コード",
            "職員no",
            "職員no.",
            "職員cd",
            "職員id",
            "社員番号",
            "社員コード",
            "職番",
            "職員№",
            "個人コード",
        ],
    ),
    (Field::Name, &["氏名", "名前", "職員氏名", "職員名", "氏名(漢字)", "漢字氏名", "お名前", "姓名"]),
    (Field::FamilyName, &["姓", "氏", "苗字", "名字", "姓(漢字)", "漢字姓"]),
    (Field::GivenName, &["名", "名(漢字)", "漢字名"]),
    (
        Field::Kana,
        &[
            "ふりがな",
            "フリガナ",
            "カナ",
            "かな",
            "氏名カナ",
            "氏名かな",
            "カナ氏名",
            "かな氏名",
            "氏名(カナ)",
            "氏名(かな)",
            "氏名(ふりがな)",
            "氏名(フリガナ)",
            "よみ",
            "読み",
            "読み仮名",
            "よみがな",
            "ヨミガナ",
            "氏名フリガナ",
            "氏名ふりがな",
        ],
    ),
    (
        Field::FamilyKana,
        &["せい", "セイ", "姓カナ", "姓かな", "姓(カナ)", "姓(かな)", "姓(フリガナ)", "姓(ふりがな)"],
    ),
    (
        Field::GivenKana,
        &["めい", "メイ", "名カナ", "名かな", "名(カナ)", "名(かな)", "名(フリガナ)", "名(ふりがな)"],
    ),
    (Field::Title, &["職名", "役職", "補職", "補職名", "役職名", "職", "職位", "職名称", "職・役職"]),
    (
        Field::Employment,
        &[
            "雇用区分",
            "任用区分",
            "任用形態",
            "雇用形態",
            "職員区分",
            "任用種別",
            "採用区分",
            "身分",
            "雇用種別",
        ],
    ),
    (
        Field::Email,
        &[
            "メール",
            "メールアドレス",
            "mail",
            "email",
            "e-mail",
            "eメール",
            "電子メール",
            "mailaddress",
            "電子メールアドレス",
        ],
    ),
    (Field::Role, &["役割", "情報セキュリティの役割", "セキュリティ役割", "情報セキュリティ上の役割"]),
    (
        Field::System,
        &["所管システム", "システム", "所管システム名", "担当システム", "管理システム", "システム名"],
    ),
];

/// True for columns that only count the rows.
pub fn is_number_column(text: &str) -> bool {
    ["", "no", "no.", "№", "番号", "項番", "連番", "通番", "#", "行"].contains(&fold(text).as_str())
}

/// The field of a heading, with and without a remark in brackets (「職員番号（必須）」).
pub fn field_of(heading: &str) -> Option<Field> {
    static KNOWN: LazyLock<BTreeMap<String, Field>> = LazyLock::new(|| {
        let spellings =
            SYNONYMS.iter().flat_map(|(field, names)| names.iter().map(|name| (fold(name), *field)));
        spellings.collect()
    });
    let folded = fold(heading);
    KNOWN.get(&folded).or_else(|| KNOWN.get(folded.split('(').next()?)).copied()
}

/// A shadow for comparison only: width and case folded, blanks and marks removed.
pub fn fold(text: &str) -> String {
    let kept =
        text.nfkc().filter(|c| !c.is_whitespace() && !matches!(c, ':' | '*' | '【' | '】' | '「' | '」'));
    kept.flat_map(char::to_lowercase).collect()
}
