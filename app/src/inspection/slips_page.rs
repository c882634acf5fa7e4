//! `/inspections/:inspection/slips`: numbers of sheets for people without an account, and, in the answer to the form,
//! the slips to print.

use crate::context::request;
use crate::ui::{Crumb, Empty, Field, Hidden, Page, PostForm, Select, Submit, page};
use domain::calendar::wareki;
use crate::sheet::edition_page::PaperQuestions;
use leptos::prelude::*;
use std::collections::BTreeMap;
use store::sheet::EditionView;
use uuid::Uuid;
use store::sheet_code::{Choice, Slip, choice};

/// The address of the form. Its answer is the only place where the numbers ever stand, so it is no redirect.
pub const ISSUE: &str = "/sheet-codes/issue";

/// Numbers that were just made, put into the context by the route of the form.
#[derive(Clone, Debug)]
pub struct Issued {
    pub slips: Vec<Slip>,
    /// The sheets to print with the numbers; none for slips alone.
    pub editions: BTreeMap<Uuid, EditionView>,
    /// Where numbers are entered.
    pub site: String,
}

/// The page.
#[component]
pub fn SlipsPage() -> impl IntoView {
    if let Some(issued) = use_context::<Issued>() {
        return view! { <Printed issued/> }.into_any();
    }
    page(
        |ask| async move {
            let choice = choice(&ask.db, &ask.actor, ask.id("inspection")?).await?;
            Ok((choice, ask.text("department")))
        },
        |(choice, department)| view! { <Choose choice department/> }.into_any(),
    )
}

#[component]
fn Choose(
    choice: Choice,
    /// The department one comes from.
    department: String,
) -> impl IntoView {
    let id = choice.inspection.id;
    let way = vec![Crumb { text: choice.inspection.name.clone(), href: format!("/inspections/{id}") }];
    let closed = choice.closed;
    view! {
        <Page title="確認票の番号" way>
            <p class="hint">"紙に記入された点検票やExcelで届いた点検票は、"<a href=format!("/inspections/{id}/intakes")>"点検票の取込み"</a>"からも読み込めます。"</p>
            <p class="lead-text">
                "アカウントのない職員（保育士、給食調理員、消防職員など）に渡す、点検票1件につき1枚の紙を作ります。職員は、共用の端末で番号を入力し、自分の点検票だけに回答します。番号は回答期限まで使え、提出すると使えなくなります。"
            </p>
            {if closed {
                view! { <Empty text="この点検は締め切られたため、番号を発行できません。"/> }.into_any()
            } else {
                view! { <Forms choice department/> }.into_any()
            }}
        </Page>
    }
}

#[component]
fn Forms(choice: Choice, department: String) -> impl IntoView {
    let id = choice.inspection.id.to_string();
    let departments: Vec<(String, String)> = choice
        .departments
        .iter()
        .map(|(id, name, number)| (id.to_string(), format!("{name}（{number}件）")))
        .collect();
    let none = departments.is_empty();
    let (of_department, of_person) = (id.clone(), id);
    view! {
        <div class="split split--even">
            {if none {
                view! { <Empty text="アカウントがなく、未提出の職員はいません。"/> }.into_any()
            } else {
                view! {
                    <PostForm action=ISSUE class="stack panel" key="department">
                        <h2>"所属ごとに作る"</h2>
                        <p class="hint">"アカウントがなく、まだ提出していない人の番号を作ります。前に渡した番号は使えなくなります。"</p>
                        <Hidden name="inspection" value=of_department.clone()/>
                        <Hidden name="to" value="department"/>
                        <Select name="department" label="所属" options=departments.clone() value=department.clone()/>
                        <With id="with-department"/>
                        <Submit text="この所属の分を作って印刷する" main=true/>
                    </PostForm>
                }
                .into_any()
            }}
            <PostForm action=ISSUE class="stack panel" key="person">
                <h2>"1人分を作る"</h2>
                <p class="hint">"紙をなくした人や、休職から戻った人などに使います。"</p>
                <Hidden name="inspection" value=of_person.clone()/>
                <Hidden name="to" value="person"/>
                <Field name="staff_no" label="職員番号" required=true/>
                <With id="with-person"/>
                <Submit text="1人分を作って印刷する"/>
            </PostForm>
        </div>
    }
}

