//! `/retention`: how long which record is kept, what is due, lists of disposal, holds.

use super::api::SetClass;
use super::disposals::Disposals;
use super::holds::Holds;
use crate::ui::{Crumb, Export, Hidden, Page, PostForm, Select, Submit, page};
use domain::calendar::{wareki, wareki_time};
use domain::permission::{Action, allows};
use domain::retention::{Class, Kind, Subject, Way};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::retention::{Line, disposal, hold, overview};

struct Data {
    lines: Vec<Line>,
    disposals: Vec<disposal::Line>,
    holds: Vec<hold::Line>,
    /// What a hold can be set on; none for who only looks.
    choices: Option<Vec<(Subject, String)>>,
}

/// The page.
#[component]
pub fn RetentionPage() -> impl IntoView {
    page(
        |ask| async move {
            let manages = allows(&ask.actor, Action::ManageRetention);
            Ok(Data {
                lines: overview(&ask.db, &ask.actor, ask.now).await?,
                disposals: disposal::all(&ask.db, &ask.actor).await?,
                holds: hold::list(&ask.db, &ask.actor).await?,
                choices: if manages { Some(hold::choices(&ask.db, &ask.actor).await?) } else { None },
            })
        },
        |data| view! { <Whole data/> }.into_any(),
    )
}

#[component]
fn Whole(data: Data) -> impl IntoView {
    let way = vec![Crumb { text: "記録".into(), href: "/ledger".into() }];
    let manages = data.choices.is_some();
    let due: usize = data.lines.iter().filter(|line| line.kind.way() == Way::Disposed).map(|line| line.due).sum();
    view! {
        <Page title="保存期間及び廃棄" way>
            <p class="lead-text">
                "保存期間は、記録が完結した年度の翌年度の4月1日から数えます。廃棄の期日が来た記録は、事務局が一覧を作成し、ほかの者が承認したときに廃棄します。廃棄しても、集計及び結果は変わらず、記録の検証もできます。"
            </p>
            <Kinds lines=data.lines manages/>
            <p class="hint">
                "「表示のみ」の記録は、この版では、期日が来ても消去しません。期日の一覧を印刷し、文書管理の手続に用いてください。サインインの失敗及び終了したサインインは、役目を終えた時に自動で消去するため、保存期間を定めません。"
            </p>
            <Disposals lines=data.disposals due manages/>
            <Holds lines=data.holds choices=data.choices/>
        </Page>
    }
}

#[component]
fn Kinds(lines: Vec<Line>, manages: bool) -> impl IntoView {
    view! {
        <Export table="retention"/>
        <div class="wide">
            <table class="table">
                <caption class="sr">"記録の種類ごとの保存期間及び廃棄の期日"</caption>
                <thead>
                    <tr>
                        <th scope="col">"記録の種類"</th>
                        <th scope="col">"期日が来たとき"</th>
                        <th scope="col">"完結"</th>
                        <th scope="col">"保存期間"</th>
                        <th scope="col">"次の廃棄の期日"</th>
                        <th scope="col" class="num">"完結した記録"</th>
                        <th scope="col" class="num">"期日が来た記録"</th>
                    </tr>
                </thead>
                <tbody>{lines.into_iter().map(|line| view! { <Row line manages/> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(line: Line, manages: bool) -> impl IntoView {
    let Line { kind, class, set, records, next, due } = line;
    let set = set.map(|(at, by)| format!("{}に{by}が改めた", wareki_time(at)));
    let next = match (class, next) {
        (Class::Forever, _) => "廃棄しない".to_string(),
        (_, Some(next)) => wareki(next),
        (_, None) => "―".to_string(),
    };
    view! {
        <tr>
            <th scope="row"><a href=format!("/retention/kinds/{}", kind.key())>{kind.label()}</a></th>
            <td>{way(kind)}</td>
            <td>{kind.end()}</td>
            <td>
                {if manages {
                    view! { <ClassForm kind class/> }.into_any()
                } else {
                    class.label().into_any()
                }}
                {set.map(|text| view! { <span class="sub">{text}</span> })}
            </td>
            <td>{next}</td>
            <td class="num">{format!("{records}件")}</td>
            <td class="num">{format!("{due}件")}</td>
        </tr>
    }
}

/// What this version does with a kind.
pub fn way(kind: Kind) -> &'static str {
    match kind.way() {
        Way::Disposed => "承認を得て廃棄",
        Way::Shown => "表示のみ",
    }
}

#[component]
fn ClassForm(kind: Kind, class: Class) -> impl IntoView {
    let options: Vec<(String, String)> =
        Class::ALL.iter().map(|class| (class.key().to_string(), class.label())).collect();
    let spoken = format!("保存期間を改める：{}", kind.label());
    view! {
        <PostForm action=SetClass::PATH key=kind.key() class="row">
            <Hidden name="kind" value=kind.key()/>
            <Select
                name="class"
                id=format!("class-{}", kind.key())
                label=format!("{}の保存期間", kind.label())
                unseen=true
                options=options.clone()
                value=class.key()
            />
            <Submit text="改める" small=true spoken=spoken.clone()/>
        </PostForm>
    }
}
