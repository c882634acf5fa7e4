//! Items that describe a thing or a state: what is done with it, the lead-in says.

/// What a lead-in makes of an item that is no act by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Frame {
    /// 「次のいずれにも該当する端末を用いる」: the noun and what is done with it.
    Thing { noun: String, act: String },
    /// 「次の状態を確かめる」
    Check(&'static str),
}

/// Words before the noun that has to be like the items.
const LIKE: [&str; 9] = [
    "に該当する",
    "にも該当する",
    "にも適合する",
    "に適合する",
    "要件を満たす",
    "条件を満たす",
    "基準を満たす",
    "要件を備えた",
    "条件を備えた",
];
/// The longest noun.
const LONGEST: usize = 20;

/// The frame that the words behind the announcement of a list set.
pub(super) fn of(rest: &str) -> Option<Frame> {
    let like = LIKE.iter().find_map(|word| rest.split_once(word)).map(|(_, after)| after);
    if let Some((noun, act)) = like.and_then(|after| after.split_once('を')) {
        let fits = !noun.is_empty() && noun.chars().count() <= LONGEST && !noun.contains('、');
        return fits.then(|| Frame::Thing { noun: noun.to_string(), act: format!("を{act}") });
    }
    let checks = [
        ("を確かめ", "を確かめる"),
        ("を確認し", "を確認する"),
        ("を確認する", "を確認する"),
        ("を確認の", "を確認する"),
    ];
    checks.into_iter().find(|(word, _)| rest.contains(word)).map(|(_, act)| Frame::Check(act))
}

impl Frame {
    /// The item as an act: 「多要素認証を設定したものであること」 → 「多要素認証を設定した端末を用いる」.
    pub(super) fn act(&self, item: &str) -> Option<String> {
        let item = item.trim_end_matches('。');
        match self {
            Frame::Thing { noun, act } => {
                let like = item.strip_suffix("ものであること").or_else(|| item.strip_suffix("こと"))?;
                like.ends_with(['る', 'た', 'だ', 'う', 'す', 'の']).then(|| format!("{like}{noun}{act}"))
            }
            Frame::Check(act) => {
                let state = ["であること", "ていること", "でいること", "があること", "られること"];
                state.iter().any(|end| item.ends_with(end)).then(|| format!("{item}{act}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_and_states_become_acts() {
        for (lead, item, wanted) in [
            (
                "次の各号のいずれにも該当する媒体を使用する",
                "市が配備したものであること",
                "市が配備した媒体を使用する",
            ),
            (
                "次の要件を満たすサービスを利用する",
                "国内で運用されていること",
                "国内で運用されているサービスを利用する",
            ),
            ("次の事項を確認しなければならない", "更新が済んでいること", "更新が済んでいることを確認する"),
            ("次の状態を確認すること", "窓が閉まっていること", "窓が閉まっていることを確認する"),
            ("次の状態を確かめること", "電源が切れる状態であること", "電源が切れる状態であることを確かめる"),
        ] {
            let act = of(lead).and_then(|frame| frame.act(item));
            assert_eq!(act.as_deref(), Some(wanted), "{lead}");
        }
        assert_eq!(of("次の状態を確かめること").and_then(|frame| frame.act("施錠すること")), None);
        assert_eq!(of("次の措置を講じる"), None);
    }
}
