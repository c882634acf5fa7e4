//! The texts of notices and their blanks.

use super::Kind;
use crate::refusal::Refusal;

/// What the list of the missing was called before; texts that officers wrote then go on working.
const FORMER: (&str, &str) = ("未回答者", "未提出者");

/// Every blank, and what stands in its place.
pub const BLANKS: [(&str, &str); 10] = [
    ("氏名", "宛先の氏名"),
    ("所属", "宛先の所属"),
    ("点検名", "点検の名称"),
    ("開始日", "点検の開始日"),
    ("期限", "宛先の回答期限（延長後）"),
    ("残り", "「期限まであと3日です。」などの文"),
    ("点検票", "宛先が提出していない点検票と回答画面"),
    ("未提出者", "所属の未提出者（所属長への一覧だけ）"),
    ("確認待ち", "宛先の確認又は承認を待っているもの（確認・承認待ちの一覧だけ）"),
    ("問合せ先", "点検の問合せ先"),
];

/// The blank's name today.
fn current(name: &str) -> &str {
    if name == FORMER.0 { FORMER.1 } else { name }
}

/// May this be the text of a notice?
///
/// # Errors
/// When it is empty, a blank is unknown or not closed, or names what only the heads may read.
pub fn check(kind: Kind, field: &str, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::field(field, "入力してください。"));
    }
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let Some(name) = rest[at..].strip_prefix('{').and_then(|after| after.split_once('}')) else {
            return Err(Refusal::field(field, "差込み項目の「{」と「}」が対になっていません。"));
        };
        let blank = current(name.0);
        if !BLANKS.iter().any(|(known, _)| *known == blank) {
            let text = format!("差込み項目「{{{}}}」はありません。使える項目は下の表のとおりです。", name.0);
            return Err(Refusal::field(field, text));
        }
        if blank == "未提出者" && kind != Kind::Digest {
            return Err(Refusal::field(field, "「{未提出者}」は、所属長への一覧だけで使えます。"));
        }
        if blank == "確認待ち" && kind != Kind::Waiting {
            return Err(Refusal::field(field, "「{確認待ち}」は、確認・承認待ちの一覧だけで使えます。"));
        }
        rest = name.1;
    }
    Ok(())
}

/// The text with its blanks filled in; what is put in is not looked at again.
pub fn fill(text: &str, values: &[(&str, String)]) -> String {
    let (mut filled, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}') {
            Some((name, behind)) => {
                let value = values.iter().find(|(known, _)| *known == current(name));
                filled.push_str(value.map_or("", |(_, value)| value.as_str()));
                rest = behind;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// Subject and body until the officer changes them.
pub(super) fn usual(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Start => ("{点検名}の実施について（依頼）", START),
        Kind::Before => ("【お願い】{点検名}の回答期限は{期限}です", REMINDER),
        Kind::OnDay => ("【本日期限】{点検名}への回答について", REMINDER),
        Kind::Overdue => ("【至急】{点検名}の回答期限を過ぎています", REMINDER),
        Kind::Waiting => ("{点検名}　確認又は承認をお願いします", WAITING),
        Kind::Digest => ("{点検名}　{所属}の未提出者について", DIGEST),
    }
}

const START: &str = "{氏名}　様\n\n{点検名}を実施します。次の点検票に、{期限}までに回答してください。\n\n{点検票}\n\n\
見直しにサインインすると、最初の画面に回答する点検票が表示されます。\n\n問合せ先：{問合せ先}\n";

const REMINDER: &str = "{氏名}　様\n\n{点検名}の回答が、まだ提出されていません。\n回答期限は{期限}です。{残り}\n\n{点検票}\n\n\
見直しにサインインすると、最初の画面に回答する点検票が表示されます。\n\
既に提出された場合は、行き違いですので御容赦ください。\n\n問合せ先：{問合せ先}\n";

const DIGEST: &str = "{所属}　{氏名}　様\n\n{点検名}の回答期限は{期限}です。{残り}\n\
所属の次の職員から、まだ提出されていません。声を掛けてくださるようお願いします。\n\n{未提出者}\n\n\
問合せ先：{問合せ先}\n";

const WAITING: &str = "{所属}　{氏名}　様\n\n{点検名}について、次のものがあなたの確認又は承認を待っています。\n\n\
{確認待ち}\n\n見直しにサインインすると、最初の画面に表示されます。\n\n問合せ先：{問合せ先}\n";
