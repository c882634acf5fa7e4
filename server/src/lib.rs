//! The server: command line, router, uploads, downloads, jobs.

pub mod cli;
pub mod demo;
pub mod directory;
pub mod http;
pub mod jobs;
pub mod settings;
