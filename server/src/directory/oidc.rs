//! OpenID Connect: code flow with PKCE, state and nonce. Of the provider only its issuer is contacted, and only when
//! somebody signs in; the server starts without it.

mod claims;
mod client;

use super::{loopback, mapping::Mapping};
use anyhow::{Context, ensure};
use claims::Claims;
use client::Outgoing;
use domain::directory::Source;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClientAuthMethod, CoreErrorResponseType,
    CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
    CoreProviderMetadata, CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse,
    CoreTokenType,
};
use openidconnect::url::Url;
use openidconnect::{
    AuthType, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields, IssuerUrl, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse, StandardTokenResponse, TokenResponse,
};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use store::directory::Found;
use store::session::oidc::{Attempt, NewAttempt};
use time::{Duration, OffsetDateTime};

/// What the provider says about itself is asked again after this time.
const KNOWN_FOR: Duration = Duration::hours(1);

/// The path the provider sends the browser back to.
pub const BACK: &str = "/sign-in/oidc/back";

type Fields = IdTokenFields<
    Claims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Tokens = StandardTokenResponse<Fields, CoreTokenType>;
type Ready = Client<
    Claims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What the operator sets.
#[derive(Debug, Clone)]
pub struct Options {
    /// Address of the provider, as it names itself.
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    /// Certificate authority in PEM; without it, the public ones.
    pub ca: Option<PathBuf>,
    /// Address of this site as the browser knows it.
    pub site: String,
    /// Asked for beside `openid`.
    pub scopes: Vec<String>,
    /// The claim with the 職員番号.
    pub staff_no: String,
    /// The claim with the groups.
    pub groups: String,
    pub mapping: Mapping,
}

/// A provider that can be asked.
pub struct Oidc {
    options: Options,
    issuer: IssuerUrl,
    back: RedirectUrl,
    outgoing: Outgoing,
    /// What the provider said about itself, and when.
    known: Mutex<Option<(OffsetDateTime, Arc<CoreProviderMetadata>)>>,
}

impl Oidc {
    /// Checks the settings. The provider is not contacted.
    ///
    /// # Errors
    /// With a sentence for the operator.
    pub fn new(options: Options) -> anyhow::Result<Oidc> {
        let issuer = IssuerUrl::new(options.issuer.clone()).context("認証基盤のアドレスを読めません。")?;
        require_https(issuer.url())?;
        let back = format!("{}{BACK}", options.site.trim_end_matches('/'));
        let back = RedirectUrl::new(back).context("このサイトのアドレスを読めません。")?;
        ensure!(!options.client_id.is_empty(), "認証基盤のクライアントIDを指定してください。");
        let outgoing = Outgoing::new(issuer.url(), options.ca.as_deref())?;
        Ok(Oidc { options, issuer, back, outgoing, known: Mutex::new(None) })
    }

    /// The provider's address to send the browser to, and what to keep until it comes back.
    ///
    /// # Errors
    /// When the provider can't be asked.
    pub async fn begin(&self, next: &str, now: OffsetDateTime) -> anyhow::Result<(Url, NewAttempt)> {
        let client = self.client(now).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let scopes = self.options.scopes.iter().cloned().map(Scope::new);
        let (url, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scopes(scopes)
            .set_pkce_challenge(challenge)
            .url();
        let attempt = NewAttempt {
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
            next: next.to_string(),
        };
        Ok((url, attempt))
    }

    /// Trades the code for an ID token, checks it and says who it is.
    ///
    /// # Errors
    /// When the provider can't be asked, refuses the code, or the token does not hold.
    pub async fn recognise(
        &self,
        code: &str,
        attempt: &Attempt,
        now: OffsetDateTime,
    ) -> anyhow::Result<Found> {
        let client = self.client(now).await?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(code.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier.clone()))
            .request_async(&self.outgoing)
            .await
            .context("trading the code")?;
        let token = tokens.id_token().context("there is no ID token in the answer")?;
        let nonce = Nonce::new(attempt.nonce.clone());
        let verifier = client.id_token_verifier().set_allowed_algs(signed_with_a_key_pair());
        let mut checked = token.claims(&verifier, &nonce);
        // The provider may have changed its keys since it was last asked.
        let fresh;
        if checked.is_err() {
            self.forget();
            fresh = self.client(now).await?;
            let verifier = fresh.id_token_verifier().set_allowed_algs(signed_with_a_key_pair());
            checked = token.claims(&verifier, &nonce);
        }
        let claims = serde_json::to_value(checked.context("checking the ID token")?)?;
        Ok(self.found(&claims))
    }

