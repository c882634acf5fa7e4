//! Prohibitions turned positive: ○ must always mean compliant. Source: field glossary §5.4 rule 4.
//!
//! Every family of prohibitions has its own wording; what belongs to none is asked as 「〜しないようにしていますか。」,
//! one negation, so that ○ still means compliant.

mod bound;
mod families;
mod licence;

use super::verb::{negative, plain};

/// The positive question about a forbidden act (without 「〜いますか。」) and what allows 該当なし.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Positive {
    pub text: String,
    pub absent: Option<String>,
    /// The name of the family, for the officer.
    pub rule: &'static str,
    pub sure: bool,
}

impl Positive {
    fn new(rule: &'static str, text: String) -> Positive {
        Positive { text, absent: None, rule, sure: true }
    }
}

/// The family of posts that one person must not hold together.
pub(super) const BOTH: &str = "禁止（兼務）";

type Family = fn(&str) -> Option<Positive>;

/// The families, the most special first.
const FAMILIES: [Family; 7] = [
    licence::licence,
    licence::first,
    bound::purpose,
    bound::bound,
    families::named,
    families::with_place,
    families::of_object,
];

/// Rewrites 「〜してはならない」 and 「〜しないこと」.
pub(super) fn positive(act: &str) -> Option<Positive> {
    let act = act.trim_end_matches('。');
    if let Some(found) = families::by_end(act) {
        return Some(found);
    }
    let plain = plain(act)?;
    FAMILIES.iter().find_map(|family| family(&plain)).or_else(|| general(&plain))
}

/// The question for a licence granted as an exception: 「許可を得た場合を除き、〜してはならない」.
pub(super) fn with_licence(act: &str, exception: &str) -> Option<Positive> {
    licence::by_exception(&plain(act.trim_end_matches('。'))?, exception)
}

fn general(plain: &str) -> Option<Positive> {
    let text = format!("{}ないようにして", negative(plain)?);
    Some(Positive { sure: false, ..Positive::new("禁止（しないこと）", text) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prohibitions_become_positive_by_their_families() {
        for (act, wanted) in [
            (
                "許可なく機器及び記録媒体を外部に持ち出してはならない",
                "機器及び記録媒体を外部に持ち出すときは、毎回許可を得て",
            ),
            (
                "課長の許可を得ないで、情報資産を庁外に持ち出してはならない",
                "情報資産を庁外に持ち出すときは、毎回課長の許可を得て",
            ),
            ("業務以外の目的で電子メールを使用してはならない", "電子メールを業務の目的だけに使用して"),
            (
                "支給以外の端末及び可搬媒体を業務に利用してはならない",
                "業務に利用する端末及び可搬媒体は、支給されたものに限って",
            ),
            (
                "機械室に、入室を認めた者以外の者を立ち入らせてはならない",
                "機械室に、入室を認めた者だけを立ち入らせて",
            ),
            ("業務上必要のない情報を作成してはならない", "作成する情報は、業務上必要なものに限って"),
            (
                "承認を得ていないクラウドサービスを業務で利用してはならない",
                "業務で利用するクラウドサービスは、承認を得たものに限って",
            ),
            ("私物の情報機器を業務に用いてはならない", "業務に用いる情報機器は、支給されたものに限って"),
            ("自己のIDを他人に利用させてはならない", "自分のIDは、本人だけが使って"),
            ("端末を他の者に使用させてはならない", "端末は、本人だけが使って"),
            ("他の者の利用者番号を用いて情報システムを利用してはならない", "自分の利用者番号だけを使って"),
            ("パスワードを他人に教えないこと", "パスワードは、本人だけが知る状態に保って"),
            (
                "同一のパスワードをシステム間で用いてはならない",
                "パスワードは、システムごとに異なるものを用いて",
            ),
            ("不審な添付ファイルを開いてはならない", "不審な添付ファイルは、開かずに対処して"),
            ("公衆無線LANに端末を接続してはならない", "端末は、公衆無線LANに接続せずに使って"),
            (
                "サーバの初期パスワードを変更せずに運用してはならない",
                "サーバの初期パスワードを変更してから運用して",
            ),
            ("端末にパスワードを記憶させてはならない", "パスワードは、端末に記憶させずに使って"),
            ("対策ソフトウェアの動作を停止させてはならない", "対策ソフトウェアを常に動作させて"),
            (
                "生成AIサービスに機密性の高い情報を入力してはならない",
                "生成AIサービスに入力する情報から、機密性の高い情報を除いて",
            ),
            ("ほかの系との通信を原則として行わない", "ほかの系との通信を遮断して"),
            ("来訪者を一人にしないこと", "来訪者を一人にしないようにして"),
        ] {
            assert_eq!(positive(act).map(|p| p.text).as_deref(), Some(wanted), "{act}");
        }
    }
}
