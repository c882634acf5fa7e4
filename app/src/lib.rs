//! Pages, islands and server functions.
//!
//! What runs in the browser is in `error` and `island`. Everything else exists on the server only, so the
//! browser never downloads a page's code: this file is the one place that says so.

pub mod error;
pub mod island;

/// Modules that exist on the server only.
macro_rules! on_the_server {
    ($($name:ident),* $(,)?) => {
        $(
            #[cfg(feature = "ssr")]
            pub mod $name;
        )*
    };
}

on_the_server! {
    access,
    amendment,
    answer,
    approval,
    audit,
    bank,
    context,
    department,
    evidence,
    export,
    finding,
    form,
    home,
    improvement,
    inspection,
    intake,
    layout,
    ledger,
    lineage,
    outbox,
    permission,
    person,
    policy,
    question,
    results,
    retention,
    review,
    roster,
    routes,
    second_factor,
    session,
    sheet,
    shell,
    system,
    ui,
}
