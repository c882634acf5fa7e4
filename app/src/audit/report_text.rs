//! The sections of the report.

use super::questions::{distribution, gap_text};
use domain::calendar::{day, wareki};
use domain::finding::Grade;
use leptos::prelude::*;
use store::audit::ReportPage as Data;
use store::audit::show::AuditQuestion;
use store::finding::FindingText;

/// Sections 1 to 9.
#[component]
pub fn Body(data: Data) -> impl IntoView {
    let head = data.audit.head.clone();
    let opinion = head.report.as_ref().map(|report| report.opinion.clone());
    let opinion = opinion.unwrap_or_else(|| "（総評は発行時に入力します）".to_string());
    view! {
        <h2>"1　監査の目的"</h2>
        <p>{head.purpose.clone()}</p>
        <Scope data=data.clone()/>
        <h2>"5　総評"</h2>
        <p class="paper__text">{opinion}</p>
        <h2>"6　結果の一覧"</h2>
        <Grades findings=data.findings.clone()/>
        <Gaps questions=data.audit.questions.clone()/>
        <h2>"7　指摘事項"</h2>
        {if data.findings.is_empty() {
            view! { <p>"指摘事項はありません。"</p> }.into_any()
        } else {
            data.findings.iter().cloned().map(|finding| view! { <Finding finding/> }).collect_view().into_any()
        }}
        <h2>"8　改善の求め"</h2>
        <p>{request(&data.findings)}</p>
    }
}

fn request(findings: &[FindingText]) -> String {
    let asked = findings.iter().filter(|finding| finding.words.grade.asks_improvement()).count();
    if asked == 0 {
        return "改善の計画を求める指摘はありません。".to_string();
    }
    format!(
        "「不備」以上の指摘{asked}件について、原因、対策及び期限を定めた改善の計画を登録し、完了したときは報告してください。完了の確認は、報告した者と別の者が行います。"
    )
}

/// Object, criteria, method, independence.
#[component]
fn Scope(data: Data) -> impl IntoView {
    let head = data.audit.head.clone();
    let coverage = data.audit.coverage;
    let (marked, all) = (data.audit.marked(), data.audit.questions.len());
    view! {
        <h2>"2　対象及び範囲"</h2>
        <p>
            {format!(
                "{}の{}（基準日 {}）における点検票{}件のうち、提出された{}件の回答を対象とした。設問{all}問のうち{marked}問を評価し、ほかは対象外とした。",
                head.place(),
                head.inspection_name,
                wareki(head.base_on),
                coverage.targets,
                coverage.submitted,
            )}
        </p>
        <h2>"3　監査の基準及び方法"</h2>
        <p>
            {format!(
                "情報セキュリティポリシーの条項を基準とし、点検票の設問ごとに根拠条文と照らした。往査（{}）により確かめた事実に基づき、自己回答とは別に監査人の評価を付し、両者を突き合わせた。監査は助言型の内部監査である。",
                wareki(head.held_on),
            )}
        </p>
        <h2>"4　監査の体制及び独立性"</h2>
        <p>
            {format!(
                "監査人 {} は、{}に現に所属せず、対象の年度に在籍していない（兼務を含む。）。",
                head.auditor,
                head.department_name,
            )}
        </p>
        {(!data.concerns.is_empty()).then(|| view! {
            <p>"職務の分離について、次のとおり、やむを得ない場合の取扱いがあった。"</p>
            <ul class="paper__list">
                {data
                    .concerns
                    .iter()
                    .map(|one| view! {
                        <li>{format!("{}（{}、{}）理由：{}", one.warning.told(), one.person, wareki(day(one.at)), one.reason)}</li>
                    })
                    .collect_view()}
            </ul>
        })}
    }
}

#[component]
fn Grades(findings: Vec<FindingText>) -> impl IntoView {
    view! {
        <table class="pt">
            <caption class="sr">"指摘の区分と件数"</caption>
            <thead>
                <tr><th scope="col">"区分"</th><th scope="col">"定義"</th><th scope="col">"件数"</th></tr>
            </thead>
            <tbody>
                {Grade::ALL
                    .map(|grade| {
                        let count = findings.iter().filter(|finding| finding.words.grade == grade).count();
                        view! {
                            <tr>
                                <th scope="row">{grade.label()}</th>
                                <td>{grade.definition()}</td>
                                <td class="num">{format!("{count}件")}</td>
                            </tr>
                        }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
}

/// Questions whose mark differs from the answers.
#[component]
fn Gaps(questions: Vec<AuditQuestion>) -> impl IntoView {
    let differing: Vec<AuditQuestion> =
        questions.into_iter().filter(|question| question.gap.is_some_and(|gap| gap != 0)).collect();
    if differing.is_empty() {
        return view! { <p>"自己回答と監査評価とが異なる設問はありません。"</p> }.into_any();
    }
    view! {
        <h3>"自己回答と監査評価とが異なる設問"</h3>
        <table class="pt">
            <caption class="sr">"自己回答と監査評価の差"</caption>
            <thead>
                <tr>
                    <th scope="col">"設問"</th>
                    <th scope="col">"内容"</th>
                    <th scope="col">"自己回答"</th>
                    <th scope="col">"監査評価"</th>
                    <th scope="col">"差"</th>
                </tr>
            </thead>
            <tbody>
                {differing
                    .into_iter()
                    .map(|question| view! {
                        <tr>
                            <th scope="row">{format!("{} 問{}", question.role, question.no)}</th>
                            <td>{question.text}</td>
                            <td class="keep">{distribution(&question.tally)}</td>
                            <td class="keep">{question.mark.map(|mark| format!("{} {}", mark.value.sign(), mark.value.label()))}</td>
                            <td>{question.gap.map(gap_text)}</td>
                        </tr>
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Finding(finding: FindingText) -> impl IntoView {
    let words = finding.words;
    let clause = finding.clause.map(|(_, _, path, _)| path);
    let question = finding.question.map(|(_, role, no, text)| format!("{role} 問{no}　{text}"));
    let change = finding.rule_change.then(|| "規程の見直しを要する。".to_string());
    let parts = [
        ("設問", question),
        ("事実", Some(words.fact)),
        ("基準", Some(words.criterion).filter(|text| !text.is_empty()).or(clause)),
        ("影響", Some(words.effect)),
        ("提言", Some(words.recommendation)),
        ("規程", change),
    ];
    view! {
        <h3>{format!("{}　{}（{}）", finding.label, words.title, words.grade.label())}</h3>
        <table class="pt pt--finding">
            <caption class="sr">{format!("指摘 {}", finding.label)}</caption>
            <tbody>
                {parts
                    .into_iter()
                    .filter_map(|(name, text)| text.filter(|text| !text.is_empty()).map(|text| (name, text)))
                    .map(|(name, text)| view! { <tr><th scope="row">{name}</th><td class="paper__text">{text}</td></tr> })
                    .collect_view()}
            </tbody>
        </table>
        <p class="paper__note">{format!("記録 {}　{}", wareki(day(finding.at)), finding.author)}</p>
    }
}
