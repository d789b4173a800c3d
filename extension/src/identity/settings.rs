//! Owns the settings that say who is calling, which superusers and the gateway's role alone may set, and how long a linked role may
//! keep a transaction open.

use super::cache;
use crate::pg::setting::{self, TextSetting, check_hook};
use pgrx::guc::{GucContext, GucFlags, GucRegistry, GucSetting};
use pgrx::pg_sys;
use pgrx::prelude::*;
use std::ffi::{CStr, CString, c_char, c_void};

/// `customer_success.identity_prefix`: what the names of the following three begin with, in place of `app`.
static PREFIX: TextSetting = TextSetting::new(Some(c"app"));
/// The longest that it can be.
const LONGEST_PREFIX: usize = 40;

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
    define_prefix();
    define_identity(
        "current_user_id",
        c"Person on whose behalf statements run: a UUID or empty.",
        &USER_ID,
    );
    define_identity(
        "current_tenant_id",
        c"Tenant a person with several works in: a UUID or empty.",
        &TENANT_ID,
    );
    define_identity(
        "client_id",
        c"Browser tab or integration a change comes from: a UUID or empty.",
        &CLIENT_ID,
    );
}

/// The names are the whole cluster's, so their prefix is settled when the library is loaded.
fn define_prefix() {
    // SAFETY: a plain variable of this process; the hook only reads its argument.
    unsafe {
        GucRegistry::define_string_guc_with_hooks(
            c"customer_success.identity_prefix",
            c"What the names of the settings that say who is calling begin with.",
            c"With another application in the cluster that uses app.current_user_id or app.current_tenant_id, choose another; run select cs.install() in each database after a change.",
            &PREFIX,
            match pg_sys::process_shared_preload_libraries_in_progress {
                true => GucContext::Postmaster,
                false => GucContext::SuBackend,
            },
            GucFlags::default(),
            Some(check_prefix),
            None,
            None,
        );
    }
}

check_hook!(check_prefix, |text| {
    let is_name = text.starts_with(|it: char| it.is_ascii_lowercase())
        && text
            .chars()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_');
    match is_name && text.len() <= LONGEST_PREFIX {
        true => Ok(()),
        false => Err("It must be a name of a-z, 0-9 and _, at most 40 characters.".to_owned()),
    }
});

/// The whole name of one of the settings that say who is calling.
pub fn identity_name(name: &str) -> String {
    format!("{}.{name}", setting::text(&PREFIX))
}

/// The browser tab or integration that a change comes from, where it was named.
pub fn client_id() -> Option<String> {
    Some(setting::text(&CLIENT_ID)).filter(|it| !it.is_empty())
}

fn define_identity(name: &str, short: &'static CStr, setting: &'static TextSetting) {
    // Kept for as long as the process lives, as PostgreSQL keeps the setting.
    let name: &'static CStr = match CString::new(identity_name(name)) {
        Ok(name) => Box::leak(name.into_boxed_c_str()),
        Err(_) => return,
    };
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
