//! The key shared with the authenticator (RFC 6238: SHA-1, six digits, 30 seconds), and how it is handed over.

use crate::error::{StoreError, StoreResult};
use domain::second_factor::key_groups;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;
use time::OffsetDateTime;
use totp_rs::{Builder, Secret, Totp};

/// A shared key.
pub struct Key(Secret);

/// A key as it is shown: once, for setting up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Base32 in groups of four, for typing it in.
    pub groups: String,
    /// The QR code's dark modules as the path of an SVG with this many units on each side, margin included.
    pub path: String,
    pub side: usize,
}

/// Light modules around a QR code (ISO/IEC 18004).
const MARGIN: usize = 4;

fn machine(error: impl std::fmt::Display) -> StoreError {
    StoreError::Machine(error.to_string())
}

impl Key {
    /// A new random key of 160 bits.
    pub fn random() -> Key {
        Key(Secret::generate())
    }

    /// A stored key.
    ///
    /// # Errors
    /// When it is not Base32.
    pub fn stored(base32: &str) -> StoreResult<Key> {
        Secret::try_from_base32(base32).map(Key).map_err(machine)
    }

    /// What is stored.
    pub fn base32(&self) -> String {
        self.0.to_base32()
    }

    fn totp(&self, site: &str, account: &str) -> StoreResult<Totp> {
        let builder = Builder::new().with_secret(self.0.clone());
        // A colon would end the name in the address the QR code holds.
        let plain = |text: &str| text.replace(':', "：");
        builder.with_account_name(plain(account)).with_issuer(Some(plain(site))).build().map_err(machine)
    }

    /// The step of a code that fits now, one step earlier or one later (RFC 6238, 5.2).
    ///
    /// # Errors
    /// When the key is too short.
    pub fn step_of(&self, digits: &str, now: OffsetDateTime) -> StoreResult<Option<i64>> {
        let seconds = u64::try_from(now.unix_timestamp()).map_err(machine)?;
        let step = self.totp("minaoshi", "-")?.check(digits, seconds);
        Ok(step.and_then(|step| i64::try_from(step).ok()))
    }

    /// The key for the screen.
    ///
    /// # Errors
    /// When the QR code can't be drawn.
    pub fn draw(&self, site: &str, account: &str) -> StoreResult<Drawn> {
        let url = self.totp(site, account)?.to_url().map_err(machine)?;
        let code = QrCode::with_error_correction_level(url, EcLevel::M).map_err(machine)?;
        let width = code.width();
        let mut path = String::new();
        for (at, color) in code.to_colors().into_iter().enumerate() {
            if color == Color::Dark {
                let (x, y) = (at % width + MARGIN, at / width + MARGIN);
                write!(path, "M{x} {y}h1v1h-1z").map_err(machine)?;
            }
        }
        Ok(Drawn { groups: key_groups(&self.base32()), path, side: width + 2 * MARGIN })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, SHA-1: the last six of the eight digits there.
    #[test]
    fn codes_are_those_of_the_standard() {
        let key = Key(Secret::from(*b"12345678901234567890"));
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            let now = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
            let tries = [(-60, false), (-30, true), (0, true), (30, true), (60, false)];
            for (late, fits) in tries.into_iter().filter(|(late, _)| seconds + late >= 0) {
                let step = key.step_of(code, now + time::Duration::seconds(late)).unwrap();
                assert_eq!(step, fits.then_some(seconds / 30), "{code} {late} s later");
            }
        }
    }

    #[test]
    fn a_key_is_stored_and_drawn_so_that_it_comes_back() {
        let key = Key::random();
        let again = Key::stored(&key.base32()).unwrap();
        assert_eq!(again.base32(), key.base32());
        let drawn = key.draw("見直し：凪原市", "000102").unwrap();
        assert_eq!(drawn.groups.replace(' ', ""), key.base32());
        assert!(drawn.path.starts_with("M4 4h1v1h-1z"), "the corner of the code is dark");
        assert!(Key::stored("0!").is_err());
    }
}
