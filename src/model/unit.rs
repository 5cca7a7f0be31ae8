//! Units: what a value counts, and at which scale. Parsing and printing of unit names live here and nowhere else.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// An ISO 4217 currency code, `JPY`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// The codes of ISO 4217, and those withdrawn since 2005.
const CODES: &str = "\
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
    CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD \
    GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD \
    KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK \
    NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD \
    SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD \
    XOF XPF YER ZAR ZMW ZWL";

/// The power of ten that a printed number is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// As it stands.
    One,
    /// Thousands.
    Thousand,
    /// Millions (百万).
    Million,
    /// Hundreds of millions (億), which only Japanese text uses.
    HundredMillion,
    /// Billions (十億).
    Billion,
    /// Trillions (兆).
    Trillion,
}

/// What a value is counted in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Money at a scale: `JPY million`; unscaled money (per share) is `JPY`.
    Money {
        /// The currency.
        currency: Currency,
        /// What one printed unit is worth.
        scale: Scale,
    },
    /// A share or a rate: `%`.
    Percent,
    /// A difference of two percentages: `pp`.
    Points,
    /// Things: `persons`, `ATMs`, `thousand subscriptions`.
    Count {
        /// What is counted, in the plural.
        noun: String,
        /// What one printed unit is worth.
        scale: Scale,
    },
}

/// A text that names no unit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a unit, expected a form like `JPY million`, `%`, `pp` or `thousand subscriptions`")]
pub struct UnitError(String);

impl Currency {
    /// The currency of a three-letter code in capitals. Three capitals that are no code may be things that are counted: `ATM`.
    pub fn new(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        // Three letters and a blank each.
        CODES.as_bytes().chunks(4).any(|known| known.starts_with(&bytes)).then_some(Self(bytes))
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a currency is made of ASCII capitals")
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Scale {
    const NAMED: [(Self, &'static str); 5] = [
        (Self::Thousand, "thousand"),
        (Self::Million, "million"),
        (Self::HundredMillion, "hundred million"),
        (Self::Billion, "billion"),
        (Self::Trillion, "trillion"),
    ];

    /// The number of zeros.
    pub fn exponent(self) -> u32 {
        match self {
            Self::One => 0,
            Self::Thousand => 3,
            Self::Million => 6,
            Self::HundredMillion => 8,
            Self::Billion => 9,
            Self::Trillion => 12,
        }
    }

    /// What one unit of this scale is worth.
    pub fn factor(self) -> Decimal {
        Decimal::from(10_i64.pow(self.exponent()))
    }

    /// The scale's name, empty for ones.
    pub fn name(self) -> &'static str {
        Self::NAMED.iter().find(|(scale, _)| *scale == self).map_or("", |(_, name)| name)
    }
}

impl Unit {
    /// Money of a currency at a scale.
    pub fn money(currency: Currency, scale: Scale) -> Self {
        Self::Money { currency, scale }
    }

    /// Things counted one by one.
    pub fn count(noun: &str) -> Self {
        Self::Count { noun: noun.to_owned(), scale: Scale::One }
    }

    /// The scale; ones for percentages and points.
    pub fn scale(&self) -> Scale {
        match self {
            Self::Money { scale, .. } | Self::Count { scale, .. } => *scale,
            Self::Percent | Self::Points => Scale::One,
        }
    }

    /// The same unit at another scale; percentages and points have none.
    pub fn at(&self, scale: Scale) -> Self {
        match self {
            Self::Money { currency, .. } => Self::Money { currency: *currency, scale },
            Self::Count { noun, .. } => Self::Count { noun: noun.clone(), scale },
            other => other.clone(),
        }
    }

    /// The currency, where the unit is money.
    pub fn currency(&self) -> Option<Currency> {
        match self {
            Self::Money { currency, .. } => Some(*currency),
            _ => None,
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Money { currency, scale: Scale::One } => f.write_str(currency.code()),
            Self::Money { currency, scale } => write!(f, "{} {}", currency.code(), scale.name()),
            Self::Percent => f.write_str("%"),
            Self::Points => f.write_str("pp"),
            Self::Count { noun, scale: Scale::One } => f.write_str(noun),
            Self::Count { noun, scale } => write!(f, "{} {noun}", scale.name()),
        }
    }
}

impl FromStr for Unit {
    type Err = UnitError;

    fn from_str(text: &str) -> Result<Self, UnitError> {
        let error = || UnitError(text.to_owned());
        match text {
            "%" => return Ok(Self::Percent),
            "pp" => return Ok(Self::Points),
            "" => return Err(error()),
            _ => {}
        }
        if let Some(currency) = text.get(..3).and_then(Currency::new) {
            let rest = text[3..].trim_start();
            if rest.is_empty() {
                return Ok(Self::money(currency, Scale::One));
            }
            if let Some((scale, _)) = Scale::NAMED.iter().find(|(_, name)| *name == rest) {
                return Ok(Self::money(currency, *scale));
            }
        }
        let scaled =
            Scale::NAMED.iter().find_map(|(scale, name)| Some((*scale, text.strip_prefix(name)?.strip_prefix(' ')?)));
        let (scale, noun) = scaled.unwrap_or((Scale::One, text));
        Ok(Self::Count { noun: noun.to_owned(), scale })
    }
}

impl Serialize for Unit {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::new(&code).ok_or_else(|| {
            serde::de::Error::custom(format!("`{code}` is not a currency, expected a code of ISO 4217 like `JPY`"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_is_a_currency_and_nothing_between_them() {
        for code in CODES.split(' ') {
            assert_eq!(Currency::new(code).expect(code).code(), code);
        }
        for other in ["", "ED ", "D A", "XXX", "usd", "US", "USDX"] {
            assert_eq!(Currency::new(other), None, "{other}");
        }
    }

    #[test]
    fn units_are_printed_as_they_were_read() {
        for text in
            ["JPY million", "JPY", "%", "pp", "persons", "thousand subscriptions", "Gbps", "ATMs", "ATM", "USD billion"]
        {
            assert_eq!(text.parse::<Unit>().map(|u| u.to_string()), Ok(text.to_owned()));
        }
        assert_eq!("ATM".parse(), Ok(Unit::count("ATM")));
        assert!("".parse::<Unit>().is_err());
    }

    #[test]
    fn a_unit_changes_scale_and_keeps_what_it_counts() {
        let million: Unit = "JPY million".parse().expect("a unit");
        assert_eq!(million.at(Scale::Billion).to_string(), "JPY billion");
        assert_eq!(Unit::Percent.at(Scale::Billion), Unit::Percent);
    }
}
