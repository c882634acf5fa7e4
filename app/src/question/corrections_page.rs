//! `/policies/corrections`: what the officers corrected, how often it was used, and ending it.

use super::api::{WithdrawCorrection, clause_path};
use crate::ui::{Chip, Crumb, Empty, Export, Hidden, Page, PostForm, Submit, page};
use domain::calendar::short_time;
use domain::clause::Class;
use domain::clause::correction::Correction;
use domain::role::Role;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::correction::{CorrectionLine, list};

/// The page.
#[component]
pub fn CorrectionsPage() -> impl IntoView {
    page(
        |ask| async move { Ok(list(&ask.db, &ask.actor).await?) },
        |lines| view! { <Corrections lines/> }.into_any(),
    )
}

#[component]
fn Corrections(lines: Vec<CorrectionLine>) -> impl IntoView {
    let way = vec![Crumb { text: "ポリシー".into(), href: "/policies".into() }];
    if lines.is_empty() {
        return view! {
            <Page title="分類の修正の一覧" way>
                <Empty text="まだ修正がありません。条項の画面で文の種類や義務を負う人を改めると、ここに並び、次に取り込む文書に適用されます。"/>
            </Page>
        }
        .into_any();
    }
    let standing = lines.iter().filter(|line| line.withdrawn.is_none()).count();
    view! {
        <Page title="分類の修正の一覧" scope=format!("有効な修正 {standing}件") way>
            <p class="lead-text">
                "有効な修正は、次に文書を取り込むときに適用します。同じ語句についての修正が二つ以上あるときは、新しいものを使います。取り消しても、適用済みの文は変わりません。"
            </p>
            <Export table="corrections"/>
            <div class="wide">
                <table class="table table--line">
                    <caption class="sr">"分類の修正"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"当てはまる文"</th>
                            <th scope="col">"修正の内容"</th>
                            <th scope="col">"元の条項"</th>
                            <th scope="col">"改めた人"</th>
                            <th scope="col" class="num">"適用"</th>
                            <th scope="col">"取消し"</th>
                        </tr>
                    </thead>
                    <tbody>{lines.into_iter().map(|line| view! { <Line line/> }).collect_view()}</tbody>
                </table>
            </div>
        </Page>
    }
    .into_any()
}

/// Which sentences it is about.
pub fn about(correction: &Correction) -> String {
    match correction {
        Correction::Subject { words, .. } => format!("主語が「{words}」の文"),
        Correction::Ending { words, .. } => format!("「{words}」で結ぶ文"),
        Correction::Sentence { words, .. } => format!("「{words}」と同じ文"),
    }
}

/// What it makes of them.
pub fn becomes(correction: &Correction) -> String {
    let class = correction.class().map(|class: Class| format!("文の種類：{}", class.label()));
    let role = correction.role().map(|role: Role| format!("義務を負う人：{}", role.label()));
    let parts: Vec<String> = class.into_iter().chain(role).collect();
    parts.join("、")
}

#[component]
fn Line(line: CorrectionLine) -> impl IntoView {
    let id = line.id.to_string();
    let about = about(&line.correction);
    let spoken = format!("{about}の修正を取り消す");
    let end = match line.withdrawn {
        Some((at, by)) => view! { <Chip text="取消済み"/>" "<span class="sub">{format!("{} {by}", short_time(at))}</span> }.into_any(),
        None => view! {
            <PostForm action=WithdrawCorrection::PATH key=id.clone()>
                <Hidden name="correction" value=id.clone()/>
                <Submit text="取り消す" small=true spoken=spoken.clone()/>
            </PostForm>
        }
        .into_any(),
    };
    view! {
        <tr>
            <th scope="row" class="long">{about.clone()}</th>
            <td>{becomes(&line.correction)}</td>
            <td>
                <a href=clause_path(line.revision, line.clause)>{line.short_path}</a>
                " "<span class="sub">{line.title}</span>
            </td>
            <td>{line.by}" "<span class="sub">{short_time(line.at)}</span></td>
            <td class="num">{format!("{}文", line.uses)}</td>
            <td>{end}</td>
        </tr>
    }
}
