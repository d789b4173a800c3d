//! Owns every setting: name, meaning, unit, bounds, and who may change it.

use crate::identity;
use crate::webhooks::address::{AllowedHosts, Endpoint};
use crate::webhooks::retry::Delays;
use pgrx::guc::{GucContext, GucFlags, GucRegistry, GucSetting};
use pgrx::pg_sys;
use pgrx::prelude::*;
use std::ffi::{CStr, CString, c_char, c_void};

/// `app.current_user_id`: the person on whose behalf statements run.
pub static USER_ID: GucSetting<Option<CString>> = GucSetting::<Option<CString>>::new(Some(c""));
/// `app.current_tenant_id`: the tenant a person with several works in.
pub static TENANT_ID: GucSetting<Option<CString>> = GucSetting::<Option<CString>>::new(Some(c""));
/// `app.client_id`: the browser tab or integration a change comes from.
pub static CLIENT_ID: GucSetting<Option<CString>> = GucSetting::<Option<CString>>::new(Some(c""));
/// `customer_success.webhooks_enabled`: whether anything is sent at all.
pub static WEBHOOKS_ENABLED: GucSetting<bool> = GucSetting::<bool>::new(true);
/// `customer_success.webhook_allowed_hosts`: receivers on private addresses that may be called.
pub static ALLOWED_HOSTS: GucSetting<Option<CString>> =
    GucSetting::<Option<CString>>::new(Some(c""));
/// `customer_success.webhook_retry_delays`: how long to wait before each further try.
pub static RETRY_DELAYS: GucSetting<Option<CString>> =
    GucSetting::<Option<CString>>::new(Some(c"5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h"));
/// `customer_success.public_url`: where the pages are, for links in payloads.
pub static PUBLIC_URL: GucSetting<Option<CString>> = GucSetting::<Option<CString>>::new(Some(c""));

/// The text of a string setting, empty where unset.
pub fn text(setting: &GucSetting<Option<CString>>) -> String {
    setting
        .get()
        .map(|value| value.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Declares all settings; called once, when the library is loaded.
pub fn define() {
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
    GucRegistry::define_bool_guc(
        c"customer_success.webhooks_enabled",
        c"Whether webhooks are sent.",
        c"Off: deliveries wait in the queue. Switch it off before a copy of this cluster is started elsewhere.",
        &WEBHOOKS_ENABLED,
        GucContext::Sighup,
        GucFlags::default(),
    );
    define_checked(
        c"customer_success.webhook_allowed_hosts",
        c"Receivers that may be called although they are local, private or without TLS.",
        c"Comma-separated host or host:port as written in the URL, without case; IP literals too, no wildcard. Default empty.",
        &ALLOWED_HOSTS,
        Some(check_allowed_hosts),
    );
    define_checked(
        c"customer_success.webhook_retry_delays",
        c"Waits before the second and each further try of a delivery.",
        c"Comma-separated numbers with ms, s, min, h or d, each varied by 20 %; the last one repeats.",
        &RETRY_DELAYS,
        Some(check_retry_delays),
    );
    define_checked(
        c"customer_success.public_url",
        c"Address of the pages, such as https://cs.example.com.",
        c"Start of account_url in webhook payloads; empty leaves account_url null.",
        &PUBLIC_URL,
        Some(check_public_url),
    );
    // SAFETY: the prefix is ours; a misspelt setting under it is warned of instead of kept silently.
    unsafe { pg_sys::MarkGUCPrefixReserved(c"customer_success".as_ptr()) }
}

fn define_identity(
    name: &'static CStr,
    short: &'static CStr,
    setting: &'static GucSetting<Option<CString>>,
) {
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

fn define_checked(
    name: &'static CStr,
    short: &'static CStr,
    long: &'static CStr,
    setting: &'static GucSetting<Option<CString>>,
    check: pg_sys::GucStringCheckHook,
) {
    // SAFETY: the hooks are guarded and only read their argument.
    unsafe {
        GucRegistry::define_string_guc_with_hooks(
            name,
            short,
            long,
            setting,
            GucContext::Sighup,
            GucFlags::default(),
            check,
            None,
            None,
        );
    }
}

/// Runs a pure check over the proposed value; its complaint becomes the error's detail.
///
/// # Safety
/// `value` is the argument PostgreSQL hands to a string check hook.
unsafe fn accept(value: *mut *mut c_char, check: fn(&str) -> Result<(), String>) -> bool {
    // SAFETY: PostgreSQL passes a pointer to a C string or to NULL.
    unsafe {
        if (*value).is_null() {
            return true;
        }
        let complaint = match CStr::from_ptr(*value).to_str() {
            Ok(text) => check(text),
            Err(_) => Err("It is not valid UTF-8.".to_owned()),
        };
        match complaint {
            Ok(()) => true,
            Err(complaint) => {
                let text = CString::new(complaint).unwrap_or_default();
                pg_sys::GUC_check_errdetail_string = pg_sys::pstrdup(text.as_ptr());
                false
            }
        }
    }
}

/// Declares a check hook: the pure check over the proposed text that it runs.
macro_rules! check_hook {
    ($name:ident, $check:expr) => {
        #[pg_guard]
        unsafe extern "C-unwind" fn $name(
            value: *mut *mut c_char,
            _extra: *mut *mut c_void,
            _source: pg_sys::GucSource::Type,
        ) -> bool {
            let check: fn(&str) -> Result<(), String> = $check;
            // SAFETY: called as a check hook.
            unsafe { accept(value, check) }
        }
    };
}

check_hook!(check_uuid, |text| {
    match text.is_empty() || uuid::Uuid::try_parse(text).is_ok() {
        true => Ok(()),
        false => Err("It must be a UUID or empty.".to_owned()),
    }
});

check_hook!(check_allowed_hosts, |text| {
    AllowedHosts::parse(text).map(drop)
});

check_hook!(check_retry_delays, |text| Delays::parse(text).map(drop));

check_hook!(check_public_url, |text| {
    match text.is_empty() || Endpoint::parse(text).is_ok() {
        true => Ok(()),
        false => Err("It must be an http or https URL, or empty.".to_owned()),
    }
});

#[pg_guard]
unsafe extern "C-unwind" fn forget_identity(_value: *const c_char, _extra: *mut c_void) {
    identity::forget();
}
