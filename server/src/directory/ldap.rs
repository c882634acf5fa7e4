//! LDAP and Active Directory: finds the entry with the search account, then binds as the user.

use super::{loopback, mapping::Mapping};
use anyhow::{Context, bail, ensure};
use domain::directory::Source;
use ldap3::{LdapConnAsync, LdapConnSettings, LdapError, Scope, SearchEntry, SearchOptions, ldap_escape};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use rustls::{ClientConfig, RootCertStore};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use store::directory::{AskDirectory, Found, Verdict};

/// One answer of the server may take so long ...
const STEP: Duration = Duration::from_secs(5);
/// ... and the whole sign-in.
const WHOLE: Duration = Duration::from_secs(15);

/// Result codes of RFC 4511 with which a server turns down a person, not the request: wrong password, locked,
/// expired, disabled.
const TURNED_DOWN: [u32; 5] = [19, 48, 49, 50, 53];
/// More entries than asked for.
const SIZE_LIMIT: u32 = 4;

/// What the operator sets.
#[derive(Debug, Clone)]
pub struct Options {
    /// `ldaps://host[:port]`, or `ldap://host[:port]` with StartTLS.
    pub url: String,
    /// Certificate authority in PEM; without it, those of the operating system.
    pub ca: Option<PathBuf>,
    /// Without TLS; only to this machine, for tests.
    pub plain: bool,
    /// Where to search.
    pub base: String,
    /// The account that searches: a distinguished name or, in Active Directory, `name@domain`.
    pub account: String,
    /// Its password.
    pub password: String,
    /// Filter with `{login}` in it.
    pub filter: String,
    /// The attribute with the 職員番号.
    pub staff_no: String,
    /// The attribute with the groups.
    pub groups: String,
    pub mapping: Mapping,
}

/// A directory that can be asked.
pub struct Ldap {
    options: Options,
    /// None: the certificate authorities of the operating system.
    tls: Option<Arc<ClientConfig>>,
    starttls: bool,
}

impl Ldap {
    /// Checks the settings. The server is not contacted: it may be away when this one starts.
    ///
    /// # Errors
    /// With a sentence for the operator.
    pub fn new(options: Options) -> anyhow::Result<Ldap> {
        ensure!(
            options.filter.contains("{login}"),
            "LDAPの検索条件に {{login}} がありません。利用者IDを入れる場所に {{login}} と書いてください。"
        );
        ensure!(
            ldap3::parse_filter(options.filter.replace("{login}", "x")).is_ok(),
            "LDAPの検索条件「{}」を読めません。括弧の対応を確かめてください。",
            options.filter
        );
        ensure!(!options.account.is_empty(), "LDAPの検索用アカウントを指定してください。");
        let starttls = starttls(&options)?;
        let tls = options.ca.as_deref().map(tls).transpose()?.map(Arc::new);
        Ok(Ldap { options, tls, starttls })
    }

    /// The function that asks, for the password form.
    pub fn ask(self: &Arc<Ldap>) -> AskDirectory {
        let own = self.clone();
        Arc::new(move |login, secret| {
            let own = own.clone();
            Box::pin(async move { own.verdict(login, secret).await })
        })
    }

    async fn verdict(self: Arc<Ldap>, login: String, secret: String) -> Verdict {
        // On a task of its own: the answers of a strange server may break the parser.
        let asking =
            tokio::spawn(async move { tokio::time::timeout(WHOLE, self.find(&login, &secret)).await });
        match asking.await {
            Ok(Ok(Ok(verdict))) => verdict,
            Ok(Ok(Err(error))) => away(&format!("{error:#}")),
            Ok(Err(_)) => away("no answer in time"),
            Err(error) => away(&error.to_string()),
        }
    }

