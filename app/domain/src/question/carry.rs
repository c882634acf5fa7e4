//! What a part of a sentence loses when it stands alone: its object, and what 「その」 and 「これ」 mean.

use super::chain::Act;

/// Verbs that need no object; a part that ends in one of them stands alone.
const WITHOUT_OBJECT: [&str; 37] = [
    "従事して",
    "参加して",
    "協力して",
    "対応して",
    "対処して",
    "努めて",
    "応じて",
    "従って",
    "立ち会って",
    "協議して",
    "相談して",
    "連携して",
    "なって",
    "限って",
    "同行して",
    "出席して",
    "受講して",
    "行って",
    "ようにして",
    "申し出て",
    "配慮して",
    "留意して",
    "注意して",
    "して作業して",
    "依頼して",
    "発生して",
    "通信して",
    "立ち入って",
    "異動して",
    "いて",
    "あって",
    "備えて",
    "確保して",
    "申請して",
    "同意して",
    "署名して",
    "実施して",
];
/// Verbs whose object is what the condition speaks of: 「端末を持ち出すときは、常に携行する」.
const OF_CONDITION: [&str; 13] = [
    "設置して",
    "固定して",
    "適用して",
    "携行して",
    "携帯して",
    "返却して",
    "返還して",
    "格納して",
    "消去して",
    "提出して",
    "廃棄して",
    "暗号化して",
    "裁断して",
];
/// Telling somebody: of what, the condition says.
const TELLING: [&str; 4] = ["報告して", "連絡して", "通報して", "届け出て"];
/// Nouns that are the outcome of the act before: 「その結果」, 「その日時」.
const OUTCOMES: [&str; 9] = ["結果", "日時", "方法", "経過", "経緯", "理由", "記録", "状況", "旨"];
/// The longest object that is carried on.
const LONGEST: usize = 24;

/// Gives every act the object of the one before it if it has none, and words for its pronouns.
pub(super) fn over(mut acts: Vec<Act>) -> Vec<Act> {
    acts.dedup_by(|later, first| {
        // 「法令を遵守し、これに従う」 says the same twice.
        let kept = ["を遵守して", "を守って"].iter().any(|end| first.core.ends_with(end));
        kept && ["これに従って", "これらに従って"].contains(&later.core.as_str())
    });
    for at in 0..acts.len() {
        let before = at.checked_sub(1).map(|before| acts[before].core.clone());
        let condition = acts[at].conditions.last().map(|condition| condition.words.clone());
        let told = condition.as_deref().and_then(occasion);
        let act = &mut acts[at];
        let of_condition = OF_CONDITION.iter().any(|end| act.core.ends_with(end));
        let found = told.filter(|_| of_condition).or_else(|| before.as_deref().and_then(object));
        let made = before.as_deref().is_some_and(|core| MADE.iter().any(|end| core.ends_with(end)));
        act.core = pronouns(&act.core, before.as_deref(), found.as_deref());
        act.spare =
            act.spare.iter().map(|spare| pronouns(spare, before.as_deref(), found.as_deref())).collect();
        if (lacks_object(act) || made && bare(&act.core))
            && let Some(object) = found
        {
            let told = TELLING.iter().any(|end| act.core.ends_with(end));
            let done = before
                .as_deref()
                .is_some_and(|before| before.ends_with("を実施して") || before.ends_with("対策を講じて"));
            let object = if told && done { format!("{object}の実施状況") } else { object };
            act.core = format!("{object}を{}", act.core);
        }
    }
    acts
}

/// What was made is what is kept up, whatever the sentence is about: 「情報資産について、台帳を作成し、見直す」.
const MADE: [&str; 7] =
    ["を作成して", "を整備して", "を策定して", "を備えて", "を定めて", "を取得して", "を設けて"];

/// No object at all, and a verb that needs one.
fn bare(core: &str) -> bool {
    !["を", "が", "は", "について", "に従", "に基づ"].iter().any(|particle| core.contains(particle))
        && ["見直して", "更新して", "保存して", "保管して", "提出して"].iter().any(|end| core.ends_with(end))
}

