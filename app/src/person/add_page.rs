//! `/people/new`: somebody no roster knows, e.g. an external auditor.

use super::api::AddPerson;
use crate::error::AppError;
use crate::ui::{Crumb, Field, Page, PostForm, Submit, page};
use domain::permission::{Action, allows};
use leptos::prelude::*;
use server_fn::ServerFn;

/// The page.
#[component]
pub fn AddPersonPage() -> impl IntoView {
    page(
        |ask| async move {
            if allows(&ask.actor, Action::ManageRoster) { Ok(()) } else { Err(AppError::Forbidden) }
        },
        |()| view! { <Shown/> }.into_any(),
    )
}

#[component]
fn Shown() -> impl IntoView {
    let way = vec![Crumb { text: "職員".into(), href: "/people".into() }];
    view! {
        <Page title="名簿にない者の登録" way>
            <p class="lead-text">
                "外部監査人など、人事の名簿に載らない者を登録します。登録した後、その者の画面で役割を付与し、確認コードを渡してください。"
            </p>
            <PostForm action=AddPerson::PATH class="stack panel panel--form">
                <div class="row row--even">
                    <Field name="name" label="氏名" required=true/>
                    <Field name="kana" label="ふりがな" required=true/>
                </div>
                <div class="row row--even">
                    <Field name="staff_no" label="番号" hint="サインインに使います。空欄にすると、Gで始まる番号を付けます。"/>
                    <Field name="employment" label="区分" value="外部" hint="例：外部、派遣、指定管理者"/>
                </div>
                <Field name="email" label="メールアドレス" kind="email"/>
                <Submit text="登録する" main=true/>
            </PostForm>
        </Page>
    }
}
