//! Figures: a number with its bar, always the number first.

use domain::rate::percent;
use leptos::prelude::*;

/// A bar of a rate (0..=1) as SVG; the number stands beside it.
#[component]
pub fn Bar(
    /// 0..=1; no rate draws an empty bar.
    rate: Option<f64>,
) -> impl IntoView {
    let width = rate.unwrap_or(0.0).clamp(0.0, 1.0) * 100.0;
    view! {
        <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect x="0" width=format!("{width:.1}") height="10"></rect>
        </svg>
    }
}

/// A bar and its percentage.
#[component]
pub fn Rate(
    /// 0..=1
    rate: Option<f64>,
) -> impl IntoView {
    let text = match rate {
        Some(_) => format!("{}%", percent(rate)),
        None => "―".to_string(),
    };
    view! {
        <div class="rate">
            <Bar rate/>
            <b>{text}</b>
        </div>
    }
}
