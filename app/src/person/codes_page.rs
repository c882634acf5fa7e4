//! `/people/codes`: whom to give one-time codes, and, in the answer to the form, the slips to print.

use crate::context::request;
use crate::ui::{Empty, Hidden, Page, PostForm, Select, Submit, page};
use domain::calendar::wareki;
use leptos::prelude::*;
use store::person::{Code, Filter, People, list};

/// The address of the form. Its answer is the only place where the codes ever stand, so it is no redirect.
pub const ISSUE: &str = "/people/codes/issue";

/// Codes that were just made, put into the context by the route of the form.
#[derive(Clone, Debug)]
pub struct Issued {
    pub codes: Vec<Code>,
    /// Where people sign in, e.g. `https://minaoshi.city.example/`.
    pub site: String,
}

/// The page for handing out codes.
#[component]
pub fn CodesPage() -> impl IntoView {
    if let Some(issued) = use_context::<Issued>() {
        return view! { <Slips issued/> }.into_any();
    }
    page(
        |ask| async move {
            let filter = Filter { without_sign_in: true, ..Filter::default() };
            Ok(list(&ask.db, &ask.actor, &filter, ask.now).await?)
        },
        |people| view! { <Choice people/> }.into_any(),
    )
}

#[component]
fn Choice(people: People) -> impl IntoView {
    let scope = format!("パスワード未設定 {}人（うち未配布 {}人）", people.without_password, people.without_anything);
    let body = if people.without_password == 0 {
        view! { <Empty text="確認コードの必要な職員はいません。全員がパスワードを設定しています。忘れた人には、職員の画面から1人ずつ作ります。"/> }
            .into_any()
    } else {
        view! { <Forms people/> }.into_any()
    };
    view! {
        <Page title="確認コードの配布" scope>
            <p class="lead-text">
                "初めてサインインする職員に渡す、1人1枚の紙を作ります。職員は、職員番号と確認コードでサインインし、自分のパスワードを決めます。コードは作った直後の画面にだけ表示され、控えは残りません。印刷して、本人に直接渡してください。"
            </p>
            {body}
        </Page>
    }
}

#[component]
fn Forms(people: People) -> impl IntoView {
    let count = people.without_password;
    let departments: Vec<(String, String)> =
        people.departments.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    view! {
        <div class="split split--even">
            <PostForm action=ISSUE class="stack panel" key="all">
                <h2>"全員分をまとめて作る"</h2>
                <p class="hint">"パスワードを設定していない職員全員に、新しいコードを作ります。前に配ったコードは使えなくなります。"</p>
                <Hidden name="to" value="everybody"/>
                <Submit text=format!("{count}人分を作って印刷する") main=true/>
            </PostForm>
            <PostForm action=ISSUE class="stack panel" key="one">
                <h2>"所属ごとに作る"</h2>
                <Hidden name="to" value="department"/>
                <Select name="id" label="所属" options=departments.clone()/>
                <Submit text="この所属の分を作って印刷する"/>
            </PostForm>
        </div>
    }
}

/// A4 slips, to be cut apart.
#[component]
fn Slips(issued: Issued) -> impl IntoView {
    let city = request().map(|request| request.city).unwrap_or_default();
    let Issued { codes, site } = issued;
    let scope = format!("{}人分", codes.len());
    view! {
        <Page title="確認コード" scope>
            <p class="notice notice--warn no-print">
                "この画面を閉じると、コードは二度と表示できません。今すぐ印刷してください（Ctrl+P）。この画面を再読込みすると、新しいコードが作られ、このコードは使えなくなります。"
            </p>
            <p class="no-print section"><a class="btn" href="/people/codes">"印刷したので、戻る"</a></p>
            <div class="slips section">
                {codes
                    .into_iter()
                    .map(|code| view! { <Slip code city=city.clone() site=site.clone()/> })
                    .collect_view()}
            </div>
        </Page>
    }
}

#[component]
fn Slip(code: Code, city: String, site: String) -> impl IntoView {
    let title = format!("{city}情報セキュリティ自己点検　確認コード");
    let label = format!("{}の確認コード", code.name);
    view! {
        <section class="slip" aria-label=label>
            <p>{code.department}</p>
            <h2><b>{code.name}</b>"　様"</h2>
            <p class="sub">{title}</p>
            <span class="code">{code.code}</span>
            <dl>
                <dt>"利用者ID"</dt><dd>{code.staff_no}</dd>
                <dt>"アドレス"</dt><dd>{site}</dd>
                <dt>"有効期限"</dt><dd>{wareki(code.until)}</dd>
            </dl>
            <ol>
                <li>"上のアドレスを開き、利用者IDと確認コードを入力します。"</li>
                <li>"自分のパスワードを決めます。以後はパスワードでサインインします。"</li>
            </ol>
        </section>
    }
}
