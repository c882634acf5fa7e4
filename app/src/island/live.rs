//! A page that keeps itself current: asks every few seconds whether anything changed, and only then fetches the page
//! again and puts the differences in place. Without a script there is a link that loads the page anew.

mod morph;
mod page;

use crate::error::AppError;
use leptos::ev::{online, visibilitychange};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use uuid::Uuid;

/// How often it asks.
const EVERY: Duration = Duration::from_secs(5);

/// How things stand now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pulse {
    /// Differs whenever the board does.
    pub stamp: String,
    /// The time of Japan's clock, e.g. 10:42.
    pub time: String,
}

/// Whether anything on the board changed.
#[server(endpoint = "inspection/pulse")]
pub async fn board_pulse(inspection: Uuid) -> Result<Pulse, AppError> {
    let ask = crate::context::ask()?;
    crate::inspection::api::pulse_of(&ask, inspection).await
}

/// What became of the last question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nobody has asked yet, or scripts are off.
    Still,
    Current,
    /// Nobody answers; what is shown is from the time that stands beside it.
    Lost,
    /// The session or the permission ended.
    Ended,
}

/// What the island knows.
#[derive(Clone, Copy)]
struct Watch {
    inspection: Uuid,
    shown: StoredValue<String>,
    time: RwSignal<String>,
    state: RwSignal<State>,
    busy: StoredValue<bool>,
}

impl Watch {
    /// Asks once, unless nobody looks at the page or the last question is still open.
    fn ask(self) {
        let over = self.state.get_untracked() == State::Ended;
        if over || self.busy.get_value() || document().hidden() {
            return;
        }
        self.busy.set_value(true);
        spawn_local(async move {
            self.state.set(self.look().await);
            self.busy.set_value(false);
        });
    }

    async fn look(self) -> State {
        let pulse = match board_pulse(self.inspection).await {
            Ok(pulse) => pulse,
            Err(AppError::Machine) => return State::Lost,
            Err(_) => return State::Ended,
        };
        if pulse.stamp != self.shown.get_value() {
            match page::bring().await {
                Ok(true) => self.shown.set_value(pulse.stamp),
                Ok(false) => return State::Ended,
                Err(_) => return State::Lost,
            }
        }
        self.time.set(pulse.time);
        State::Current
    }
}

/// When the page was last current, and whether it still keeps itself so.
#[island]
pub fn Live(
    inspection: Uuid,
    /// Of the moment before the page was made.
    stamp: String,
    /// The same moment, e.g. 10:42.
    time: String,
) -> impl IntoView {
    let watch = Watch {
        inspection,
        shown: StoredValue::new(stamp),
        time: RwSignal::new(time),
        state: RwSignal::new(State::Still),
        busy: StoredValue::new(false),
    };
    // Effects run in the browser only.
    Effect::new(move |_| {
        watch.state.set(State::Current);
        // The page is there as long as the island: nobody ever stops it.
        let _ = set_interval_with_handle(move || watch.ask(), EVERY);
        drop(window_event_listener(online, move |_| watch.ask()));
        // It goes to the document and bubbles up to the window.
        drop(window_event_listener(visibilitychange, move |_| watch.ask()));
    });
    view! {
        <p class="live" class:live--lost=move || matches!(watch.state.get(), State::Lost | State::Ended)>
            <span><time>{move || watch.time.get()}</time>" 現在"</span>
            <span role="status">{move || said(watch.state.get())}</span>
            {move || match watch.state.get() {
                State::Current => None,
                State::Ended => Some(view! { <a href="/sign-in">"サインイン"</a> }.into_any()),
                _ => Some(view! { <a href="">"表示を更新"</a> }.into_any()),
            }}
        </p>
    }
}

fn said(state: State) -> &'static str {
    match state {
        State::Still => "",
        State::Current => "自動で更新します",
        State::Lost => "接続が切れています。表示は左の時刻のものです。つながると自動で更新します。",
        State::Ended => "自動の更新を終わりました。サインインし直してください。",
    }
}
