//! Evidence (証跡): files beside an answer, what kinds are taken and how many.

use crate::refusal::Refusal;

/// The largest file that is taken, in bytes.
pub const SIZE_LIMIT: usize = 10 * 1024 * 1024;
/// The most files beside one answer.
pub const MOST_FILES: usize = 20;
/// The longest name that is kept, in characters.
const NAME_LIMIT: usize = 120;

/// What a file is, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Png,
    Jpeg,
    Gif,
    Webp,
    Tiff,
    Pdf,
    Docx,
    Xlsx,
    Pptx,
    Doc,
    Xls,
    Ppt,
}

/// Kind, key, type for the browser, ends of names.
type Line = (Kind, &'static str, &'static str, &'static [&'static str]);

const KINDS: [Line; 12] = [
    (Kind::Png, "png", "image/png", &["png"]),
    (Kind::Jpeg, "jpeg", "image/jpeg", &["jpg", "jpeg"]),
    (Kind::Gif, "gif", "image/gif", &["gif"]),
    (Kind::Webp, "webp", "image/webp", &["webp"]),
    (Kind::Tiff, "tiff", "image/tiff", &["tif", "tiff"]),
    (Kind::Pdf, "pdf", "application/pdf", &["pdf"]),
    (
        Kind::Docx,
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        &["docx"],
    ),
    (Kind::Xlsx, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"]),
    (
        Kind::Pptx,
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        &["pptx"],
    ),
    (Kind::Doc, "doc", "application/msword", &["doc"]),
    (Kind::Xls, "xls", "application/vnd.ms-excel", &["xls"]),
    (Kind::Ppt, "ppt", "application/vnd.ms-powerpoint", &["ppt"]),
];

/// For the file control: the ends of names it offers.
pub const ACCEPT: &str = ".png,.jpg,.jpeg,.gif,.webp,.tif,.tiff,.pdf,.docx,.xlsx,.pptx,.doc,.xls,.ppt";

impl Kind {
    fn line(self) -> Line {
        KINDS.into_iter().find(|(kind, ..)| *kind == self).unwrap_or(KINDS[0])
    }

    /// The key in the database.
    pub fn key(self) -> &'static str {
        self.line().1
    }

    /// The kind of a key.
    pub fn from_key(key: &str) -> Option<Kind> {
        KINDS.into_iter().find(|(_, listed, ..)| *listed == key).map(|(kind, ..)| kind)
    }

    /// The type for the browser.
    pub fn media_type(self) -> &'static str {
        self.line().2
    }

    /// Pictures whose names end like another picture's are common and harmless.
    fn is_image(self) -> bool {
        self.media_type().starts_with("image/")
    }
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// None of the kinds.
    Unknown,
    /// It runs programs when it is opened.
    Macro,
    /// It can't be read without a password.
    Locked,
}

impl Unfit {
    fn reason(self) -> &'static str {
        match self {
            Unfit::Unknown => "画像、PDF又はOfficeの文書ではありません",
            Unfit::Macro => "マクロを含んでいます。マクロのない形式で保存し直してください",
            Unfit::Locked => "パスワードが付いています。パスワードを外して保存し直してください",
        }
    }
}

/// May this file be attached beside so many others? Gives its kind.
///
/// # Errors
/// When it is empty, too large, one too many, of another kind, or its name says something else than its content.
pub fn may_attach(
    name: &str,
    size: usize,
    found: Result<Kind, Unfit>,
    others: usize,
) -> Result<Kind, Refusal> {
    let refuse = |reason: &str| Err(Refusal::new(format!("「{name}」は添付できません。{reason}。")));
    if size == 0 {
        return refuse("中身が空です");
    }
    if size > SIZE_LIMIT {
        return refuse("大きさが10MBを超えています");
    }
    if others >= MOST_FILES {
        return refuse("1つの設問に添付できるのは20件までです");
    }
    match found {
        Err(unfit) => refuse(unfit.reason()),
        Ok(kind) if !fits(name, kind) => refuse("ファイル名の末尾（拡張子）と中身の種類が異なります"),
        Ok(kind) => Ok(kind),
    }
}

fn fits(name: &str, kind: Kind) -> bool {
    let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
    let of = |line: &Line| line.3.contains(&end.as_str());
    of(&kind.line()) || kind.is_image() && KINDS.iter().any(|line| line.0.is_image() && of(line))
}

/// The name without folders and control characters, at most so long that a list stays readable.
pub fn tidy_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let clean: String = last.chars().filter(|c| !hidden(*c)).collect();
    let clean = clean.trim();
    let length = clean.chars().count();
    if length <= NAME_LIMIT {
        return clean.to_string();
    }
    // The end says what it is and stays.
    let end = clean.rsplit_once('.').map(|(_, end)| format!("….{end}")).unwrap_or_default();
    let kept = NAME_LIMIT.saturating_sub(end.chars().count());
    clean.chars().take(kept).collect::<String>() + &end
}

/// 1,234,567 bytes in words: 1.2MB.
pub fn size_text(bytes: i64) -> String {
    match bytes {
        ..1_000_000 => format!("{}KB", (bytes + 999) / 1000),
        _ => format!("{}.{}MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_and_what_is_not() {
        let pdf = Ok(Kind::Pdf);
        assert_eq!(may_attach("台帳.PDF", 1, pdf, 0), Ok(Kind::Pdf));
        assert_eq!(may_attach("写真.png", 1, Ok(Kind::Jpeg), 19), Ok(Kind::Jpeg));
        for (name, size, found, others, said) in [
            ("台帳.pdf", 0, pdf, 0, "空"),
            ("台帳.pdf", SIZE_LIMIT + 1, pdf, 0, "10MB"),
            ("台帳.pdf", 1, pdf, 20, "20件"),
            ("台帳.exe", 1, pdf, 0, "拡張子"),
            ("台帳", 1, pdf, 0, "拡張子"),
            ("台帳.docx", 1, Ok(Kind::Xlsx), 0, "拡張子"),
            ("台帳.pdf", 1, Err(Unfit::Unknown), 0, "Office"),
            ("台帳.xlsx", 1, Err(Unfit::Macro), 0, "マクロ"),
            ("台帳.xlsx", 1, Err(Unfit::Locked), 0, "パスワード"),
        ] {
            let refused = may_attach(name, size, found, others).expect_err(said).text;
            assert!(refused.contains(said) && refused.contains(name), "{refused}");
        }
    }

    #[test]
    fn names_lose_folders_and_tricks_and_keep_their_end() {
        assert_eq!(tidy_name("C:\\Users\\x\\台帳.pdf"), "台帳.pdf");
        assert_eq!(tidy_name("../../etc/台帳.pdf"), "台帳.pdf");
        assert_eq!(tidy_name("a\r\nb\u{202e}fdp.exe"), "abfdp.exe");
        let long = tidy_name(&format!("{}.pdf", "あ".repeat(300)));
        assert!(long.ends_with("….pdf") && long.chars().count() == NAME_LIMIT, "{long}");
    }

    #[test]
    fn keys_find_their_kinds_and_sizes_read_well() {
        for (kind, key, ..) in KINDS {
            assert_eq!((kind.key(), Kind::from_key(key)), (key, Some(kind)));
            assert!(ACCEPT.contains(kind.line().3[0]), "{key}");
        }
        assert_eq!([1, 1000, 999_000, 1_250_000].map(size_text), ["1KB", "1KB", "999KB", "1.2MB"]);
    }
}
