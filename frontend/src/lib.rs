//! Starts the islands in the browser.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's script once the WASM is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    // The linker drops a crate nobody uses, and its islands with it.
    app::island::keep();
    leptos::mount::hydrate_islands();
}
