//! Owns the settings of deliveries: whether anything is sent, where to, when again, and the address of the pages in payloads.

use super::address::{AllowedHosts, Endpoint};
use super::retry::Delays;
use crate::pg::setting::{TextSetting, check_hook, define_text};
use pgrx::guc::{GucContext, GucFlags, GucRegistry, GucSetting};

/// `customer_success.webhooks_enabled`: whether anything is sent at all.
pub static WEBHOOKS_ENABLED: GucSetting<bool> = GucSetting::<bool>::new(true);
/// `customer_success.webhook_allowed_hosts`: receivers on private addresses that may be called.
pub static ALLOWED_HOSTS: TextSetting = TextSetting::new(Some(c""));
/// `customer_success.webhook_retry_delays`: how long to wait before each further attempt.
pub static RETRY_DELAYS: TextSetting = TextSetting::new(Some(Delays::DEFAULT));
/// `customer_success.public_url`: where the pages are, for links in payloads.
pub static PUBLIC_URL: TextSetting = TextSetting::new(Some(c""));

/// `customer_success.webhook_memory`: MiB that deliveries may take in the worker.
pub static WORKER_MEMORY_MB: GucSetting<i32> = GucSetting::<i32>::new(64);

/// Declares them; called once, when the library is loaded.
pub fn define() {
    GucRegistry::define_bool_guc(
        c"customer_success.webhooks_enabled",
        c"Whether webhooks are sent.",
        c"Off: deliveries wait in the queue. Switch it off before a copy of this cluster is started elsewhere.",
        &WEBHOOKS_ENABLED,
        GucContext::Suset,
        GucFlags::default(),
    );
    GucRegistry::define_int_guc(
        c"customer_success.webhook_memory",
        c"Memory that deliveries may take in the worker.",
        c"However many wait; those that do not fit stay in the queue until others have left.",
        &WORKER_MEMORY_MB,
        8,
        4096,
        GucContext::Suset,
        GucFlags::UNIT_MB,
    );
    define_text(
        c"customer_success.webhook_allowed_hosts",
        c"Receivers that may be called although they are local, private or without TLS.",
        c"Comma-separated host or host:port as written in the URL, without case; IP literals too, no wildcard. Default empty.",
        &ALLOWED_HOSTS,
        Some(check_allowed_hosts),
    );
    define_text(
        c"customer_success.webhook_retry_delays",
        c"Waits before the second and each further attempt of a delivery.",
        c"Comma-separated numbers with ms, s, min, h or d, each varied by 20 %; the last one repeats.",
        &RETRY_DELAYS,
        Some(check_retry_delays),
    );
    define_text(
        c"customer_success.public_url",
        c"Address of the pages, such as https://cs.example.com.",
        c"Start of account_url in webhook payloads; empty leaves account_url null.",
        &PUBLIC_URL,
        Some(check_public_url),
    );
    super::mail::settings::define();
}

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
