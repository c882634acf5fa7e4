//! Japanese verbs: from the end of a rule to 「〜していますか。」.

mod plain;

pub(super) use plain::{negative, plain};

/// Final 〜る of verbs whose stem looks like ichidan or whose kanji does not tell.
const GODAN_RU: &str =
    "執図守作取限知送戻断至係預破切要残減渡配走練握触張映回計侵帰入掲割贈因量司被諮謀去滞偽契";
/// Kana before a final る that make it godan (なる, つかさどる, よる).
const GODAN_KANA: &str = "らりるろかさたなまわがばだくつどよもおこうふぶすぐ";

/// The て-form of an act that ends in a predicate: 「確認しなければならない」 gives 「確認して」.
///
/// `None` where the end is no predicate this knows.
pub(super) fn te_form(act: &str) -> Option<String> {
    let act = act.trim().trim_end_matches(['。', '、']);
    let act =
        act.strip_suffix("ようにすること").map_or_else(|| act.to_string(), |a| format!("{a}ようにする"));
    if let Some(stem) = strip_any(&act, &MUST) {
        return done(must_be(stem).or_else(|| from_negative(stem))?);
    }
    let plain = strip_any(&act, &ENDS).unwrap_or(&act);
    if plain.ends_with("である") {
        // 「定義が最新であること」 is a state: it is looked at.
        return Some(format!("{plain}ことを確認して"));
    }
    done(from_dictionary(plain)?)
}

const MUST: [&str; 7] = [
    "なければならないものとする",
    "なければならないこととする",
    "なければならない",
    "ねばならない",
    "なければいけない",
    "なくてはならない",
    "なければならぬ",
];
/// What stands behind the verb and adds nothing to the act.
const ENDS: [&str; 24] = [
    "ことに努めるものとする",
    "ことに努めること",
    "ことが望ましい",
    "ことが求められる",
    "ことを徹底する",
    "ことを徹底すること",
    "ことを原則とする",
    "ことを義務とする",
    "ことを基本とする",
    "ことが必要である",
    "こととする",
    "ことと定める",
    "べきものとする",
    "べきである",
    "ものとする",
    "ものとすること",
    "義務を負う",
    "義務がある",
    "義務を有する",
    "責務を有する",
    "責務がある",
    "必要がある",
    "こと",
    "とともに",
];

/// 抜いておいて → 抜いて: on a sheet only the state counts. よって → よって行って.
fn done(te: String) -> Option<String> {
    for (from, to) in [
        ("ておいて", "て"),
        ("でおいて", "で"),
        ("ていて", "て"),
        ("でいて", "で"),
        ("によって", "によって行って"),
        ("必要として", "得て"),
        ("許可を要して", "許可を得て"),
        ("承認を要して", "承認を得て"),
        ("承諾を要して", "承諾を得て"),
        ("同意を要して", "同意を得て"),
    ] {
        if let Some(body) = te.strip_suffix(from) {
            return Some(format!("{body}{to}"));
        }
    }
    Some(te)
}

/// 知識を有する者でなければならない → 知識を有して; 耐火のものでなければならない → 耐火のものになって.
fn must_be(stem: &str) -> Option<String> {
    let noun = stem.strip_suffix('で')?;
    let held = strip_any(noun, &["者", "もの"]).filter(|body| body.ends_with(['る', 'う', 'す', 'く', 'つ']));
    held.and_then(from_dictionary).or_else(|| Some(format!("{noun}になって")))
}

fn strip_any<'a>(text: &'a str, ends: &[&str]) -> Option<&'a str> {
    ends.iter().find_map(|end| text.strip_suffix(end))
}

fn split_last(text: &str) -> Option<(&str, char)> {
    let last = text.chars().last()?;
    Some((&text[..text.len() - last.len_utf8()], last))
}

/// 遵守し(なければ) → 遵守して, 守ら → 守って, 受け → 受けて, 行わ → 行って.
fn from_negative(stem: &str) -> Option<String> {
    let (body, last) = split_last(stem)?;
    let end = match last {
        'わ' | 'ら' | 'た' => "って",
        'か' if body.ends_with('行') => "って",
        'か' => "いて",
        'が' => "いで",
        'さ' => "して",
        'な' | 'ば' | 'ま' => "んで",
        _ => return Some(format!("{stem}て")),
    };
    Some(format!("{body}{end}"))
}

/// 講じる → 講じて, 図る → 図って, 行う → 行って, 実施する → 実施して.
pub(super) fn from_dictionary(plain: &str) -> Option<String> {
    if let Some(body) = plain.strip_suffix("ずる") {
        return Some(format!("{body}じて"));
    }
    if let Some(body) = plain.strip_suffix("する") {
        return Some(format!("{body}して"));
    }
    let (body, last) = split_last(plain)?;
    let end = match last {
        'る' if godan(body) => "って",
        'る' => "て",
        'う' | 'つ' => "って",
        'く' if body.ends_with('行') => "って",
        'く' => "いて",
        'ぐ' => "いで",
        'す' => "して",
        'ぬ' | 'ぶ' | 'む' => "んで",
        _ => return None,
    };
    Some(format!("{body}{end}"))
}

fn godan(body: &str) -> bool {
    body.chars().last().is_some_and(|c| GODAN_RU.contains(c) || GODAN_KANA.contains(c))
}

/// The past of a て-form: 確認して → 確認した, 読んで → 読んだ.
pub(super) fn past(te: &str) -> Option<String> {
    let body = te.strip_suffix('て').map(|body| format!("{body}た"));
    body.or_else(|| te.strip_suffix('で').map(|body| format!("{body}だ")))
}

