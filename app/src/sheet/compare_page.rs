//! `/sheets/:sheet/compare`: what became of each question of the edition before, word by word.

use crate::ui::{Chip, Crumb, Empty, Export, Page, Tone, page};
use domain::question::setting::Setting;
use domain::review::{Part, difference};
use domain::sheet::{Change, GONE};
use leptos::prelude::*;
use store::sheet::{Compared, Comparison, compare};

/// The page.
#[component]
pub fn ComparePage() -> impl IntoView {
    page(
        |ask| async move { Ok(compare(&ask.db, &ask.actor, ask.id("sheet")?).await?) },
        |comparison| view! { <Whole comparison/> }.into_any(),
    )
}

#[component]
fn Whole(comparison: Comparison) -> impl IntoView {
    let way = vec![
        Crumb { text: "点検票".into(), href: "/sheets".into() },
        Crumb { text: comparison.title.clone(), href: format!("/sheets/{}", comparison.sheet) },
    ];
    let counts = counts(&comparison.lines);
    view! {
        <Page title="前の版との比較" scope=comparison.title.clone() way>
            {match comparison.edition {
                None => view! {
                    <Empty text="この役割の点検票を確定したことがないため、比べる版がありません。次の年度からここで比べられます。"/>
                }
                .into_any(),
                Some((edition, label)) => view! {
                    <p class="lead-text">
                        <a href=format!("/editions/{edition}")>{label}</a>
                        {format!("と比べました。{counts}。前年度と数値を比べるのは、同一と軽微修正の設問だけです。")}
                    </p>
                    <div class="wide"><Table lines=comparison.lines/></div>
                }
                .into_any(),
            }}
        </Page>
    }
}

/// How a question changed, in a word.
pub fn name(change: Option<Change>) -> &'static str {
    change.map_or(GONE, Change::label)
}

/// 同一 20、軽微修正 2 …
fn counts(lines: &[Compared]) -> String {
    let all = [Change::Same, Change::Minor, Change::Changed, Change::New].map(Some);
    let count = |change: Option<Change>| {
        let number = lines.iter().filter(|line| line.change == change).count();
        (number > 0).then(|| format!("{} {number}問", name(change)))
    };
    all.into_iter().chain([None]).filter_map(count).collect::<Vec<_>>().join("、")
}

#[component]
fn Table(lines: Vec<Compared>) -> impl IntoView {
    view! {
        <Export table="compared"/>
        <table class="table diff">
            <caption class="sr">"設問ごとの比較"</caption>
            <thead>
                <tr>
                    <th scope="col">"区分"</th>
                    <th scope="col">"番号"</th>
                    <th scope="col">"設問（削った語に取消線、加えた語に下線）"</th>
                    <th scope="col">"設定の変更"</th>
                </tr>
            </thead>
            <tbody>{lines.into_iter().map(|line| view! { <Line line/> }).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Line(line: Compared) -> impl IntoView {
    let tone = match line.change {
        Some(Change::Same) => Tone::Plain,
        Some(Change::Minor | Change::New) => Tone::Note,
        Some(Change::Changed) | None => Tone::Warn,
    };
    let number = match (&line.before, &line.now) {
        (Some((before, ..)), Some((now, ..))) if before == now => format!("問{now}"),
        (Some((before, ..)), Some((now, ..))) => format!("問{before}→問{now}"),
        (None, Some((now, ..))) => format!("問{now}"),
        (Some((before, ..)), None) => format!("（問{before}）"),
        (None, None) => String::new(),
    };
    let settings = settings(&line);
    view! {
        <tr>
            <td><Chip tone text=name(line.change)/></td>
            <td class="keep">{number}</td>
            <td>{words(&line)}</td>
            <td class="sub">{settings}</td>
        </tr>
    }
}

/// Which parts of the setting differ.
pub fn settings(line: &Compared) -> String {
    match (&line.before, &line.now) {
        (Some((_, _, before)), Some((_, _, now))) => changed_settings(before, now),
        _ => "―".to_string(),
    }
}

fn words(line: &Compared) -> AnyView {
    let (before, now) = match (&line.before, &line.now) {
        (Some((_, before, _)), Some((_, now, _))) => (before.as_str(), now.as_str()),
        (None, Some((_, now, _))) => return now.clone().into_any(),
        (Some((_, before, _)), None) => return before.clone().into_any(),
        (None, None) => return ().into_any(),
    };
    difference(before, now)
        .into_iter()
        .map(|piece| match piece.part {
            Part::Same => piece.text.into_any(),
            Part::Removed => view! { <del>{piece.text}</del> }.into_any(),
            Part::Added => view! { <ins>{piece.text}</ins> }.into_any(),
        })
        .collect_view()
        .into_any()
}

fn changed_settings(before: &Setting, now: &Setting) -> String {
    let scale = (before.scale != now.scale).then(|| {
        if before.scale.key() == now.scale.key() {
            "尺度の基準".to_string()
        } else {
            format!("尺度（{}→{}）", before.scale.label(), now.scale.label())
        }
    });
    let parts = [
        (before.informative != now.informative, "把握のみの別"),
        (before.shown != now.shown, "表示の条件"),
        (before.gate != now.gate, "必須"),
        (before.evidence != now.evidence, "証跡"),
        (before.comment_on != now.comment_on, "理由を求める回答"),
        (before.guidance != now.guidance, "記入の手引"),
    ];
    let named = parts.into_iter().filter(|(differs, _)| *differs).map(|(_, name)| name.to_string());
    let all: Vec<String> = scale.into_iter().chain(named).collect();
    if all.is_empty() { "なし".to_string() } else { all.join("、") }
}
