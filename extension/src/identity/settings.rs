//! Owns the settings that say who is calling, which superusers and the gateway's role alone may set, and how long a linked role may
//! keep a transaction open.

use super::cache;
use crate::pg::setting::{self, TextSetting, check_hook};
use pgrx::guc::{GucContext, GucFlags, GucRegistry, GucSetting};
use pgrx::prelude::*;
use std::ffi::{CStr, c_char, c_void};

/// `app.current_user_id`: the person on whose behalf statements run.
pub static USER_ID: TextSetting = TextSetting::new(Some(c""));
/// `app.current_tenant_id`: the tenant a person with several works in.
pub static TENANT_ID: TextSetting = TextSetting::new(Some(c""));
/// `app.client_id`: the browser tab or integration a change comes from.
pub static CLIENT_ID: TextSetting = TextSetting::new(Some(c""));

/// `customer_success.linked_role_seconds`: how long a transaction of a linked role may last.
pub static LINKED_ROLE_SECONDS: GucSetting<i32> = GucSetting::<i32>::new(300);
/// The longest that it can be set to: a day.
const MOST_SECONDS: i32 = 86_400;

/// Declares them; called once, when the library is loaded.
pub fn define() {
    GucRegistry::define_int_guc(
        c"customer_success.linked_role_seconds",
        c"How long a transaction of a database role that is linked to a person may last.",
        c"The worker then ends its session: an open transaction holds locks and keeps dead rows alive for all tenants. 0 means for ever.",
        &LINKED_ROLE_SECONDS,
        0,
        MOST_SECONDS,
        GucContext::Suset,
        GucFlags::UNIT_S,
    );
    define_identity(
        c"app.current_user_id",
        c"Person on whose behalf statements run: a UUID or empty.",
        &USER_ID,
    );
    define_identity(
        c"app.current_tenant_id",
        c"Tenant a person with several works in: a UUID or empty.",
        &TENANT_ID,
    );
    define_identity(
        c"app.client_id",
        c"Browser tab or integration a change comes from: a UUID or empty.",
        &CLIENT_ID,
    );
}

/// The browser tab or integration that a change comes from, where it was named.
pub fn client_id() -> Option<String> {
    Some(setting::text(&CLIENT_ID)).filter(|it| !it.is_empty())
}

fn define_identity(name: &'static CStr, short: &'static CStr, setting: &'static TextSetting) {
    // SAFETY: both hooks only read their argument and drop a cache.
    unsafe {
        GucRegistry::define_string_guc_with_hooks(
            name,
            short,
            c"Set by the gateway's role and superusers only.",
            setting,
            GucContext::Suset,
            GucFlags::default(),
            Some(check_uuid),
            Some(forget_identity),
            None,
        );
    }
}

check_hook!(check_uuid, |text| {
    match text.is_empty() || uuid::Uuid::try_parse(text).is_ok() {
        true => Ok(()),
        false => Err("It must be a UUID or empty.".to_owned()),
    }
});

#[pg_guard]
unsafe extern "C-unwind" fn forget_identity(_value: *const c_char, _extra: *mut c_void) {
    cache::forget_caller();
}
