//! Owns the setting that bounds how often a playbook runs at once.

use pgrx::guc::{GucContext, GucFlags, GucRegistry, GucSetting};

/// `customer_success.playbook_burst`: the most runs of a playbook in ten minutes.
pub static PLAYBOOK_BURST: GucSetting<i32> = GucSetting::<i32>::new(1_000);

/// Declares it; called once, when the library is loaded.
pub fn define() {
    GucRegistry::define_int_guc(
        c"customer_success.playbook_burst",
        c"The most runs of a playbook in ten minutes.",
        c"What it matches beyond waits in playbook_bursts until a person releases or drops it.",
        &PLAYBOOK_BURST,
        1,
        1_000_000,
        GucContext::Suset,
        GucFlags::default(),
    );
}
