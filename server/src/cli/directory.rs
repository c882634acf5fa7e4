//! Options of `minaoshi serve` for LDAP and OpenID Connect.

use crate::directory::mapping::Mapping;
use crate::directory::{Directory, ldap, oidc, secret};
use anyhow::Context;
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;

/// The city's directory.
#[derive(Args, Default)]
#[command(next_help_heading = "LDAP・Active Directory")]
pub struct LdapArgs {
    /// サーバー（ldaps://dc1.example.lan、又はStartTLSを使う ldap://…）。指定したときだけ使う
    #[arg(long, env = "MINAOSHI_LDAP_URL", requires_all = ["ldap_base", "ldap_account", "ldap_password_file"])]
    ldap_url: Option<String>,
    /// 認証局の証明書（PEM）。指定しないときはOSの証明書を使う
    #[arg(long, env = "MINAOSHI_LDAP_CA")]
    ldap_ca: Option<PathBuf>,
    /// 検索の起点（DC=example,DC=lan など）
    #[arg(long, env = "MINAOSHI_LDAP_BASE")]
    ldap_base: Option<String>,
    /// 検索用アカウント（識別名、又は 名前@ドメイン）
    #[arg(long, env = "MINAOSHI_LDAP_ACCOUNT")]
    ldap_account: Option<String>,
    /// 検索用アカウントのパスワードを書いたファイル
    #[arg(long, env = "MINAOSHI_LDAP_PASSWORD_FILE")]
    ldap_password_file: Option<PathBuf>,
    /// 利用者を探す条件。{login} に、入力された利用者IDが入る
    #[arg(
        long,
        env = "MINAOSHI_LDAP_FILTER",
        default_value = "(&(objectCategory=person)(objectClass=user)(sAMAccountName={login}))"
    )]
    ldap_filter: String,
    /// 職員番号の属性
    #[arg(long, env = "MINAOSHI_LDAP_STAFF_NO", default_value = "employeeNumber")]
    ldap_staff_no: String,
    /// 所属するグループの属性
    #[arg(long, env = "MINAOSHI_LDAP_GROUPS", default_value = "memberOf")]
    ldap_groups: String,
    /// グループの識別名と役割のキー（CN=…,DC=lan=auditor）。繰り返せる。環境変数では「;」で区切る
    #[arg(long, env = "MINAOSHI_LDAP_ROLES", value_delimiter = ';', value_name = "GROUP=ROLE")]
    ldap_role: Vec<String>,
    /// 暗号化せずに接続する（このサーバー自身に限る。試験用）
    #[arg(long, env = "MINAOSHI_LDAP_PLAIN")]
    ldap_plain: bool,
}

/// An OpenID Connect provider.
#[derive(Args, Default)]
#[command(next_help_heading = "OpenID Connect")]
pub struct OidcArgs {
    /// 認証基盤のアドレス（発行者）。指定したときだけ使う
    #[arg(
        long,
        env = "MINAOSHI_OIDC_ISSUER",
        requires_all = ["oidc_client_id", "oidc_client_secret_file", "oidc_site"]
    )]
    oidc_issuer: Option<String>,
    /// 認証基盤に登録したクライアントID
    #[arg(long, env = "MINAOSHI_OIDC_CLIENT_ID")]
    oidc_client_id: Option<String>,
    /// クライアントシークレットを書いたファイル
    #[arg(long, env = "MINAOSHI_OIDC_CLIENT_SECRET_FILE")]
    oidc_client_secret_file: Option<PathBuf>,
    /// 職員が開くこのサイトのアドレス（https://minaoshi.example.lan）
    #[arg(long, env = "MINAOSHI_OIDC_SITE")]
    oidc_site: Option<String>,
    /// 認証局の証明書（PEM）
    #[arg(long, env = "MINAOSHI_OIDC_CA")]
    oidc_ca: Option<PathBuf>,
    /// openid のほかに求める範囲。繰り返せる
    #[arg(long, env = "MINAOSHI_OIDC_SCOPES", value_delimiter = ' ', default_value = "profile")]
    oidc_scope: Vec<String>,
    /// 職員番号の項目（クレーム）
    #[arg(long, env = "MINAOSHI_OIDC_STAFF_NO", default_value = "preferred_username")]
    oidc_staff_no: String,
    /// グループの項目（クレーム）
    #[arg(long, env = "MINAOSHI_OIDC_GROUPS", default_value = "groups")]
    oidc_groups: String,
    /// グループと役割のキー（監査係=auditor）。繰り返せる。環境変数では「;」で区切る
    #[arg(long, env = "MINAOSHI_OIDC_ROLES", value_delimiter = ';', value_name = "GROUP=ROLE")]
    oidc_role: Vec<String>,
}

/// Both.
#[derive(Args, Default)]
pub struct DirectoryArgs {
    #[command(flatten)]
    ldap: LdapArgs,
    #[command(flatten)]
    oidc: OidcArgs,
}

impl DirectoryArgs {
    /// Checks the options and reads the files with secrets.
    ///
    /// # Errors
    /// With a sentence for the operator.
    pub fn open(self) -> anyhow::Result<Directory> {
        let ldap = self.ldap.open().context("LDAPの設定に誤りがあります")?;
        let oidc = self.oidc.open().context("OpenID Connectの設定に誤りがあります")?;
        Ok(Directory { ldap: ldap.map(Arc::new), oidc: oidc.map(Arc::new) })
    }
}

impl LdapArgs {
    fn open(self) -> anyhow::Result<Option<ldap::Ldap>> {
        let (Some(url), Some(base), Some(account), Some(file)) =
            (self.ldap_url, self.ldap_base, self.ldap_account, self.ldap_password_file)
        else {
            return Ok(None);
        };
        let options = ldap::Options {
            url,
            ca: self.ldap_ca,
            plain: self.ldap_plain,
            base,
            account,
            password: secret(&file)?,
            filter: self.ldap_filter,
            staff_no: self.ldap_staff_no,
            groups: self.ldap_groups,
            mapping: Mapping::read(&self.ldap_role)?,
        };
        Ok(Some(ldap::Ldap::new(options)?))
    }
}

impl OidcArgs {
    fn open(self) -> anyhow::Result<Option<oidc::Oidc>> {
        let (Some(issuer), Some(client_id), Some(file), Some(site)) =
            (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret_file, self.oidc_site)
        else {
            return Ok(None);
        };
        let options = oidc::Options {
            issuer,
            client_id,
            client_secret: secret(&file)?,
            ca: self.oidc_ca,
            site,
            scopes: self.oidc_scope,
            staff_no: self.oidc_staff_no,
            groups: self.oidc_groups,
            mapping: Mapping::read(&self.oidc_role)?,
        };
        Ok(Some(oidc::Oidc::new(options)?))
    }
}
