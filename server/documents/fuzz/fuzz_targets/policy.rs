#![no_main]

#[path = "../feed.rs"]
#[expect(dead_code, reason = "each target uses one of them")]
mod feed;

libfuzzer_sys::fuzz_target!(|input: &[u8]| feed::policy(input));
