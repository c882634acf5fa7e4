//! What the operator can set; everything has a default that works.

use crate::directory::Directory;
use domain::calendar::office::Hours;
use ipnet::IpNet;
use std::path::PathBuf;
use std::sync::Arc;
use time::OffsetDateTime;

/// The clock, given by `main`.
pub type Clock = Arc<dyn Fn() -> OffsetDateTime + Send + Sync>;

/// Settings of a running server.
#[derive(Clone)]
pub struct Settings {
    /// Folder of the database.
    pub data: PathBuf,
    /// Name of the city in the head of each page.
    pub city: String,
    /// Session cookies only over HTTPS (and on this machine).
    pub secure_cookie: bool,
    /// Mail server, `smtp://host:25`, `smtp://host:587?tls=required` (STARTTLS) or `smtps://user:password@host`; none: messages stay readable on a page.
    pub smtp: Option<String>,
    /// The city's own certificate authority for the mail server (PEM).
    pub smtp_ca: Option<Vec<u8>>,
    /// When notices and mail go out.
    pub mail_hours: Hours,
    /// Sender of mail.
    pub mail_from: String,
    /// Networks of proxies whose word about the client's address is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// LDAP and OpenID Connect; nothing by default.
    pub directory: Directory,
}
