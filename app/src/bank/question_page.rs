//! `/bank/:key`: one supplementary question and the clause it is to be linked to.

use super::api::{TakeOneFromBank, bank_path};
use crate::ui::{Chip, Crumb, Empty, Hidden, Page, PostForm, Select, Submit, page};
use domain::bank::MARK;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::bank::{BankLine, Neighbour, Standing, show};

/// The page.
#[component]
pub fn BankQuestionPage() -> impl IntoView {
    page(
        |ask| async move { Ok(show(&ask.db, &ask.actor, &ask.text("key")).await?) },
        |(line, clauses)| view! { <Question line clauses/> }.into_any(),
    )
}

fn options(clauses: Vec<Neighbour>) -> Vec<(String, String)> {
    let none = (String::new(), "条項に結び付けない".to_string());
    let clause = |clause: Neighbour| {
        (clause.clause.to_string(), format!("{}　{}", clause.short_path, clause.title))
    };
    std::iter::once(none).chain(clauses.into_iter().map(clause)).collect()
}

#[component]
fn Question(line: BankLine, clauses: Vec<Neighbour>) -> impl IntoView {
    let BankLine { question, standing, nearest } = line;
    let back = bank_path(question.role);
    let way = vec![
        Crumb { text: "ポリシー".into(), href: "/policies".into() },
        Crumb { text: "補助設問集".into(), href: back.clone() },
    ];
    let nearest = nearest.map(|near| near.clause.to_string()).unwrap_or_default();
    let key = question.key.clone();
    let condition = question.not_applicable.map_or("該当なしを選べない".to_string(), |c| format!("該当なし：{c}"));
    view! {
        <Page title="補助設問" way class="page--narrow">
            <article class="prop">
                <header><Chip text=MARK/></header>
                <p class="t">{question.text}</p>
                <p class="meta">{format!("{}／{}／{condition}", question.role.label(), question.topic.label())}</p>
                <p class="meta">{question.guidance}</p>
            </article>
            {if standing == Standing::Free {
                view! {
                    <PostForm action=TakeOneFromBank::PATH class="stack">
                        <Hidden name="key" value=key.clone()/>
                        <Select
                            name="clause"
                            label="結び付ける条項"
                            options=options(clauses.clone())
                            value=nearest.clone()
                            hint="最も近いと判断した条項を選んであります。回答の画面では、この条項を根拠として示します。"
                        />
                        <Submit text="この設問を使う" main=true/>
                    </PostForm>
                }.into_any()
            } else {
                view! { <Empty text="この設問は既に使われています。文を直すとき、又は使用をやめるときは、点検票の画面から設問を開いてください。"/> }.into_any()
            }}
            <p class="after"><a href=back>"補助設問集へ戻る"</a></p>
        </Page>
    }
}
