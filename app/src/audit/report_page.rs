//! `/audits/:audit/report`: the report as it is printed.

use super::api::IssueReport;
use super::report_text::Body;
use crate::home::head::Head;
use crate::ui::{Field, Hidden, PostForm, Submit, page};
use domain::calendar::{day, wareki};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;
use store::audit::ReportPage as Data;

/// The page.
#[component]
pub fn ReportPage() -> impl IntoView {
    page(
        |ask| async move { Ok(store::audit::report(&ask.db, &ask.actor, ask.id("audit")?).await?) },
        |data| view! { <Whole data/> }.into_any(),
    )
}

#[component]
fn Whole(data: Data) -> impl IntoView {
    let head = data.audit.head.clone();
    let draft = head.report.is_none();
    let refused = use_context::<crate::context::Returned>().map(|returned| returned.error.text());
    view! {
        <Title text=format!("監査報告書 {}｜見直し", head.label)/>
        <Head/>
        <main class="paper" id="main">
            <div class="desk">
                <p><a class="btn btn--s" href=format!("/audits/{}", head.id)>"監査に戻る"</a></p>
                {refused.map(|text| view! { <crate::ui::form::Alert text/> })}
            </div>
            {draft.then(|| view! { <p class="notice notice--warn">"草案です。発行前のため、内容が変わることがあります。"</p> })}
            <Opening data=data.clone()/>
            <Body data=data.clone()/>
            {(draft && head.mine).then(|| view! { <Issue data/> })}
        </main>
    }
}

/// 文書番号, 日付, 宛先, 発信者, 表題.
#[component]
fn Opening(data: Data) -> impl IntoView {
    let head = data.audit.head;
    let city = crate::context::request().map(|request| request.city).unwrap_or_default();
    let (number, date) = match &head.report {
        Some(report) => (report.number.clone(), wareki(day(report.at))),
        None => ("（文書番号は発行時に付きます）".to_string(), "（日付は発行時に付きます）".to_string()),
    };
    view! {
        <div class="paper__no"><p>{number}<br/>{date}</p></div>
        <p class="paper__to">"最高情報セキュリティ責任者　様"</p>
        <p class="paper__from">{city}<br/>{format!("監査人　{}", head.auditor)}</p>
        <h1>{format!("情報セキュリティ監査報告書（{}）", head.label)}</h1>
        <p class="paper__lead">
            {format!("{}について、{}を対象に情報セキュリティ監査を行ったので、次のとおり報告します。", head.inspection_name, head.place())}
        </p>
    }
}

/// The form for issuing; never printed.
#[component]
fn Issue(data: Data) -> impl IntoView {
    let audit = data.audit.head.id;
    let (marked, all) = (data.audit.marked(), data.audit.questions.len());
    let open = all - marked;
    view! {
        <section class="desk panel section">
            <h2>"報告書の発行"</h2>
            <p class="lead-text">
                "発行すると、被監査部門と事務局が報告書と指摘を読めるようになり、評価も指摘も変更できなくなります。"
            </p>
            {(open > 0).then(|| view! {
                <p class="notice notice--warn">{format!("評価していない設問が{open}問あります。評価しない設問は、対象外として発行されます。")}</p>
            })}
            <PostForm action=IssueReport::PATH class="stack">
                <Hidden name="audit" value=audit.to_string()/>
                <Field name="number" label="文書番号" required=true/>
                <Field
                    name="opinion"
                    label="総評"
                    rows=5
                    required=true
                    hint="助言型の監査です。確かめた範囲を超えて問題がないと述べる表現は避けてください。"
                />
                <Submit text="報告書を発行する" main=true/>
            </PostForm>
        </section>
    }
}
