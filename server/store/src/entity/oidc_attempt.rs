//! A sign-in that is under way at the OpenID Connect provider. The row goes when its answer comes, or with time.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A sign-in that is under way at the OpenID Connect provider.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "oidc_attempt")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// SHA-256 of the state sent to the provider, in hex.
    #[sea_orm(column_type = "Text")]
    pub state_hash: String,
    /// SHA-256 of the cookie of the browser that began, in hex.
    #[sea_orm(column_type = "Text")]
    pub cookie_hash: String,
    /// Has to stand in the ID token.
    #[sea_orm(column_type = "Text")]
    pub nonce: String,
    /// The secret of PKCE.
    #[sea_orm(column_type = "Text")]
    pub verifier: String,
    /// The page to go to afterwards.
    #[sea_orm(column_type = "Text")]
    pub next: String,
    pub at: OffsetDateTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
