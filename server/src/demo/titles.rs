//! Which titles the people of a department have.

/// The titles of one kind of department; the lists are gone through again and again.
pub struct Titles {
    /// Whether there are 課長補佐 and 係長.
    pub office: bool,
    pub regular: &'static [&'static str],
    pub temporary: &'static [&'static str],
    /// How many are 会計年度任用職員, 0..=1.
    pub temporary_share: f64,
}

const OFFICE: Titles = Titles {
    office: true,
    regular: &["主査", "主任", "主事", "主任", "主事", "主査", "主事"],
    temporary: &["事務補助員"],
    temporary_share: 0.2,
};

/// The first name that is part of 所属 or 部 decides; the first of the list wins.
const KINDS: [(&str, Titles); 10] = [
    (
        "保育所",
        Titles {
            office: false,
            regular: &["主任保育士", "保育士", "保育士", "保育士", "保育士", "看護師", "保育士"],
            temporary: &["保育士", "保育補助員", "保育補助員", "調理員"],
            temporary_share: 0.4,
        },
    ),
    (
        "学校給食センター",
        Titles {
            office: false,
            // With the temporary ones: 24 調理員 among 36.
            regular: &[
                "主査",
                "主任",
                "主事",
                "栄養士",
                "栄養士",
                "調理員",
                "調理員",
                "調理員",
                "調理員",
                "調理員",
                "調理員",
                "調理員",
                "調理員",
                "調理員",
                "調理員",
                "調理員",
                "調理員",
            ],
            temporary: &[
                "調理員",
                "調理員",
                "調理員",
                "調理員",
                "調理員",
                "調理員",
                "調理員",
                "調理員",
                "調理員",
                "調理員",
                "調理員",
                "調理員",
                "配送員",
                "配送員",
                "配送員",
                "配送員",
                "配送員",
                "配送員",
                "配送員",
            ],
            temporary_share: 0.528,
        },
    ),
    (
        "消防署",
        Titles {
            office: false,
            regular: &["消防司令", "消防司令補", "消防士長", "消防副士長", "消防士", "消防士長", "消防士"],
            temporary: &[],
            temporary_share: 0.0,
        },
    ),
    (
        "消防本部",
        Titles {
            office: false,
            regular: &["消防司令", "消防司令補", "消防士長", "消防副士長", "主事"],
            temporary: &["事務補助員"],
            temporary_share: 0.06,
        },
    ),
    (
        "図書館",
        Titles {
            office: true,
            regular: &["主査", "司書", "司書", "主任", "司書"],
            temporary: &["司書", "図書整理員"],
            temporary_share: 0.45,
        },
    ),
    (
        "健康推進課",
        Titles {
            office: true,
            regular: &["保健師", "主査", "保健師", "主任", "管理栄養士", "保健師", "主事"],
            temporary: &["看護師", "事務補助員"],
            temporary_share: 0.25,
        },
    ),
    (
        "こども家庭センター",
        Titles {
            office: true,
            regular: &["社会福祉士", "保健師", "主任", "心理士", "主事"],
            temporary: &["家庭児童相談員"],
            temporary_share: 0.3,
        },
    ),
    (
        "クリーンセンター",
        Titles {
            office: true,
            regular: &["技能員", "技師", "技能員", "主任", "技能員"],
            temporary: &["技能員"],
            temporary_share: 0.15,
        },
    ),
    (
        "浄水場",
        Titles {
            office: true,
            regular: &["技師", "主任技師", "技師"],
            temporary: &["事務補助員"],
            temporary_share: 0.06,
        },
    ),
    (
        "都市建設部",
        Titles {
            office: true,
            regular: &["技師", "主査", "主任技師", "主事", "技師", "主任"],
            temporary: &["事務補助員"],
            temporary_share: 0.12,
        },
    ),
];

/// The titles of a department.
pub fn titles(division: &str, department: &str) -> &'static Titles {
    static OTHERS: Titles = OFFICE;
    static LIST: [(&str, Titles); 10] = KINDS;
    LIST.iter()
        .find(|(name, _)| department.contains(name) || division.contains(name))
        .map_or(&OTHERS, |(_, titles)| titles)
}

/// The years in which somebody with a title was taken on.
pub fn hired(title: &str) -> (i32, i32) {
    match title {
        "課長" | "室長" | "所長" | "館長" | "署長" | "場長" | "事務局長" | "センター長" => {
            (1988, 2000)
        }
        "課長補佐" | "消防司令" => (1993, 2004),
        "係長" | "消防司令補" | "主任保育士" => (1998, 2009),
        "主査" | "主任技師" | "消防士長" => (2002, 2014),
        "主任" | "消防副士長" => (2009, 2018),
        "主事" | "技師" | "消防士" => (2017, 2025),
        _ => (2003, 2024),
    }
}

/// Works without a terminal and without a mail address.
pub fn without_terminal(title: &str) -> bool {
    matches!(title, "調理員" | "配送員" | "技能員" | "保育補助員" | "図書整理員")
}
