//! What is written reads back the same, whatever stands in it.

mod book;
mod round_trip;
mod shift_jis;
