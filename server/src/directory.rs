//! The city's own directory: LDAP or Active Directory for the password form, OpenID Connect beside it.

pub mod ldap;
pub mod mapping;
pub mod oidc;

use std::path::Path;
use std::sync::Arc;

/// What is set; nothing by default.
#[derive(Clone, Default)]
pub struct Directory {
    pub ldap: Option<Arc<ldap::Ldap>>,
    pub oidc: Option<Arc<oidc::Oidc>>,
}

/// A password or a secret from its file; the end of the line does not belong to it.
///
/// # Errors
/// When the file can't be read or is empty.
pub fn secret(file: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| anyhow::anyhow!("{} を読めません（{error}）。", file.display()))?;
    let text = text.trim_end_matches(['\r', '\n']).to_string();
    anyhow::ensure!(!text.is_empty(), "{} が空です。", file.display());
    Ok(text)
}

/// Whether a host is this machine itself.
pub fn loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_loopback() {
        for (host, expected) in [
            ("localhost", true),
            ("127.0.0.1", true),
            ("[::1]", true),
            ("127.0.0.1.example", false),
            ("localhost.example", false),
            ("10.0.0.1", false),
            ("", false),
        ] {
            assert_eq!(loopback(host), expected, "{host}");
        }
    }

    #[test]
    fn a_secret_is_the_line_of_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        std::fs::write(&file, " ひみつ \r\n").unwrap();
        assert_eq!(secret(&file).unwrap(), " ひみつ ");
        std::fs::write(&file, "\n").unwrap();
        assert!(secret(&file).is_err());
        assert!(secret(&folder.path().join("none")).is_err());
    }
}
