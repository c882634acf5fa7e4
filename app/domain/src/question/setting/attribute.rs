//! What a department has or does, as far as questions depend on it.

use serde::{Deserialize, Serialize};

/// An attribute of a department, ticked by the 事務局.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attribute {
    OfficialSns,
    Outsourcing,
    ExternalService,
    OwnSystem,
    MyNumber,
    Counter,
    Portable,
    Telework,
    ShareRoom,
    Facility,
}

impl Attribute {
    /// All attributes in the order of the page.
    pub const ALL: [Attribute; 10] = [
        Attribute::OfficialSns,
        Attribute::Outsourcing,
        Attribute::ExternalService,
        Attribute::OwnSystem,
        Attribute::MyNumber,
        Attribute::Counter,
        Attribute::Portable,
        Attribute::Telework,
        Attribute::ShareRoom,
        Attribute::Facility,
    ];

    /// The key in forms and in the database.
    pub fn key(self) -> &'static str {
        match self {
            Attribute::OfficialSns => "official_sns",
            Attribute::Outsourcing => "outsourcing",
            Attribute::ExternalService => "external_service",
            Attribute::OwnSystem => "own_system",
            Attribute::MyNumber => "my_number",
            Attribute::Counter => "counter",
            Attribute::Portable => "portable",
            Attribute::Telework => "telework",
            Attribute::ShareRoom => "share_room",
            Attribute::Facility => "facility",
        }
    }

    /// The attribute of a key.
    pub fn from_key(key: &str) -> Option<Attribute> {
        Attribute::ALL.into_iter().find(|attribute| attribute.key() == key)
    }

    /// The name on screens.
    pub fn label(self) -> &'static str {
        match self {
            Attribute::OfficialSns => "公式SNSあり",
            Attribute::Outsourcing => "委託あり",
            Attribute::ExternalService => "外部サービスの利用あり",
            Attribute::OwnSystem => "所管システムあり",
            Attribute::MyNumber => "個人番号の取扱いあり",
            Attribute::Counter => "窓口あり",
            Attribute::Portable => "端末の持出しあり",
            Attribute::Telework => "テレワークあり",
            Attribute::ShareRoom => "執務室の共用あり",
            Attribute::Facility => "出先施設あり",
        }
    }

    /// The name without あり, for the head of a column.
    pub fn short(self) -> &'static str {
        self.label().trim_end_matches("あり")
    }

    /// The attributes of a list of keys, as it is frozen with a target.
    pub fn list(keys: &str) -> Vec<Attribute> {
        keys.split(',').filter_map(Attribute::from_key).collect()
    }

    /// The list of keys of attributes, in the order of the page.
    pub fn keys(attributes: impl IntoIterator<Item = Attribute>) -> String {
        let mut attributes: Vec<Attribute> = attributes.into_iter().collect();
        attributes.sort();
        attributes.dedup();
        attributes.into_iter().map(Attribute::key).collect::<Vec<_>>().join(",")
    }
}
