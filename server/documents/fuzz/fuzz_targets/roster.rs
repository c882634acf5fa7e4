#![no_main]

#[path = "../feed.rs"]
#[expect(dead_code, reason = "each target uses one of them")]
mod feed;

#[path = "../forgive.rs"]
mod forgive;

libfuzzer_sys::fuzz_target!(init: forgive::caught_panics(), |input: &[u8]| feed::roster(input));
