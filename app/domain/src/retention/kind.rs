//! The kinds of record and the classes of their retention.

/// A class of retention (保存期間の区分).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    One,
    Three,
    Five,
    Ten,
    Thirty,
    /// 永年: never disposed of.
    Forever,
}

impl Class {
    /// All, shortest first.
    pub const ALL: [Class; 6] =
        [Class::One, Class::Three, Class::Five, Class::Ten, Class::Thirty, Class::Forever];

    /// The years; none for 永年.
    pub fn years(self) -> Option<i32> {
        match self {
            Class::One => Some(1),
            Class::Three => Some(3),
            Class::Five => Some(5),
            Class::Ten => Some(10),
            Class::Thirty => Some(30),
            Class::Forever => None,
        }
    }

    /// The key in the database and in forms.
    pub fn key(self) -> &'static str {
        match self {
            Class::One => "1",
            Class::Three => "3",
            Class::Five => "5",
            Class::Ten => "10",
            Class::Thirty => "30",
            Class::Forever => "forever",
        }
    }

    /// The class of a key, if there is one.
    pub fn from_key(key: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|class| class.key() == key)
    }

    /// As it stands in a table of retention.
    pub fn label(self) -> String {
        self.years().map_or_else(|| "永年".to_string(), |years| format!("{years}年"))
    }
}

/// A kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The answers of one person's sheet: values, comments, evidence.
    Answers,
    /// The text of a message.
    Outbox,
    /// An uploaded roster.
    Rosters,
    /// 監査調書: an audit with its marks and findings.
    AuditPapers,
    /// 監査報告書.
    Reports,
    Improvements,
    /// The figures of an inspection.
    Results,
    /// A revision of a policy.
    Policies,
}

/// What this version does with a kind when its period is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Removed when a list is approved.
    Disposed,
    /// Shown and listed; nothing is removed.
    Shown,
}

impl Kind {
    /// All, in the order of the page.
    pub const ALL: [Kind; 8] = [
        Kind::Answers,
        Kind::Outbox,
        Kind::Rosters,
        Kind::AuditPapers,
        Kind::Reports,
        Kind::Improvements,
        Kind::Results,
        Kind::Policies,
    ];

    /// The key in the database and in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Answers => "answers",
            Kind::Outbox => "outbox",
            Kind::Rosters => "rosters",
            Kind::AuditPapers => "audit_papers",
            Kind::Reports => "reports",
            Kind::Improvements => "improvements",
            Kind::Results => "results",
            Kind::Policies => "policies",
        }
    }

    /// The kind of a key, if there is one.
    pub fn from_key(key: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The name on the page.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Answers => "個別の回答",
            Kind::Outbox => "送信したメールの本文",
            Kind::Rosters => "読み込んだ名簿",
            Kind::AuditPapers => "監査調書",
            Kind::Reports => "監査報告書",
            Kind::Improvements => "改善の記録",
            Kind::Results => "点検の結果（集計）",
            Kind::Policies => "ポリシーの版",
        }
    }

    /// When a record of this kind is finished, in words.
    pub fn end(self) -> &'static str {
        match self {
            Kind::Answers | Kind::Results => "点検の締切り",
            Kind::Outbox => "メールの作成",
            Kind::Rosters => "名簿の読込み",
            Kind::AuditPapers | Kind::Reports => "監査報告書の発行",
            Kind::Improvements => "改善の完了の確認",
            Kind::Policies => "次の版の取込み",
        }
    }

    /// The class until the city sets another. Source: audit and results 5 years, individual answers 1 to 3, policies
    /// 永年; improvements outlive two audits.
    pub fn default_class(self) -> Class {
        match self {
            Kind::Answers => Class::Three,
            Kind::Outbox | Kind::Rosters => Class::One,
            Kind::AuditPapers | Kind::Reports | Kind::Results => Class::Five,
            Kind::Improvements => Class::Ten,
            Kind::Policies => Class::Forever,
        }
    }

    /// What is done when the period is over.
    pub fn way(self) -> Way {
        match self {
            Kind::Answers | Kind::Outbox | Kind::Rosters => Way::Disposed,
            Kind::AuditPapers | Kind::Reports | Kind::Improvements | Kind::Results | Kind::Policies => {
                Way::Shown
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_classes_are_found_again_by_their_keys() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_key(kind.key()), Some(kind));
        }
        for class in Class::ALL {
            assert_eq!(Class::from_key(class.key()), Some(class));
        }
        assert_eq!(Class::Forever.label(), "永年");
        assert_eq!(Class::from_key("2"), None);
    }
}