/// Slips alone, or the whole sheet on paper.
#[component]
fn With(id: &'static str) -> impl IntoView {
    let options = vec![
        (String::new(), "番号の紙だけ".to_string()),
        ("questions".to_string(), "番号と設問（紙に記入してもらう）".to_string()),
    ];
    view! { <Select name="with" id=id label="印刷するもの" options/> }
}

/// What is printed: A4 slips, to be cut apart, or a sheet of paper for each person.
#[component]
fn Printed(issued: Issued) -> impl IntoView {
    let city = request().map(|request| request.city).unwrap_or_default();
    let Issued { slips, editions, site } = issued;
    let scope = format!("{}件", slips.len());
    let (title, class) = match editions.is_empty() {
        true => ("確認票の番号", "slips section"),
        false => ("番号付きの点検票", "papers section"),
    };
    view! {
        <Page title scope>
            <p class="notice notice--warn no-print">
                "この画面を閉じると、番号は二度と表示できません。今すぐ印刷し（Ctrl+P）、本人に直接渡してください。"
            </p>
            <p class="no-print section"><a class="btn" href="/board">"印刷したので、戻る"</a></p>
            <div class=class>
                {slips
                    .into_iter()
                    .map(|slip| match editions.get(&slip.edition).cloned() {
                        Some(edition) => view! { <OnePaper slip edition city=city.clone() site=site.clone()/> }.into_any(),
                        None => view! { <OneSlip slip city=city.clone() site=site.clone()/> }.into_any(),
                    })
                    .collect_view()}
            </div>
        </Page>
    }
}

/// The whole sheet of a person, with the number that opens it for typing in what was written.
#[component]
fn OnePaper(slip: Slip, edition: EditionView, city: String, site: String) -> impl IntoView {
    let label = format!("{}の点検票", slip.name);
    let system = slip.system.map(|system| format!("（{system}）")).unwrap_or_default();
    view! {
        <section class="paper paper--own" aria-label=label>
            <div class="own">
                <p>{slip.department}<br/><b>{slip.name}</b>"　様"</p>
                <p class="own__code">"入力用の番号"<span class="code">{slip.code}</span></p>
            </div>
            <h2>{format!("{city}　{}{system}", edition.title)}</h2>
            <p class="paper__about">{slip.inspection}{slip.about.map(|text| format!("　{text}"))}</p>
            <p class="paper__note">
                {format!(
                    "回答欄の該当するものを1つ選び、{}までに提出してください。共用の端末で {site} を開いて番号を入力すると、本人又は代わりに入力する人が、この紙の回答を入力できます。番号は提出すると使えなくなります。",
                    wareki(slip.until),
                )}
            </p>
            <PaperQuestions items=edition.items own=true/>
        </section>
    }
}

#[component]
fn OneSlip(slip: Slip, city: String, site: String) -> impl IntoView {
    let title = format!("{city}　{}", slip.sheet);
    let label = format!("{}の確認票", slip.name);
    view! {
        <section class="slip" aria-label=label>
            <p>{slip.department}</p>
            <h2><b>{slip.name}</b>"　様"</h2>
            <p class="sub">{slip.inspection}{slip.about.map(|text| format!("　{text}"))}</p>
            <p class="sub">{title}{slip.system.map(|system| format!("（{system}）"))}</p>
            <span class="code">{slip.code}</span>
            <dl>
                <dt>"アドレス"</dt><dd>{site}</dd>
                <dt>"回答期限"</dt><dd>{wareki(slip.until)}</dd>
            </dl>
            <ol>
                <li>"共用の端末で上のアドレスを開き、番号を入力します。"</li>
                <li>"全ての設問に答えて提出すると、終わりです。途中で席を離れるときは「終了する」を押します。"</li>
            </ol>
        </section>
    }
}
