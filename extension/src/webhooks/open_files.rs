//! Owns how many files the network thread may have open: a connection is one, and the usual 1,024 are soon used up.

/// Enough for all that can be under way, and the looking up of their names.
const WANTED: libc::rlim_t = 16_384;

/// Raises what this process may open, as far as the system lets it. What it leaves fails try by try, and says so.
pub fn raise() {
    // SAFETY: plain calls on local memory.
    unsafe {
        let mut limit: libc::rlimit = std::mem::zeroed();
        if libc::getrlimit(libc::RLIMIT_NOFILE, &mut limit) != 0 || limit.rlim_cur >= WANTED {
            return;
        }
        limit.rlim_cur = WANTED.min(limit.rlim_max);
        libc::setrlimit(libc::RLIMIT_NOFILE, &limit);
    }
}
