//! The workbench's keys: the page stays one of links and forms; this sends them without loading the page anew,
//! puts what came back in its place, and lets every button be pressed by its key.

mod keys;
mod paper;
mod wire;

use leptos::ev::{MouseEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

/// What comes back from an act: only the parts of the page that changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// One sentence for the officer.
    pub said: String,
    /// True if the act was refused; the parts then show the newer state.
    pub trouble: bool,
    /// Ids of parts and what stands in them now.
    pub pieces: Vec<(String, String)>,
    /// The counts in the tree, in document order.
    pub counts: Vec<String>,
    /// The address of what is shown now.
    pub address: String,
    /// The clause under work.
    pub clause: String,
    /// Id of the card under work.
    pub focus: String,
}

/// What the island knows; everything else stands on the page.
#[derive(Clone, Copy)]
struct Desk {
    busy: RwSignal<bool>,
    said: RwSignal<String>,
    trouble: RwSignal<bool>,
}

impl Desk {
    /// Sends one act; the next one waits for its end.
    fn send(self, action: String, body: String) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match wire::post(&action, &body).await {
                Ok(reply) => self.show(&reply),
                Err(why) => self.say(why, true),
            }
            self.busy.set(false);
        });
    }

    fn show(self, reply: &Reply) {
        paper::put(reply);
        self.say(reply.said.clone(), reply.trouble);
    }

    fn say(self, text: String, trouble: bool) {
        self.trouble.set(trouble);
        self.said.set(text);
    }
}

/// Around the workbench as it came from the server. `open` is the address that shows another place.
#[island]
pub fn Workbench(open: String, children: Children) -> impl IntoView {
    let desk = Desk {
        busy: RwSignal::new(false),
        said: RwSignal::new(String::new()),
        trouble: RwSignal::new(false),
    };
    // Effects run in the browser only: from now on the keys work, and are shown.
    let live = RwSignal::new(false);
    Effect::new(move |_| {
        live.set(true);
        keys::listen();
    });
    let submitted = move |event: SubmitEvent| {
        if let Some((action, body)) = paper::form_of(&event) {
            event.prevent_default();
            desk.send(action, body);
        }
    };
    let clicked = move |event: MouseEvent| {
        if let Some(body) = paper::place_of(&event) {
            event.prevent_default();
            desk.send(open.clone(), body);
        }
    };
    view! {
        <div class="workbench" class:is-live=move || live.get() on:submit=submitted on:click=clicked>
            <p
                class="said"
                class:said--on=move || !desk.said.get().is_empty()
                class:said--no=move || desk.trouble.get()
                role="status"
            >
                {move || desk.said.get()}
            </p>
            {children()}
        </div>
    }
}