fn lacks_object(act: &Act) -> bool {
    let held = |text: &String| {
        text.contains('を') || text.contains("について") || text.ends_with("は、") || text.contains("に対し")
    };
    let whole = format!("{}{}", act.topics.concat(), act.spare.concat());
    // 「職員がいつでも閲覧できる状態にしておく」: が belongs to the clause inside.
    let state = act.core.ends_with("状態にして");
    let object = ["を", "が", "は", "について"]
        .iter()
        .any(|particle| act.core.contains(particle) && !(state && *particle == "が"));
    // 「影響を排除した場所に設置して」: を belongs to the clause inside.
    let placed = act.core.ends_with("場所に設置して") || act.core.ends_with("場所に保管して");
    let object = object && !(placed && act.core.matches('を').count() == 1 && act.core.contains("た場所"));
    let telling = !act.conditions.is_empty() && TELLING.iter().any(|end| act.core.ends_with(end));
    let effort = act.core.ends_with("よう努めて");
    let alone = telling || !effort && WITHOUT_OBJECT.iter().any(|end| act.core.ends_with(end));
    !object && !held(&whole) && !alone
}

/// What a condition speaks of: 「端末を持ち出すときは、」「修正プログラムが公表されたときは、」.
pub(super) fn occasion(words: &str) -> Option<String> {
    let (before, rest) = words.rsplit_once('を').or_else(|| words.split_once('が'))?;
    let noun = before.rsplit('、').next().unwrap_or(before);
    let noun = noun.rsplit("により").next().unwrap_or(noun);
    // 「サーバの取付けを行う」: the thing is the server.
    let done = ["行う", "行った", "する", "した"].iter().any(|verb| rest.starts_with(verb));
    let noun = if done { noun.rsplit_once('の').map_or(noun, |(thing, _)| thing) } else { noun };
    // 「貸与を受けた端末を」: the thing is the terminal.
    let noun =
        if noun.contains('を') { noun.rsplit(['た', 'る', 'を']).next().unwrap_or(noun) } else { noun };
    (!noun.is_empty() && noun.chars().count() <= LONGEST).then(|| noun.to_string())
}

/// Words that end what stands before the object.
const BEFORE_OBJECT: [&str; 13] = [
    "うちから",
    "から",
    "により",
    "に基づき",
    "に応じて",
    "に応じ",
    "において",
    "について",
    "に対し",
    "として",
    "ごとに",
    "時に",
    "際に",
];

/// The object of an act: 「アクセスの記録を取得して」 → アクセスの記録.
pub(super) fn object(core: &str) -> Option<String> {
    let (before, verb) = core.rsplit_once('を')?;
    // 「影響を排除した場所に設置する」: the object belongs to the clause inside.
    if ["した", "する", "された", "できる", "ない", "いる"].iter().any(|word| verb.contains(word))
    {
        return None;
    }
    let joint = before.contains("その他")
        || before.contains("及び")
        || before.contains("又は")
        || before.contains("並びに");
    let noun = if joint { before } else { before.rsplit('、').next().unwrap_or(before) };
    let noun = BEFORE_OBJECT.iter().fold(noun, |noun, word| noun.rsplit(word).next().unwrap_or(noun));
    let noun = match noun.rsplit_once('に') {
        // 媒体に番号を付す: what follows speaks of the medium.
        Some((thing, _)) if verb == "付して" || verb == "貼り付けて" => thing,
        Some((_, thing))
            if !thing.contains(['る', 'た', 'う', 'す', 'い', 'れ']) && !thing.starts_with("必要") =>
        {
            thing
        }
        _ => noun,
    };
    let noun = noun
        .trim_start_matches("又は")
        .trim_start_matches("及び")
        .trim_start_matches("その")
        .trim_start_matches('、');
    let fits = !noun.is_empty()
        && noun.chars().count() <= LONGEST
        && !noun.contains("これ")
        && !noun.ends_with("等の");
    fits.then(|| noun.to_string())
}

