//! Owns the settings that a round needs, read once per reload.

use crate::pg::setting;
use crate::webhooks::address::AllowedHosts;
use crate::webhooks::retry::Delays;
use crate::webhooks::settings;

/// The settings.
pub struct Settings {
    /// Whether anything is sent.
    pub is_enabled: bool,
    /// Receivers that may be called though they are not public.
    pub allowed: AllowedHosts,
    /// The waits between tries.
    pub delays: Delays,
    /// Bytes of deliveries that may be in memory.
    pub memory: usize,
}

/// A delivery is in memory as it was read, as it is handed over and as it is sent.
const COPIES: usize = 4;

impl Settings {
    /// The check hooks have accepted these texts; one that still cannot be read falls back to its default.
    pub fn read() -> Self {
        let memory = usize::try_from(settings::WORKER_MEMORY_MB.get()).unwrap_or(64);
        Self {
            is_enabled: settings::WEBHOOKS_ENABLED.get(),
            allowed: AllowedHosts::parse(&setting::text(&settings::ALLOWED_HOSTS))
                .unwrap_or_default(),
            delays: Delays::parse(&setting::text(&settings::RETRY_DELAYS)).unwrap_or_default(),
            memory: memory * 1024 * 1024 / COPIES,
        }
    }
}
