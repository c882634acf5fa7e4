//! The reader of old workbooks answers a panic of calamine with "damaged"; the fuzzer would end at each of them.

/// Panics in calamine unwind as they do in the product; all others still end the fuzzer.
pub fn caught_panics() {
    let end = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let theirs = panic.location().is_some_and(|place| place.file().contains("/calamine-"));
        if !theirs {
            end(panic);
        }
    }));
}
