//! Owns the settings of how long deliveries are kept once they are over.

use pgrx::guc::{GucContext, GucFlags, GucRegistry, GucSetting};

/// `customer_success.webhook_retention_days`: how long what arrived is kept.
pub static WEBHOOK_RETENTION_DAYS: GucSetting<i32> = GucSetting::<i32>::new(30);
/// `customer_success.dead_letter_retention_days`: how long what was given up is kept.
pub static DEAD_LETTER_RETENTION_DAYS: GucSetting<i32> = GucSetting::<i32>::new(180);

/// A hundred years.
const MOST_DAYS: i32 = 36_500;

/// Declares them; called once, when the library is loaded.
pub fn define() {
    GucRegistry::define_int_guc(
        c"customer_success.webhook_retention_days",
        c"How many days a delivery that arrived is kept, with its tries.",
        c"0 means for ever.",
        &WEBHOOK_RETENTION_DAYS,
        0,
        MOST_DAYS,
        GucContext::Suset,
        GucFlags::default(),
    );
    GucRegistry::define_int_guc(
        c"customer_success.dead_letter_retention_days",
        c"How many days a delivery that was given up or cancelled is kept, with its tries.",
        c"Until then it can be sent again. 0 means for ever.",
        &DEAD_LETTER_RETENTION_DAYS,
        0,
        MOST_DAYS,
        GucContext::Suset,
        GucFlags::default(),
    );
}
