//! Formats of a sheet to fill in.

use crate::table::style::{HEADING, INPUT, body, heading, plain, text};
use rust_xlsxwriter::{Color, Format, FormatAlign};

/// Formats by what they are for.
pub struct Styles {
    pub title: Format,
    pub subtitle: Format,
    pub label: Format,
    pub value: Format,
    pub counter: Format,
    pub heading: Format,
    pub number: Format,
    pub text: Format,
    pub small: Format,
    pub answer: Format,
    pub amount: Format,
    pub day: Format,
    pub day_done: Format,
    pub comment: Format,
    pub missing: Format,
}

impl Styles {
    pub fn new() -> Styles {
        let input = || body().set_background_color(INPUT).set_unlocked();
        Styles {
            title: plain().set_font_size(16).set_bold().set_align(FormatAlign::Center),
            subtitle: plain().set_align(FormatAlign::Center),
            label: body().set_bold().set_background_color(HEADING).set_align(FormatAlign::Center),
            value: text(),
            counter: plain().set_align(FormatAlign::Right).set_font_size(9),
            heading: heading(),
            number: body().set_align(FormatAlign::Center),
            text: text(),
            small: text().set_font_size(9),
            answer: input().set_align(FormatAlign::Center),
            amount: input().set_align(FormatAlign::Center).set_num_format("#,##0.###"),
            day: input().set_align(FormatAlign::Center).set_num_format("yyyy/m/d"),
            day_done: input().set_align(FormatAlign::Left).set_indent(1).set_num_format("yyyy/m/d"),
            comment: input().set_align(FormatAlign::Left).set_indent(1).set_num_format("@"),
            missing: Format::new().set_background_color(Color::RGB(0xFFC7B8)),
        }
    }
}
