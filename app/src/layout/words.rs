//! Words with their meaning: the list, taking one back, adding one.

use super::api::{SetWord, TakeWordBack};
use crate::ui::{Empty, Export, Field, Hidden, PostForm, Select, Submit};
use domain::layout::word::Meaning;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::layout::WordShown;
use uuid::Uuid;

/// The words of a 様式, or (without one) of the city.
#[component]
pub fn Words(layout: Option<Uuid>, words: Vec<WordShown>) -> impl IntoView {
    let table = if layout.is_some() { "layout_words" } else { "city_words" };
    let own = layout.map(|layout| layout.to_string()).unwrap_or_default();
    let options: Vec<(String, String)> = std::iter::once((String::new(), "（読み方を選ぶ）".to_string()))
        .chain(Meaning::ALL.into_iter().map(|meaning| (meaning.key().to_string(), meaning.label())))
        .collect();
    let (listed, layout) = (own.clone(), own);
    view! {
        {words.is_empty().then(|| view! { <Empty text="まだありません。読み取れない言葉があった点検票の画面からも、一度で登録できます。"/> })}
        {(!words.is_empty()).then(|| view! {
            <Export table/>
            <table class="table">
                <caption class="sr">"言葉とその読み方"</caption>
                <thead><tr><th scope="col">"回答欄の言葉"</th><th scope="col">"読み方"</th><th scope="col">"操作"</th></tr></thead>
                <tbody>
                    {words.clone().into_iter().map(|shown| {
                        let (layout, word) = (listed.clone(), shown.word.clone());
                        let spoken = format!("「{word}」を取り消す");
                        view! {
                            <tr>
                                <th scope="row">{shown.word}</th>
                                <td>{shown.meaning.map(Meaning::label)}</td>
                                <td>
                                    <PostForm action=TakeWordBack::PATH key=word.clone()>
                                        <Hidden name="layout" value=layout.clone()/>
                                        <Hidden name="word" value=word.clone()/>
                                        <Submit text="取り消す" spoken=spoken.clone() small=true/>
                                    </PostForm>
                                </td>
                            </tr>
                        }
                    }).collect_view()}
                </tbody>
            </table>
        })}
        <PostForm action=SetWord::PATH class="row words__add">
            <Hidden name="layout" value=layout.clone()/>
            <Field name="word" label="回答欄の言葉（書かれているとおりに）" required=true/>
            <Select name="meaning" label="読み方" options=options.clone() required=true/>
            <Submit text="登録する"/>
        </PostForm>
    }
}
