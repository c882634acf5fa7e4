//! A question keeps who, what and when of its duty: small articles with the questions they come to.

use super::{clause, lint, policy};
use domain::clause::Class;
use domain::question::{Proposal, propose};
use domain::role::Role::{self, Csirt, Manager, Staff};

type Article = &'static [(&'static [&'static str], &'static str)];

/// The clauses of an article and the questions of all of them, without repetitions.
const ARTICLES: [(Article, &[&str]); 12] = [
    (
        &[
            (
                &["第1条"],
                "職員は、自宅で業務を行うときは、次の各号のいずれにも該当する回線を使用するものとする。",
            ),
            (&["第1条", "(1)"], "町が契約したものであること。"),
        ],
        &["自宅で業務を行うときは、町が契約した回線を使用していますか。"],
    ),
    (
        &[
            (&["第1条"], "職員は、出張の前に、次の状態を確認すること。"),
            (&["第1条", "(1)"], "端末の更新が済んでいること。"),
            (&["第1条", "(2)"], "画面の保護が有効であること。"),
        ],
        &[
            "出張の前に、端末の更新が済んでいることを確認していますか。",
            "出張の前に、画面の保護が有効であることを確認していますか。",
        ],
    ),
    (
        &[
            (&["第1条"], "課長は、次に掲げる鍵について、毎週、その所在を確かめなければならない。"),
            (&["第1条", "(1)"], "金庫の鍵"),
            (&["第1条", "(2)"], "電算室の鍵"),
        ],
        &["所属では、金庫の鍵及び電算室の鍵について、毎週、所在を確かめていますか。"],
    ),
    (
        &[
            (
                &["第1条"],
                "広報課長は、動画配信サービスを利用する場合、次の事項を盛り込んだ要領を作成しなければならない。",
            ),
            (&["第1条", "(1)"], "配信の前に二人で内容を確認すること。"),
        ],
        &["所属で動画配信サービスを利用する場合は、定められた事項を盛り込んだ要領を作成していますか。"],
    ),
    (
        &[
            (
                &["第1条"],
                "システム管理者は、名簿の記録について、次に掲げる方法により、毎日複製を行わなければならない。",
            ),
            (&["第1条", "(1)"], "差分を夜間に取得すること。"),
        ],
        &["名簿の記録の複製は、差分を夜間に取得していますか。"],
    ),
    (
        &[(
            &["1"],
            "職員は、名札を他人に貸してはならず、紛失したときは、直ちに所属長に届け出なければならない。",
        )],
        &["名札は、本人だけが使っていますか。", "名札を紛失したときは、直ちに所属長に届け出ていますか。"],
    ),
    (
        &[(&["1"], "職員は、名簿を複写し、又は庁外に送付してはならない。")],
        &["名簿を複写しないようにしていますか。", "名簿を庁外に送付しないようにしていますか。"],
    ),
    (
        &[(
            &["1"],
            "職員は、退職する場合には、貸与品を返却しなければならない。また、その後も知り得た秘密を漏らしてはならない。",
        )],
        &[
            "退職する場合は、貸与品を返却していますか。",
            "退職した後も、知り得た秘密を、外部に漏れないよう守っていますか。",
        ],
    ),
    (
        &[(&["1"], "職員は、著作権法、個人情報保護法その他の法令を遵守し、これに従わなければならない。")],
        &["著作権法、個人情報保護法その他の法令を遵守していますか。"],
    ),
    (
        &[(
            &["1"],
            "手続の見直しが必要となった場合又は社会情勢の変化に対応するため新たに措置が必要となった場合には、手順書の内容を見直す。",
        )],
        &[
            "手続の見直しが必要となった場合又は新たに措置が必要となった場合は、手順書の内容を見直していますか。",
        ],
    ),
    (
        &[(&["1"], "通報を受けた所属長は、速やかに関係する課に連絡しなければならない。")],
        &["通報を受けたときは、速やかに関係する課に連絡していますか。"],
    ),
    (
        &[(
            &["1"],
            "システム管理者は、機器の設置を行う場合、直射日光等の影響を避けた場所に設置し、倒れないよう固定する等、必要な措置を講じなければならない。",
        )],
        &[
            "機器の設置を行う場合は、機器を直射日光等の影響を避けた場所に設置していますか。",
            "機器の設置を行う場合は、機器を倒れないよう固定していますか。",
        ],
    ),
];

fn proposed(article: Article) -> Vec<Proposal> {
    propose(&policy(article.iter().map(|(path, text)| clause(path, "", text)).collect()))
}

#[test]
fn questions_keep_who_what_and_when_of_their_duty() {
    for (article, wanted) in ARTICLES {
        let mut texts: Vec<String> = proposed(article).into_iter().map(|proposal| proposal.text).collect();
        let mut known = Vec::new();
        texts.retain(|text| {
            !known.contains(text) && {
                known.push(text.clone());
                true
            }
        });
        assert_eq!(texts, wanted, "{}", article[0].1);
        for text in texts {
            assert_eq!(lint::faults(&text), Vec::<&str>::new(), "{text}");
        }
    }
}

#[test]
fn a_paragraph_without_a_subject_goes_on_about_the_one_before() {
    let cases: [(Article, &[Role]); 4] = [
        (
            &[
                (&["第1条", "1"], "所属長は、委託先の水準を確認しなければならない。"),
                (&["第1条", "2"], "業務を委託する場合には、契約を締結しなければならない。"),
            ],
            &[Manager, Manager],
        ),
        (
            &[
                (&["第1条"], "職員は、暗証番号を秘密にしなければならない。"),
                (&["第1条", "2"], "暗証番号の照会には、応じてはならない。"),
            ],
            &[Staff, Staff],
        ),
        (&[(&["第1条"], "何人も、許可なく鍵を複製してはならない。")], &[Staff]),
        (&[(&["第1条"], "ＣＳＩＲＴは、事故の記録を保存しなければならない。")], &[Csirt]),
    ];
    for (article, roles) in cases {
        let found: Vec<Role> = proposed(article).iter().map(|proposal| proposal.role).collect();
        assert_eq!(found, roles, "{}", article[0].1);
    }
}

#[test]
fn what_the_paragraph_before_concludes_is_asked_where_it_was_concluded() {
    let article: Article = &[
        (&["第1条", "1"], "所属長は、業務を委託するときは、契約を締結しなければならない。"),
        (
            &["第1条", "2"],
            "所属長は、前項の契約の履行状況を毎月確認し、その結果を部長に報告しなければならない。",
        ),
    ];
    let absent: Vec<_> = proposed(article).into_iter().map(|proposal| proposal.not_applicable).collect();
    assert_eq!(absent, vec![Some("業務の委託なし".to_string()); 3]);
}

#[test]
fn terms_and_delegation_ask_nothing() {
    let policy = policy(vec![
        clause(&["第1条"], "用語", "この規程における用語の意義は、次の各号に定めるところによる。"),
        clause(&["第1条", "(1)"], "", "機密文書　住民の権利に関わる文書"),
        clause(&["第2条"], "委任", "この規程の施行に関し必要な事項は、町長が別に定める。"),
    ]);
    let classes: Vec<Class> = policy.clauses.iter().map(|clause| clause.sentences[0].class).collect();
    assert_eq!(classes, [Class::Definition, Class::Definition, Class::Stipulation]);
    assert!(propose(&policy).is_empty());
}
