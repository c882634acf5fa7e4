use super::*;

fn first(text: &str) -> Option<(Series, String, String)> {
    let label = labels(text).into_iter().find(|label| !label.glued)?;
    Some((label.series, label.canonical, label.rest))
}

#[test]
fn labels_of_every_row_are_read() {
    for (line, series, canonical, rest) in [
        ("第１章　総則", Series::Chapter, "第1章", "総則"),
        ("第　１　章　　総　則", Series::Chapter, "第1章", "総　則"),
        ("第 2 条 職員は", Series::Article, "第2条", "職員は"),
        ("第二十一条　職員は", Series::Article, "第21条", "職員は"),
        ("第9条の2 職員は", Series::Article, "第9条の2", "職員は"),
        ("第9条の2の3 職員は", Series::Article, "第9条の2の3", "職員は"),
        ("第４条及び第５条　削除", Series::Article, "第4条及び第5条", "削除"),
        ("第9条から第12条まで 削除", Series::Article, "第9条から第12条まで", "削除"),
        ("第1条（目的）", Series::Article, "第1条", "（目的）"),
        ("第1部 基本方針", Series::Part, "第1部", "基本方針"),
        ("第1 趣旨", Series::Dai, "第1", "趣旨"),
        ("第１　目的", Series::Dai, "第1", "目的"),
        ("10 実施手順", Series::Number, "10", "実施手順"),
        ("２　市立の", Series::Number, "2", "市立の"),
        ("1. 目的", Series::Number, "1", "目的"),
        ("１．目的", Series::Number, "1", "目的"),
        ("1、目的", Series::Number, "1", "目的"),
        ("2)確認", Series::Half, "2)", "確認"),
        ("２） 確認", Series::Half, "2)", "確認"),
        ("（１）　情報", Series::Paren, "(1)", "情報"),
        ("( 1 ) 情報", Series::Paren, "(1)", "情報"),
        ("⑴ 情報", Series::Paren, "(1)", "情報"),
        ("(12)情報", Series::Paren, "(12)", "情報"),
        ("（二の二）　情報", Series::Paren, "(2の2)", "情報"),
        ("一　市の", Series::Kanji, "(1)", "市の"),
        ("一、市の", Series::Kanji, "(1)", "市の"),
        ("ア ネット", Series::Kana, "ア", "ネット"),
        ("ア．ネット", Series::Kana, "ア", "ネット"),
        ("(ア) ネット", Series::ParenKana, "(ア)", "ネット"),
        ("③共用", Series::Circled, "③", "共用"),
        ("㉑　共用", Series::Circled, "㉑", "共用"),
        ("a 端末", Series::Latin, "a", "端末"),
        ("ａ　端末", Series::Latin, "a", "端末"),
        ("(b) 端末", Series::ParenLatin, "(b)", "端末"),
        ("ⅱ) 端末", Series::Roman, "ii)", "端末"),
        ("Ⅲ　運用", Series::UpperRoman, "III", "運用"),
        ("B 運用", Series::Upper, "B", "運用"),
        ("2-4-1 端末", Series::Dotted(3), "2-4-1", "端末"),
        ("２―４―１　端末", Series::Dotted(3), "2―4―1", "端末"),
        ("1.3 用語", Series::Dotted(2), "1.3", "用語"),
        ("２．１．用語", Series::Dotted(2), "2.1", "用語"),
        ("附　則（令和２年訓令第５号）", Series::Supplement, "附則(令和2年訓令第5号)", ""),
        (
            "附　則　この規程は、公布の日から施行する。",
            Series::Supplement,
            "附則",
            "この規程は、公布の日から施行する。",
        ),
    ] {
        assert_eq!(first(line), Some((series, canonical.to_string(), rest.to_string())), "{line}");
    }
}

#[test]
fn words_that_only_look_like_labels_are_none() {
    for line in [
        "第１８条第１項の報告",
        "第3条の規定により",
        "第2章に定める",
        "３年間保存",
        "アクセス制御",
        "一般職",
        "一部改正",
        "平成15年 4月",
        "I/O 装置",
        "10月1日から",
        "1.5倍とする",
        "24時間以内",
    ] {
        assert_eq!(first(line), None, "{line}");
    }
}

#[test]
fn a_kana_may_belong_to_two_rows_and_a_letter_be_a_numeral() {
    let rows = |text: &str| labels(text).into_iter().map(|label| label.series).collect::<Vec<_>>();
    assert_eq!(rows("イ 所属長"), [Series::Kana, Series::Iroha]);
    assert_eq!(rows("(i) 所属長"), [Series::ParenLatin, Series::ParenRoman]);
}
