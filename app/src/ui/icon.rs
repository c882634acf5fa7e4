//! The few pictures, drawn inline so that nothing is fetched.

use leptos::prelude::*;

/// Which picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Check,
    Warning,
    Mail,
    Print,
    Clock,
    Paper,
    Clip,
}

impl Sign {
    fn path(self) -> &'static str {
        match self {
            Sign::Check => "M4 12.5l5 5L20 6.5",
            Sign::Warning => "M12 3.5L22 20.5H2zM12 10v5M12 18v.3",
            Sign::Mail => "M3 6h18v13H3zM3 7l9 7 9-7",
            Sign::Print => "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
            Sign::Clock => "M12 3a9 9 0 1 0 .01 0zM12 7v5l4 2",
            Sign::Paper => "M6 2.5h8l4 4v15H6zM14 2.5v4h4M9 12h6M9 16h6",
            Sign::Clip => "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 5 5l-8.5 8.5a1.7 1.7 0 0 1-2.5-2.5l7.5-7.5",
        }
    }
}

/// A picture beside a word; never alone.
#[component]
pub fn Icon(sign: Sign) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=sign.path()></path>
        </svg>
    }
}
