//! The one way out: only to the provider that is set, without redirects, with limits.

use anyhow::Context;
use openidconnect::url::{Origin, Url};
use openidconnect::{AsyncHttpClient, HttpClientError, HttpRequest, HttpResponse, reqwest};
use std::path::Path;
use std::pin::Pin;
use std::time::Duration;

/// Sends requests to the provider.
pub struct Outgoing {
    client: reqwest::Client,
    own: Origin,
}

impl Outgoing {
    /// # Errors
    /// When the certificate can't be read, with a sentence for the operator.
    pub fn new(issuer: &Url, ca: Option<&Path>) -> anyhow::Result<Outgoing> {
        // A redirect would lead the request elsewhere; so would a proxy of the environment.
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(10));
        if let Some(ca) = ca {
            let unreadable = || {
                format!("認証局の証明書 {} を読めません。PEM形式のファイルを指定してください。", ca.display())
            };
            let pem = std::fs::read(ca).with_context(unreadable)?;
            builder = builder.tls_built_in_root_certs(false);
            for one in reqwest::Certificate::from_pem_bundle(&pem).with_context(unreadable)? {
                builder = builder.add_root_certificate(one);
            }
        }
        let client = builder.build().context("認証基盤への接続を準備できません。")?;
        Ok(Outgoing { client, own: issuer.origin() })
    }

    /// # Errors
    /// For an address that is not the provider's own.
    pub fn require_own(&self, url: &Url) -> anyhow::Result<()> {
        anyhow::ensure!(url.origin() == self.own, "the provider names another server: {url}");
        Ok(())
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpClientError<reqwest::Error>> {
        let url = Url::parse(&request.uri().to_string())
            .map_err(|error| HttpClientError::Other(error.to_string()))?;
        self.require_own(&url).map_err(|error| HttpClientError::Other(error.to_string()))?;
        self.client.call(request).await
    }
}

impl<'c> AsyncHttpClient<'c> for Outgoing {
    type Error = HttpClientError<reqwest::Error>;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Self::Error>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_for_another_server_than_the_issuer() {
        let issuer = Url::parse("https://sso.city.example/realms/city").unwrap();
        let outgoing = Outgoing::new(&issuer, None).unwrap();
        for (address, expected) in [
            ("https://sso.city.example/realms/city/token", true),
            ("https://sso.city.example:443/keys", true),
            ("https://sso.city.example:8443/keys", false),
            ("http://sso.city.example/keys", false),
            ("https://sso.city.example.evil/keys", false),
            ("https://sso.city.example@evil.example/keys", false),
            ("https://10.0.0.1/keys", false),
        ] {
            assert_eq!(outgoing.require_own(&Url::parse(address).unwrap()).is_ok(), expected, "{address}");
        }
    }
}
