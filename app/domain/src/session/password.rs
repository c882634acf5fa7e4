//! What may be a password: length instead of composition, nothing that everybody tries first.

use crate::refusal::Refusal;

/// Shortest password, in characters.
pub const SHORTEST: usize = 10;
/// Longest password, in characters; nobody types more, and hashing takes time.
pub const LONGEST: usize = 200;

/// Whose password it is to be; it must not be what everybody knows about the person.
#[derive(Debug, Clone, Copy)]
pub struct Owner<'a> {
    pub login: &'a str,
    pub staff_no: &'a str,
    pub name: &'a str,
    pub kana: &'a str,
}

/// The words that are tried first. Compared without case, repeated, and with digits, signs or years around them,
/// so that a short one does not become long enough by a year.
const COMMON: [&str; 40] = [
    "password",
    "passw0rd",
    "p@ssw0rd",
    "p@ssword",
    "pasuwado",
    "パスワード",
    "ぱすわーど",
    "1234567890",
    "0123456789",
    "12345678",
    "123456789",
    "0987654321",
    "9876543210",
    "1111111111",
    "0000000000",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "1qaz2wsx3edc",
    "qwertyuiop",
    "qwerty",
    "qwertyui",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefgh",
    "abcdefghij",
    "abcd1234",
    "iloveyou",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "welcome",
    "administrator",
    "admin",
    "letmein",
    "changeme",
    "sakura",
    "nippon",
    "shiyakusho",
    "minaoshi",
];

/// What is compared: case, blanks and width of letters do not matter.
fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(narrow).flat_map(char::to_lowercase).collect()
}

/// A common word, alone, repeated, or with digits and signs around it.
fn is_common(password: &str) -> bool {
    let bare = password.trim_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation());
    let common = |text: &str| {
        COMMON.contains(&text)
            || COMMON.iter().any(|word| text.len() > word.len() && text.replace(word, "").is_empty())
    };
    let first = password.chars().next();
    common(password) || common(bare) || password.chars().all(|c| Some(c) == first)
}

/// May this be a password?
///
/// # Errors
/// When it is too short or too long, says who the owner is, is among the commonest, or the entries differ.
pub fn check_password(password: &str, again: &str, owner: Owner<'_>) -> Result<(), Refusal> {
    let refuse = |text: String| Err(Refusal::field("password", text));
    let length = password.chars().count();
    if length < SHORTEST {
        return refuse(format!("パスワードは{SHORTEST}文字以上にしてください。"));
    }
    if length > LONGEST {
        return refuse(format!("パスワードは{LONGEST}文字以内にしてください。"));
    }
    let word = plain(password);
    let own = [owner.login, owner.staff_no, owner.name, owner.kana].map(plain);
    if own.iter().any(|own| !own.is_empty() && word.replace(own.as_str(), "").is_empty()) {
        return refuse(
            "利用者ID、職員番号又は氏名は、パスワードに使えません。別の言葉にしてください。".into(),
        );
    }
    if is_common(&word) {
        return refuse(
            "よく使われるパスワードのため、使えません。自分だけが思い付く言葉にしてください。".into(),
        );
    }
    if password != again {
        return Err(Refusal::field("again", "確認のための入力が、パスワードと一致していません。"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_counts_and_what_everybody_tries_first_is_refused() {
        let owner = Owner {
            login: "hirano.tomoko",
            staff_no: "0000001025",
            name: "平野 智子",
            kana: "ひらの ともこ",
        };
        for (password, allowed) in [
            ("みじかい", false),
            ("なぎはらの海は青い2026", true),
            ("correct horse battery", true),
            (&"あ1".repeat(100), true),
            (&"あ1".repeat(101), false),
            ("Hirano.Tomoko", false),
            ("ｈｉｒａｎｏ．ｔｏｍｏｋｏ", false),
            ("00000010250000001025", false),
            ("平野智子平野　智子平野智子", false),
            ("Password2026!", false),
            ("1234567890", false),
            ("１２３４５６７８９０", false),
            ("パスワード2026", false),
            ("passwordpassword", false),
            ("ああああああああああああ", false),
            ("qwertyuiop", false),
            ("sakurasakura", false),
            ("桜の花が咲くころに", false),
            ("桜の花が咲くころに会う", true),
        ] {
            assert_eq!(check_password(password, password, owner).is_ok(), allowed, "{password}");
        }
    }

    #[test]
    fn the_second_entry_must_be_the_same() {
        let owner = Owner { login: "1", staff_no: "1", name: "", kana: "" };
        let refused = check_password("なぎはらの海は青い夏", "なぎはらの海は白い夏", owner);
        assert_eq!(refused.unwrap_err().field.as_deref(), Some("again"));
    }
}
