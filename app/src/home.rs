//! The first page: everybody lands on what they owe today.

pub mod head;
pub mod landing;
