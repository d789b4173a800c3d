//! Owns quantities of usage: exact to a millionth, so that a sum does not depend on the order of its rows. Pure.

use std::ops::{Add, AddAssign};

const MILLION: f64 = 1e6;
/// Far above any sum of usage; keeps the sum of all rows of a table within the type.
const MOST: i128 = 10_i128.pow(31);

/// An amount of usage, in millionths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(i128);

impl Quantity {
    /// From millionths; what is larger than 1e25 counts as 1e25.
    pub fn from_millionths(millionths: i128) -> Self {
        Self(millionths.clamp(-MOST, MOST))
    }

    /// From a whole number.
    pub fn whole(number: u32) -> Self {
        Self(i128::from(number) * 1_000_000)
    }

    /// To the nearest millionth.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a cast of a double saturates"
    )]
    pub fn from_f64(number: f64) -> Self {
        Self::from_millionths((number * MILLION).round() as i128)
    }

    /// For the formulas, which divide.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a score needs far fewer digits than a double has"
    )]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / MILLION
    }

    /// Whether there is any of it.
    pub const fn is_some(self) -> bool {
        self.0 > 0
    }

    /// This many times as much.
    #[must_use]
    pub const fn times(self, factor: i128) -> Self {
        Self(self.0.saturating_mul(factor))
    }

    /// Half as much, to a millionth.
    #[must_use]
    pub const fn halved(self) -> Self {
        Self(self.0 / 2)
    }

    /// PostgreSQL's stored form of `numeric`, without its length word (its `utils/adt/numeric.c`): a header of two or
    /// four bytes, then digits to base 10,000. Rounded half away from zero to a millionth; `None` for NaN and
    /// infinities. Read here, digit by digit, because a call of PostgreSQL's conversion for every row took longer than
    /// all formulas.
    pub fn from_numeric(stored: &[u8]) -> Option<Self> {
        let header = word(stored, 0)?;
        let (negative, weight, digits) = match header & 0xC000 {
            0xC000 => return None,
            0x8000 => {
                let low = i32::from(header & 0x003F);
                let weight = if header & 0x0040 == 0 {
                    low
                } else {
                    low - 0x40
                };
                (header & 0x2000 != 0, weight, stored.get(2..)?)
            }
            sign => (
                sign == 0x4000,
                i32::from(word(stored, 2)?.cast_signed()),
                stored.get(4..)?,
            ),
        };
        let millionths = millionths(weight, digits);
        Some(Self::from_millionths(if negative {
            -millionths
        } else {
            millionths
        }))
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_ne_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]))
}

/// The first digit stands for `10,000 ^ weight`.
fn millionths(weight: i32, digits: &[u8]) -> i128 {
    let mut sum = 0_i128;
    // Of a digit's power of ten, in millionths: a multiple of four, and two.
    let mut exponent = weight.saturating_mul(4).saturating_add(6);
    for digit in digits.chunks_exact(2) {
        let digit = word(digit, 0).map_or(0, i128::from);
        sum = match u32::try_from(exponent) {
            Ok(power) => digit
                .checked_mul(10_i128.checked_pow(power).unwrap_or(MOST))
                .map_or(MOST, |it| sum.saturating_add(it)),
            // Two of its four places are millionths, the other two decide the rounding.
            Err(_) if exponent == -2 => sum + (digit + 50) / 100,
            Err(_) => break,
        };
        exponent = exponent.saturating_sub(4);
    }
    sum.min(MOST)
}

impl Add for Quantity {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Quantity {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn stored(header: &[u16], digits: &[u16]) -> Vec<u8> {
        let words = header.iter().chain(digits);
        words.flat_map(|word| word.to_ne_bytes()).collect()
    }

    fn short(weight: u16, digits: &[u16]) -> Option<Quantity> {
        Quantity::from_numeric(&stored(&[0x8000 | (weight & 0x7F)], digits))
    }

    #[test]
    fn stored_numbers_are_read() {
        assert_eq!(short(0, &[]), Some(Quantity::default()));
        assert_eq!(short(0, &[42]), Some(Quantity::whole(42)));
        assert_eq!(short(1, &[12, 3456]), Some(Quantity::whole(123_456)));
        assert_eq!(
            short(0, &[1, 5000]),
            Some(Quantity::from_millionths(1_500_000))
        );
        // 0.0001234 and 0.00012350 to a millionth
        assert_eq!(short(0x7F, &[1, 2340]), Some(Quantity(123)));
        assert_eq!(short(0x7F, &[1, 2350]), Some(Quantity(124)));
        assert_eq!(short(0x7E, &[49]), Some(Quantity(0)));
        assert_eq!(short(0x7E, &[50]), Some(Quantity(1)));
        let long = stored(&[0x4000, 0], &[7]);
        assert_eq!(Quantity::from_numeric(&long), Some(Quantity(-7_000_000)));
    }

    #[test]
    fn what_is_no_number_or_broken_is_none() {
        assert_eq!(Quantity::from_numeric(&stored(&[0xC000], &[])), None);
        assert_eq!(Quantity::from_numeric(&[]), None);
        assert_eq!(Quantity::from_numeric(&[0]), None);
    }

    #[test]
    fn what_is_absurdly_large_is_cut() {
        assert_eq!(short(30, &[1]), Some(Quantity(MOST)));
        assert_eq!(short(6, &[9999, 9999]), Some(Quantity(MOST)));
        let long = stored(&[0x0000, 30_000], &[1]);
        assert_eq!(Quantity::from_numeric(&long), Some(Quantity(MOST)));
    }
}
