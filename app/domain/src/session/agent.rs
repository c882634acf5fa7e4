//! A browser's own description in words that people know.

/// What marks a browser, the first that fits counts: Edge calls itself Chrome too, Chrome Safari.
const BROWSERS: [(&str, &str); 6] = [
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("firefox/", "Firefox"),
    ("fxios/", "Firefox"),
    ("chrome/", "Chrome"),
    ("safari/", "Safari"),
];

/// What marks a system; Android calls itself Linux too, iPads Mac OS.
const SYSTEMS: [(&str, &str); 6] = [
    ("windows", "Windows"),
    ("android", "Android"),
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("mac os", "Mac"),
    ("linux", "Linux"),
];

/// Browser and system, e.g. 「Edge（Windows）」.
pub fn agent_words(agent: &str) -> String {
    let agent = agent.to_lowercase();
    let named = |marks: &[(&str, &'static str)]| {
        marks.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}（{system}）"),
        (Some(browser), None) => browser.to_string(),
        (None, Some(system)) => format!("不明なブラウザ（{system}）"),
        (None, None) => "不明なブラウザ".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::agent_words;

    #[test]
    fn browsers_are_named_as_people_know_them() {
        let win = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
        for (agent, words) in [
            (
                format!("{win} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0"),
                "Edge（Windows）",
            ),
            (
                format!("{win} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"),
                "Chrome（Windows）",
            ),
            (format!("{win}; rv:140.0) Gecko/20100101 Firefox/140.0"), "Firefox（Windows）"),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.1 Safari/605.1.15".into(),
                "Safari（Mac）",
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) Version/18.1 Safari/604.1".into(),
                "Safari（iPad）",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15) Chrome/142.0.0.0 Mobile Safari/537.36".into(),
                "Chrome（Android）",
            ),
            ("curl/8.5.0".into(), "不明なブラウザ"),
            (String::new(), "不明なブラウザ"),
        ] {
            assert_eq!(agent_words(&agent), words, "{agent}");
        }
    }
}