/// The て-form of a link in a chain: 「確認し」 → 「確認して」, 「定め」 → 「定めて」, 「検討した上で」 → 「検討して」.
///
/// `None` if the words are no link but an adverb (「〜に応じ」, 「〜に関し」) or a noun (「ワイヤーの取付け」).
pub(super) fn link(words: &str) -> Option<String> {
    if let Some(plain) = words.strip_suffix("とともに") {
        return done(from_dictionary(plain)?);
    }
    if let Some(past) = strip_any(words, &["た上で", "たうえで", "た上", "たうえ"]) {
        return Some(format!("{past}て"));
    }
    if let Some(noun) = strip_any(words, &["の上で", "の上"]).filter(|noun| noun.contains('を')) {
        return Some(format!("{noun}して"));
    }
    if let Some(must) = strip_any(words, &["ものとし", "こととし"]).filter(|plain| plain.ends_with(FINAL))
    {
        return done(from_dictionary(must)?);
    }
    if ADVERBS.iter().any(|end| words.ends_with(end)) || noun(words) {
        return None;
    }
    from_stem(words).and_then(done)
}

/// The last kana of dictionary forms.
const FINAL: [char; 9] = ['る', 'う', 'く', 'ぐ', 'す', 'つ', 'ぬ', 'ぶ', 'む'];

/// 「ワイヤーの取付け」 is a noun: what stands between the last の and the end holds no particle.
fn noun(words: &str) -> bool {
    let tail = words.rsplit(['を', 'に', 'が', 'で', 'は', 'と', 'へ', '、']).next().unwrap_or_default();
    let verb = tail.rsplit('の').next().unwrap_or_default();
    tail.contains('の') && verb.chars().count() <= 4 && !verb.ends_with('し')
}

const ADVERBS: [&str; 46] = [
    "ため",
    "に関し",
    "に対し",
    "応じ",
    "基づき",
    "に際し",
    "通じ",
    "踏まえ",
    "鑑み",
    "備え",
    "当たり",
    "あたり",
    "より",
    "に伴い",
    "限り",
    "除き",
    "含め",
    "従い",
    "即し",
    "照らし",
    "準じ",
    "及び",
    "並びに",
    "必ず",
    "として",
    "を目的とし",
    "を原則とし",
    "つき",
    "わたり",
    "において",
    "の見直し",
    "の取扱い",
    "の取り扱い",
    "漏えい",
    "たり",
    "始め",
    "連携し",
    "協力し",
    "考慮し",
    "勘案し",
    "留意し",
    "活用し",
    "を問わず",
    "関わらず",
    "おそれ",
    "定めるところにより",
];

fn from_stem(words: &str) -> Option<String> {
    let (body, last) = split_last(words)?;
    let end = match last {
        'し' | 'え' | 'け' | 'げ' | 'せ' | 'ね' | 'べ' | 'め' | 'れ' | 'じ' => {
            return Some(format!("{words}て"));
        }
        'い' if body.ends_with(['用', '率', '報']) => return Some(format!("{words}て")),
        'い' | 'ち' => "って",
        'り' if !body.ends_with('ま') || body.ends_with("始ま") => "って",
        'き' => "いて",
        'ぎ' => "いで",
        'み' if body.ends_with(['試', '顧', '省']) => return Some(format!("{words}て")),
        'み' | 'び' => "んで",
        '得' | '経' => return Some(format!("{words}て")),
        _ => return None,
    };
    Some(format!("{body}{end}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_rules_become_te_forms() {
        for (act, wanted) in [
            ("遵守しなければならない", "遵守して"),
            ("受けなければならない", "受けて"),
            ("守らなければならない", "守って"),
            ("行わなければならない", "行って"),
            ("聴かなければならない", "聴いて"),
            ("記さなければならない", "記して"),
            ("得なければならない", "得て"),
            ("講ずるものとする", "講じて"),
            ("策定するものとする", "策定して"),
            ("対策を講じる", "対策を講じて"),
            ("向上を図る", "向上を図って"),
            ("流出を防ぐ", "流出を防いで"),
            ("ポリシーを見直す", "ポリシーを見直して"),
            ("規定を定める", "規定を定めて"),
            ("届け出る", "届け出て"),
            ("教育を行うこと", "教育を行って"),
            ("努めなければならない", "努めて"),
            ("明らかにする", "明らかにして"),
            ("抜いておかなければならない", "抜いて"),
            ("手順を定めておくものとする", "手順を定めて"),
            ("知識を有する者でなければならない", "知識を有して"),
            ("事務をつかさどる", "事務をつかさどって"),
            ("許可を要する", "許可を得て"),
            ("定義が最新であること", "定義が最新であることを確認して"),
            ("確認することとする", "確認して"),
        ] {
            assert_eq!(te_form(act).as_deref(), Some(wanted), "{act}");
        }
    }

    #[test]
    fn links_of_a_chain_are_told_from_adverbs_and_nouns() {
        for (words, wanted) in [
            ("契約を締結し", Some("契約を締結して")),
            ("規定を定め", Some("規定を定めて")),
            ("教育を行い", Some("教育を行って")),
            ("認識を持ち", Some("認識を持って")),
            ("リスクを検討したうえで", Some("リスクを検討して")),
            ("事項を定めるとともに", Some("事項を定めて")),
            ("全ての情報を消去の上", Some("全ての情報を消去して")),
            ("結果を踏まえるものとし", Some("結果を踏まえて")),
            ("その重要度に応じ", None),
            ("情報セキュリティに関し", None),
            ("許可を得て", None),
            ("固定用のワイヤーの取付け", None),
            ("情報セキュリティ管理者と連携し", None),
        ] {
            assert_eq!(link(words).as_deref(), wanted, "{words}");
        }
    }
}