fn pronouns(text: &str, before: Option<&str>, object: Option<&str>) -> String {
    let mut text = text.to_string();
    if let Some(object) = object {
        for (from, to) in [
            ("これらを", format!("{object}を")),
            ("これを", format!("{object}を")),
            ("これに基づき", format!("{object}に基づき")),
            ("これに従い", format!("{object}に従い")),
            ("これに従って", format!("{object}に従って")),
            ("それを", format!("{object}を")),
        ] {
            text = text.replace(from, &to);
        }
    }
    let Some(place) = text.find("その").filter(|place| its(&text[..*place])) else { return text };
    let rest = &text[place + "その".len()..];
    if ["他", "都度", "うち", "ため", "上", "際", "旨", "所属", "所管", "重要", "職務"]
        .iter()
        .any(|word| rest.starts_with(word))
    {
        return text;
    }
    let outcome = OUTCOMES.iter().any(|word| rest.starts_with(word));
    let named = if outcome { before.and_then(act_noun) } else { None };
    let plain = |object: &&str| {
        !rest.starts_with("指示") && !rest.starts_with("パスワード") && object.chars().count() <= 20
    };
    let owner = named.or_else(|| object.filter(plain).map(str::to_string));
    match owner {
        Some(owner) => format!("{}{owner}の{rest}", &text[..place]),
        None => format!("{}{rest}", &text[..place]),
    }
}

/// その is a word of its own and no part of another.
fn its(before: &str) -> bool {
    before.is_empty() || before.ends_with(['、', 'を', 'に', 'は', 'び', 'て', '度', '月'])
}

/// 「課における実施状況を自ら点検して」 → 点検.
fn act_noun(core: &str) -> Option<String> {
    for verb in ["を実施して", "を行って"] {
        if let Some(act) = core.strip_suffix(verb) {
            let noun = act.rsplit(['、', 'り', 'に', 'て', 'る', 'た']).next()?;
            return Some(noun.to_string()).filter(|noun| noun.chars().count() <= 12);
        }
    }
    let stem = core.strip_suffix("して")?;
    let noun: String =
        stem.chars().rev().take_while(|c| ('一'..='龠').contains(c) || ('ァ'..='ー').contains(c)).collect();
    let noun: String = noun.chars().rev().collect();
    let often = ["毎日", "毎週", "毎月", "毎年度", "随時", "適宜"];
    let noun = often.iter().find_map(|word| noun.strip_prefix(word)).unwrap_or(&noun).to_string();
    (noun.chars().count() >= 2).then_some(noun)
}

#[cfg(test)]
mod tests {
    use super::super::chain::acts;

    #[test]
    fn the_second_part_keeps_its_object_and_its_meaning() {
        for (text, wanted) in [
            ("アクセスの記録を取得し、一年以上保存する", "アクセスの記録を一年以上保存して"),
            ("実施状況を自ら点検し、その結果を統括責任者に報告する", "点検の結果を統括責任者に報告して"),
            ("対処するための組織を整備し、その役割を明らかにする", "対処するための組織の役割を明らかにして"),
            ("一覧を作成し、職員等に周知する", "一覧を職員等に周知して"),
            ("情報を消去し、その日時、担当者及び方法を記録する", "消去の日時、担当者及び方法を記録して"),
            ("命を受け、実務に従事する", "実務に従事して"),
            ("媒体について、管理簿を整備し、四半期ごとに更新する", "管理簿を四半期ごとに更新して"),
            ("手引を作成し、職員がいつでも参照できる状態にする", "手引を職員がいつでも参照できる状態にして"),
            (
                "個人情報保護法、著作権法その他の法令を遵守し、これに従う",
                "個人情報保護法、著作権法その他の法令を遵守して",
            ),
            ("支給を受けた鍵を紛失したときは、直ちに返還する", "鍵を直ちに返還して"),
        ] {
            let last = acts(text).pop().map(|act| act.core);
            assert_eq!(last.as_deref(), Some(wanted), "{text}");
        }
    }
}
