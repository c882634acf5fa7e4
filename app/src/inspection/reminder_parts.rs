//! A reminder before it is sent: who gets it, in which words, and whether mail goes. The office and the heads see the
//! same.

use crate::context::request;
use crate::ui::{Chip, Done, Tone};
use domain::rate::thousands;
use leptos::prelude::*;
use store::reminder::{Addressee, Preview};

/// So many names stand in one list; a city's are told by number beyond that.
const NAMES: usize = 300;

/// Whether mail goes, in a sentence.
pub fn mail_note() -> &'static str {
    match request().is_ok_and(|request| request.mail) {
        true => "メールは、開庁日の送信時間に送られます。時間外のときは、次の送信時間まで待ちます。",
        false => "メールの送信先が設定されていないため、メールは送られません。本人がサインインしたときに、最初の画面に示されます。",
    }
}

/// What is said once it was made; a reminder that no mail server will carry is not called sent.
#[component]
pub fn Reminded(
    people: u32,
    /// Whom: 市民課の, or nothing for all.
    #[prop(optional, into)]
    whose: String,
    /// The reader may open the outbox.
    #[prop(optional)]
    opens_outbox: bool,
) -> impl IntoView {
    let mail = request().is_ok_and(|request| request.mail);
    let tone = if mail { Tone::Ok } else { Tone::Warn };
    let text = format!("{whose}{}人に督促を作りました。{}", thousands(people), mail_note());
    view! {
        <Done text tone>
            {opens_outbox.then(|| view! { "内容は"<a href="/outbox">"送信の状況"</a>"で確かめられます。" })}
        </Done>
    }
}

/// Who gets it, and the text for the first of them.
#[component]
pub fn Before(
    preview: Preview,
    /// Who was reminded today is left out.
    #[prop(optional)]
    once_a_day: bool,
) -> impl IntoView {
    let addressed = preview.to.iter().filter(|one| !(once_a_day && one.today)).count();
    let without = preview.without_address();
    let rest = preview.to.len().saturating_sub(NAMES);
    let places = by_place(preview.to.into_iter().take(NAMES));
    let several = places.len() > 1;
    // Those of several departments are folded: a city's names would push what is sent, and the button, far below.
    let names = view! {
        {places
            .into_iter()
            .map(|(place, people)| {
                view! {
                    {several.then(|| view! { <p class="names__place">{format!("{place}　{}人", people.len())}</p> })}
                    <ul class="names">{people.into_iter().map(|one| view! { <One one once_a_day/> }).collect_view()}</ul>
                }
            })
            .collect_view()}
        {(rest > 0).then(|| view! { <p class="hint">{format!("ほか{}人", thousands(rest))}</p> })}
    };
    view! {
        <p class="label">{format!("宛先　{}人", thousands(addressed))}</p>
        {match several {
            true => view! {
                <details class="fold"><summary>"宛先の氏名を見る"</summary>{names}</details>
            }
            .into_any(),
            false => names.into_any(),
        }}
        <p class="hint">
            {mail_note()}
            {(without > 0).then(|| format!("{}人には、メールアドレスが登録されていません。", thousands(without)))}
        </p>
        {preview.example.map(|(name, subject, body)| view! {
            <p class="label">{format!("内容（{name}への例）")}</p>
            <div class="quote">{format!("件名：{subject}\n\n{body}")}</div>
        })}
    }
}

fn by_place(people: impl Iterator<Item = Addressee>) -> Vec<(String, Vec<Addressee>)> {
    let mut places: Vec<(String, Vec<Addressee>)> = Vec::new();
    for one in people {
        match places.last_mut().filter(|(place, _)| *place == one.department) {
            Some((_, people)) => people.push(one),
            None => places.push((one.department.clone(), vec![one])),
        }
    }
    places
}

#[component]
fn One(one: Addressee, once_a_day: bool) -> impl IntoView {
    let sheets = (one.sheets > 1).then(|| format!("（{}件）", one.sheets));
    let today = match (one.today, once_a_day) {
        (true, true) => Some("今日督促済みのため除く"),
        (true, false) => Some("今日督促済み"),
        (false, _) => None,
    };
    view! { <li>{one.name}{sheets}{today.map(|text| view! { " "<Chip tone=Tone::Plain text/> })}</li> }
}
