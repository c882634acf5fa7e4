//! Words of the workbench.

use store::question::{ActView, Show};

/// Reasons that come up again and again; anything else is written freely.
pub const REASONS: [&str; 4] = ["点検対象外", "実施手順で確認", "他の設問で確認", "設問にならない定め"];

/// What an act is called.
pub fn act(kind: &str) -> &'static str {
    match kind {
        "accepted" => "採用",
        "edited" => "直して採用",
        "bulk" => "まとめて採用",
        "split" => "分割して採用",
        "merged" => "1問にまとめて採用",
        "rejected" => "却下",
        "reclassified" => "文の種類又は義務を負う人の変更",
        "exempted" => "設問にしない理由の記録",
        "added" => "設問の追加",
        _ => "処理",
    }
}

/// An act in one line.
pub fn told(act_view: &ActView) -> String {
    format!("{}　{}「{}」", act(&act_view.kind), act_view.short_path, shortened(&act_view.text))
}

/// Enough of a text to know it by.
pub fn shortened(text: &str) -> String {
    let start: String = text.chars().take(30).collect();
    if start.chars().count() < text.chars().count() { format!("{start}…") } else { start }
}

/// What a state of proposals is called.
pub fn show(show: Show) -> &'static str {
    match show {
        Show::Open => "未処理",
        Show::Accepted => "採用",
        Show::Rejected => "却下",
        Show::Elsewhere => "点検票のない役割",
        Show::All => "すべて",
    }
}

/// The keys and what they do.
pub const KEYS: [(&str, &str); 15] = [
    ("J", "次の案へ"),
    ("K", "前の案へ"),
    ("1～9", "画面の案を上から数えて選ぶ（理由を選ぶときは、その番号の理由）"),
    ("A", "案のまま採用"),
    ("E", "直して採用"),
    ("S", "分けて採用"),
    ("R", "却下"),
    ("X", "まとめる候補に入れる・外す"),
    ("M", "候補を1問にまとめる"),
    ("C", "文の種類と義務を負う人を改める"),
    ("N", "設問にしない理由を記録する"),
    ("I", "設問を自分で書く"),
    ("Z", "直前の処理を取り消す"),
    ("Ctrl＋Enter", "入力中の内容を保存する"),
    ("Esc", "入力をやめて案に戻る"),
];
