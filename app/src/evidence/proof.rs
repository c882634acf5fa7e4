//! The place beside a question where files are attached. The island reads this shape (`island/autosave/upload.rs`).

use super::files::own_entries;
use crate::answer::shown::Shown;
use domain::evidence::ACCEPT;
use leptos::prelude::*;

/// The name of a question's file control in the form.
pub const FILE: &str = "file-";

/// The list of files and the control for more.
#[component]
pub fn Proof(shown: Shown) -> impl IntoView {
    let (no, item) = (shown.item.no, shown.item.id);
    let (id, hint) = (format!("f{no}"), format!("fh{no}"));
    let described = hint.clone();
    view! {
        <div class="proof">
            <ul class="files" data-files="" aria-label=format!("問{no}に添付したファイル")>{own_entries(no, &shown.item.files)}</ul>
            <div role="status"><ul class="files" data-busy=""></ul></div>
            <label class="label" for=id.clone()>"ファイルを添付"<span class="sr">{format!("（問{no}）")}</span></label>
            <div class="row">
                <input type="file" multiple id=id name=format!("{FILE}{item}") data-file="" accept=ACCEPT aria-describedby=described/>
                <button class="btn btn--s manual" name="at" value=no.to_string()>
                    "添付する"<span class="sr">{format!("（問{no}）")}</span>
                </button>
            </div>
            <p class="hint" id=hint>
                "画像、PDF、Office（Word・Excel・PowerPoint）。1件10MB、20件まで。"
                <span class="auto">"ここへドラッグしても添付できます。"</span>
            </p>
        </div>
    }
}

/// The same in the quiet line of a question that does not ask for it.
#[component]
pub fn QuietProof(shown: Shown) -> impl IntoView {
    let count = shown.item.files.len();
    let title = if count == 0 { "証跡を添付".to_string() } else { format!("証跡を添付（{count}件）") };
    let sr = format!("（問{}）", shown.item.no);
    view! {
        <details class="proof__fold" open=count.ne(&0)>
            <summary>{title}<span class="sr">{sr}</span></summary>
            <Proof shown/>
        </details>
    }
}
