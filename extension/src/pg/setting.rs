//! Owns how a setting is declared: its text, its check hook, the wording of an error. The settings themselves are declared in the rooms they belong to.

use pgrx::guc::{GucContext, GucFlags, GucRegistry, GucSetting};
use pgrx::pg_sys;
use std::ffi::{CStr, CString, c_char};

/// A setting that holds text.
pub type TextSetting = GucSetting<Option<CString>>;

/// The text of a string setting, empty where unset.
pub fn text(setting: &TextSetting) -> String {
    setting
        .get()
        .map(|value| value.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Reserves the prefix of our settings: PostgreSQL then warns of a misspelt one instead of keeping it silently.
pub fn reserve_prefix() {
    // SAFETY: the prefix is ours.
    unsafe { pg_sys::MarkGUCPrefixReserved(c"customer_success".as_ptr()) }
}

/// Declares a text setting that superusers change, for a database too; `check` is made by [`check_hook!`](crate::pg::setting::check_hook).
pub fn define_text(
    name: &'static CStr,
    short: &'static CStr,
    long: &'static CStr,
    setting: &'static TextSetting,
    check: pg_sys::GucStringCheckHook,
) {
    define_flagged(name, short, long, setting, check, GucFlags::default());
}

/// The same, of a setting whose value only superusers see.
pub fn define_hidden_text(
    name: &'static CStr,
    short: &'static CStr,
    long: &'static CStr,
    setting: &'static TextSetting,
    check: pg_sys::GucStringCheckHook,
) {
    define_flagged(name, short, long, setting, check, GucFlags::SUPERUSER_ONLY);
}

fn define_flagged(
    name: &'static CStr,
    short: &'static CStr,
    long: &'static CStr,
    setting: &'static TextSetting,
    check: pg_sys::GucStringCheckHook,
    flags: GucFlags,
) {
    // SAFETY: the hooks are guarded and only read their argument.
    unsafe {
        GucRegistry::define_string_guc_with_hooks(
            name,
            short,
            long,
            setting,
            GucContext::Suset,
            flags,
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
pub unsafe fn accept(value: *mut *mut c_char, check: fn(&str) -> Result<(), String>) -> bool {
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
        #[pgrx::pg_guard]
        unsafe extern "C-unwind" fn $name(
            value: *mut *mut std::ffi::c_char,
            _extra: *mut *mut std::ffi::c_void,
            _source: pgrx::pg_sys::GucSource::Type,
        ) -> bool {
            let check: fn(&str) -> Result<(), String> = $check;
            // SAFETY: called as a check hook.
            unsafe { $crate::pg::setting::accept(value, check) }
        }
    };
}
pub(crate) use check_hook;