    async fn find(&self, login: &str, secret: &str) -> anyhow::Result<Verdict> {
        // A bind without a password is an anonymous one, and succeeds (RFC 4513, 5.1.2).
        if login.is_empty() || secret.is_empty() {
            return Ok(Verdict::Wrong);
        }
        let mut ldap = self.connect().await.context("connecting")?;
        let own = &self.options;
        let bound = ldap.with_timeout(STEP).simple_bind(&own.account, &own.password).await?;
        bound.success().context("the search account was turned down")?;
        let Some(entry) = self.search(&mut ldap, login).await.context("searching")? else {
            return Ok(Verdict::Wrong);
        };
        ensure!(!entry.dn.is_empty(), "the entry has no name; a bind without a name would succeed");
        let answer = ldap.with_timeout(STEP).simple_bind(&entry.dn, secret).await?;
        // The answer is here already; how the connection ends does not matter.
        let _ = ldap.with_timeout(STEP).unbind().await;
        match answer.rc {
            0 => Ok(Verdict::Known(self.found(&entry))),
            49 => Ok(Verdict::Wrong),
            code if TURNED_DOWN.contains(&code) => {
                tracing::warn!(code, text = %answer.text, "the directory turned somebody down");
                Ok(Verdict::Wrong)
            }
            code => bail!("binding as the user: code {code}, {}", answer.text),
        }
    }

    async fn connect(&self) -> Result<ldap3::Ldap, LdapError> {
        let settings = LdapConnSettings::new().set_conn_timeout(STEP).set_starttls(self.starttls);
        let settings = match &self.tls {
            Some(tls) => settings.set_config(tls.clone()),
            None => settings,
        };
        let (connection, ldap) = LdapConnAsync::with_settings(settings, &self.options.url).await?;
        tokio::spawn(async move {
            if let Err(error) = connection.drive().await {
                tracing::debug!(cause = %error, "the connection to the directory ended");
            }
        });
        Ok(ldap)
    }

    /// The one entry of a login; none, or several, are nobody.
    async fn search(&self, ldap: &mut ldap3::Ldap, login: &str) -> anyhow::Result<Option<SearchEntry>> {
        let own = &self.options;
        let filter = own.filter.replace("{login}", &ldap_escape(login));
        let limit = SearchOptions::new().sizelimit(2).timelimit(5);
        let attributes = [own.staff_no.as_str(), own.groups.as_str()];
        let answer = ldap
            .with_search_options(limit)
            .with_timeout(STEP)
            .search(&own.base, Scope::Subtree, &filter, attributes)
            .await?;
        let (mut entries, code) = (answer.0, answer.1.rc);
        if entries.len() > 1 || code == SIZE_LIMIT {
            tracing::warn!("the filter of the directory finds several people for one login");
            return Ok(None);
        }
        answer.1.success()?;
        Ok(entries.pop().map(SearchEntry::construct))
    }

    fn found(&self, entry: &SearchEntry) -> Found {
        let staff_no = values(entry, &self.options.staff_no).first().map(|text| text.trim().to_string());
        Found {
            source: Source::Ldap,
            staff_no: staff_no.unwrap_or_default(),
            roles: self.options.mapping.roles_of_dns(values(entry, &self.options.groups)),
        }
    }
}

/// The values of an attribute; servers answer with their own case.
fn values<'a>(entry: &'a SearchEntry, name: &str) -> &'a [String] {
    let found = entry.attrs.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
    found.map_or(&[], |(_, values)| values)
}

fn away(cause: &str) -> Verdict {
    tracing::error!(cause, "the directory could not be asked");
    Verdict::Away
}

/// Whether to begin with StartTLS; refuses what would send passwords in the clear.
fn starttls(options: &Options) -> anyhow::Result<bool> {
    let (scheme, rest) =
        options.url.split_once("://").context("LDAPのアドレスは ldaps:// か ldap:// で始めてください。")?;
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    let name =
        host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()).map_or(host, |(name, _)| name);
    ensure!(!name.is_empty(), "LDAPのアドレスにサーバーの名前がありません。");
    match scheme {
        "ldaps" => Ok(false),
        "ldap" if options.plain => {
            ensure!(loopback(name), "暗号化しないLDAPは、このサーバー自身（127.0.0.1）に限ります。");
            Ok(false)
        }
        "ldap" => Ok(true),
        _ => bail!("LDAPのアドレスは ldaps:// か ldap:// で始めてください。"),
    }
}

/// Trusts the city's own certificate authority and no other.
fn tls(ca: &Path) -> anyhow::Result<ClientConfig> {
    let unreadable =
        || format!("認証局の証明書 {} を読めません。PEM形式のファイルを指定してください。", ca.display());
    let mut roots = RootCertStore::empty();
    for one in CertificateDer::pem_file_iter(ca).with_context(unreadable)? {
        roots.add(one.with_context(unreadable)?).with_context(unreadable)?;
    }
    ensure!(!roots.is_empty(), "{}", unreadable());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}