    fn found(&self, said: &serde_json::Value) -> Found {
        let groups = claims::texts(said, &self.options.groups);
        Found {
            source: Source::Oidc,
            staff_no: claims::text(said, &self.options.staff_no),
            roles: self.options.mapping.roles_of_names(&groups),
        }
    }

    async fn client(&self, now: OffsetDateTime) -> anyhow::Result<Ready> {
        let metadata = self.metadata(now).await?;
        let secret = ClientSecret::new(self.options.client_secret.clone());
        let id = ClientId::new(self.options.client_id.clone());
        let auth = auth_type(&metadata);
        let client = Client::from_provider_metadata((*metadata).clone(), id, Some(secret));
        Ok(client.set_redirect_uri(self.back.clone()).set_auth_type(auth))
    }

    async fn metadata(&self, now: OffsetDateTime) -> anyhow::Result<Arc<CoreProviderMetadata>> {
        if let Some(known) = self.known(now) {
            return Ok(known);
        }
        let asked = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.outgoing).await;
        let metadata = Arc::new(asked.context("asking the provider about itself")?);
        // The browser is sent there: it must not be led to anybody else, either.
        self.outgoing.require_own(metadata.authorization_endpoint().url())?;
        if let Ok(mut known) = self.known.lock() {
            *known = Some((now, metadata.clone()));
        }
        Ok(metadata)
    }

    fn known(&self, now: OffsetDateTime) -> Option<Arc<CoreProviderMetadata>> {
        let known = self.known.lock().ok()?;
        known.as_ref().filter(|(at, _)| *at + KNOWN_FOR > now).map(|(_, metadata)| metadata.clone())
    }

    fn forget(&self) {
        if let Ok(mut known) = self.known.lock() {
            *known = None;
        }
    }
}

/// Signatures that the provider alone can make; `none` and those with the shared secret are not accepted.
fn signed_with_a_key_pair() -> Vec<CoreJwsSigningAlgorithm> {
    use CoreJwsSigningAlgorithm::*;
    vec![
        RsaSsaPkcs1V15Sha256,
        RsaSsaPkcs1V15Sha384,
        RsaSsaPkcs1V15Sha512,
        RsaSsaPssSha256,
        RsaSsaPssSha384,
        RsaSsaPssSha512,
        EcdsaP256Sha256,
        EcdsaP384Sha384,
        EdDsa,
    ]
}

/// How the provider wants to be shown the secret; basic is the rule.
fn auth_type(metadata: &CoreProviderMetadata) -> AuthType {
    match metadata.token_endpoint_auth_methods_supported() {
        Some(ways)
            if !ways.contains(&CoreClientAuthMethod::ClientSecretBasic)
                && ways.contains(&CoreClientAuthMethod::ClientSecretPost) =>
        {
            AuthType::RequestBody
        }
        _ => AuthType::BasicAuth,
    }
}

fn require_https(issuer: &Url) -> anyhow::Result<()> {
    let inside = issuer.host_str().is_some_and(loopback);
    ensure!(
        issuer.scheme() == "https" || (issuer.scheme() == "http" && inside),
        "認証基盤のアドレスは https:// で始めてください。"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_provider_is_reached_over_https_unless_it_is_on_this_machine() {
        for (issuer, site, expected) in [
            ("https://sso.city.example/realms/city", "https://minaoshi.city.example/", true),
            ("http://127.0.0.1:4000", "http://127.0.0.1:3000", true),
            ("http://sso.city.example", "https://minaoshi.city.example", false),
            ("sso.city.example", "https://minaoshi.city.example", false),
            ("https://sso.city.example", "minaoshi.city.example", false),
        ] {
            let options = Options {
                issuer: issuer.into(),
                client_id: "minaoshi".into(),
                client_secret: "secret".into(),
                ca: None,
                site: site.into(),
                scopes: Vec::new(),
                staff_no: "preferred_username".into(),
                groups: "groups".into(),
                mapping: Mapping::default(),
            };
            let made = Oidc::new(options);
            assert_eq!(made.is_ok(), expected, "{issuer} {site}");
            if let Ok(oidc) = made {
                assert!(!oidc.back.as_str().contains("//sign-in"), "{}", oidc.back.as_str());
            }
        }
    }
}
