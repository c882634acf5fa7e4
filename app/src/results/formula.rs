//! The formulas beside the figures.

use domain::rate::Scoring;
use leptos::prelude::*;

/// How the figures are computed.
#[component]
pub fn Formulas(
    /// Small numbers may be hidden from this reader.
    hides_few: bool,
    /// The rule this inspection is scored by.
    scoring: Scoring,
) -> impl IntoView {
    view! {
        <aside class="panel formula" aria-label="計算のしかた">
            <h2>"計算のしかた"</h2>
            <dl>
                <dt>"把握率"</dt>
                <dd><Fraction above="提出された点検票の数" below="対象となる点検票の数"/></dd>
                <dt>"実施率"</dt>
                <dd>
                    <Fraction above="「実施」の数" below="責務が生じた回答の数"/>
                    <br/>
                    "「該当なし」は分母から除きます。「一部実施」は実施に数えません。"
                </dd>
                <dt>"得点率"</dt>
                <dd>{format!("「一部実施」を{}と数える参考の数値です。", scoring.partial_text())}</dd>
                <dt>"到達率"</dt>
                <dd>{format!("実施率が{}%以上の設問の数を、実施率のある設問の数で割ります。", scoring.threshold)}</dd>
                <dt>"加重得点率"</dt>
                <dd>"得点率に設問の重み（義務は1、努力義務は0.5など）を掛けた参考の数値です。"</dd>
                <dt>"全分野・全庁"</dt>
                <dd>"件数を合計してから割ります。率の平均ではありません。"</dd>
                <dt>"前年度比（ポイント）"</dt>
                <dd>"趣旨が同じ設問だけで比べます。組織改正で比べられない所属は「―」です。"</dd>
                {hides_few.then(|| view! {
                    <dt>"示さない数値"</dt>
                    <dd>"集計だけを示す点検では、回答者が5人に満たない数値を「―」とします。"</dd>
                })}
            </dl>
        </aside>
    }
}

#[component]
fn Fraction(above: &'static str, below: &'static str) -> impl IntoView {
    view! {
        <span class="frac">
            <span>{above}</span>
            <span>{below}</span>
        </span>
        "×100"
    }
}
