//! Approval by 部長 and 統括: the page of a 部, the page of the city, and the visible chain.

pub mod api;
mod bundle;
pub mod city_page;
pub mod division_page;
pub mod history;
mod parts;
mod word;
