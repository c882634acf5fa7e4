//! `/roster`: the organisation in figures, and the reading in of a roster.

use crate::ui::{Chip, Export, Field, FileForm, Page, Tone, page};
use domain::calendar::{iso, short_time, wareki};
use leptos::prelude::*;
use store::roster::{Import, Organisation};
use time::Date;

/// The address a roster is uploaded to.
pub const UPLOAD: &str = "/upload/roster";

/// The page for rosters.
#[component]
pub fn RosterPage() -> impl IntoView {
    page(
        |ask| async move {
            Ok((store::roster::organisation(&ask.db, &ask.actor, ask.today()).await?, ask.today()))
        },
        |(organisation, today)| view! { <Roster organisation today/> }.into_any(),
    )
}

#[component]
fn Roster(organisation: Organisation, today: Date) -> impl IntoView {
    let actions = view! {
        <a class="btn btn--s" href="/departments">"組織"</a>
        <a class="btn btn--s" href="/people">"職員の一覧"</a>
        <a class="btn btn--s" href="/people/codes">"確認コードの配布"</a>
    };
    let imports = organisation.imports.clone();
    view! {
        <Page title="名簿" scope=format!("{} 現在", wareki(today)) actions=actions.into_any()>
            <Figures organisation/>
            <div class="split split--even section">
                <section>
                    <h2 class="h">"名簿を読み込む"</h2>
                    <FileForm
                        action=UPLOAD
                        label="職員名簿のファイル"
                        accept=".xlsx,.xls,.ods,.csv"
                        button="読み込んで確認する"
                        hint="Excel又はCSVのファイルで、20MBまで。読み込んだだけでは何も変わりません。次の画面で、変わる内容を確かめてから取り込みます。"
                    >
                        <Field
                            name="as_of"
                            label="名簿の基準日"
                            kind="date"
                            value=iso(today)
                            hint="着任日、退職日及び所属の廃止日をこの日で判断します。名簿の年度がこの日と違うときは、注意を表示します。"
                        />
                        <div class="entry">
                            <label class="label" for="organisations">"組織の一覧（任意）"</label>
                            <input class="field field--file" type="file" name="organisations" id="organisations" accept=".xlsx,.xls,.ods,.csv"/>
                            <p class="hint">"組織コード、部、課及び廃止日の列があるファイルを添えると、一覧にない所属及び廃止された所属を見つけます。"</p>
                        </div>
                        <label class="check">
                            <input type="checkbox" name="show_columns" value="1"/>
                            "列の割当てを先に確かめる"
                        </label>
                    </FileForm>
                    <p class="hint section">
                        "人事の名簿をそのまま使えます（所属、職員番号及び氏名の列が必要です。）。名簿がないときは、"
                        <a href="/download/roster-template.xlsx">"ひな形（Excel）"</a>
                        "に入力してください。"
                    </p>
                </section>
                <section>
                    <h2 class="h">"これまでに読み込んだ名簿"</h2>
                    <Imports imports/>
                </section>
            </div>
        </Page>
    }
}

#[component]
fn Figures(organisation: Organisation) -> impl IntoView {
    let figures = [
        ("部・局", organisation.divisions, ""),
        ("所属", organisation.departments, "職員のいる所属"),
        ("職員", organisation.people, "人"),
        ("所属長のいる所属", organisation.heads, ""),
        ("情報システム", organisation.systems, "管理者が決まっているもの"),
    ];
    let headless = organisation.headless;
    view! {
        <dl class="stats">
            {figures
                .into_iter()
                .map(|(name, number, note)| {
                    view! {
                        <div>
                            <dt>{name}</dt>
                            <dd><b>{number}</b><small>{note}</small></dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
        {(!headless.is_empty())
            .then(|| {
                let rest = headless.len().saturating_sub(8);
                let more = if rest > 0 { format!("ほか{rest}所属") } else { String::new() };
                let names = headless.iter().take(8).cloned().collect::<Vec<_>>().join("、");
                view! {
                    <p class="notice notice--warn section">
                        {format!(
                            "所属長のいない所属が{}あります（{names}{more}）。所属長の確認ができないため、名簿の職名又は「役割」の列を直して読み込んでください。",
                            headless.len(),
                        )}
                    </p>
                }
            })}
    }
}

#[component]
fn Imports(imports: Vec<Import>) -> impl IntoView {
    if imports.is_empty() {
        return view! { <p class="hint">"まだ名簿を読み込んでいません。取り込むと、所属、職員及び役割が登録されます。"</p> }.into_any();
    }
    view! {
        <Export table="rosters"/>
        <table class="table">
            <caption class="sr">"読み込んだ名簿（新しい順）"</caption>
            <thead>
                <tr><th scope="col">"ファイル"</th><th scope="col">"読込み"</th><th scope="col">"取込み"</th></tr>
            </thead>
            <tbody>
                {imports
                    .into_iter()
                    .map(|import| {
                        view! {
                            <tr>
                                <th scope="row"><a href=format!("/roster/imports/{}", import.id)>{import.file_name}</a></th>
                                <td>{short_time(import.at)}</td>
                                <td>
                                    {match import.applied_at {
                                        Some(at) => view! { <Chip tone=Tone::Ok text="取込済"/>" "{short_time(at)} }.into_any(),
                                        None => view! { <span class="sub">"取り込んでいません"</span> }.into_any(),
                                    }}
                                </td>
                            </tr>
                        }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
    .into_any()
}
