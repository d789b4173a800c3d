//! Owns the two things another thread may touch of PostgreSQL's main thread: its latch, and the mask of its signals.

use pgrx::pg_sys;
use std::sync::atomic::{AtomicBool, Ordering};

unsafe extern "C" {
    // Raw, because pgrx's own refuses to be called off the main thread.
    fn SetLatch(latch: *mut pg_sys::Latch);
}

/// The latch of the worker's main thread, as another thread sees it: set at most once until the main thread has drained.
pub struct MainLatch {
    latch: *mut pg_sys::Latch,
    is_set: AtomicBool,
}

// SAFETY: SetLatch is made to be called from signal handlers and other processes: it touches atomics and sends a signal.
unsafe impl Send for MainLatch {}
// SAFETY: as above; is_set is atomic.
unsafe impl Sync for MainLatch {}

impl MainLatch {
    /// The latch of this process. Main thread only.
    pub fn of_this_process() -> Self {
        Self {
            // SAFETY: MyLatch is set before a worker's main function runs and lives as long as the process.
            latch: unsafe { pg_sys::MyLatch },
            is_set: AtomicBool::new(false),
        }
    }

    /// Wakes the main thread. From any thread.
    pub fn set(&self) {
        if !self.is_set.swap(true, Ordering::SeqCst) {
            // SAFETY: see the trait implementations.
            unsafe { SetLatch(self.latch) }
        }
    }

    /// To be called by the main thread before it drains what it was woken for.
    pub fn drained(&self) {
        // A swap, so that what is drained afterwards is read after it: a plain store could come behind those reads.
        self.is_set.swap(false, Ordering::SeqCst);
    }
}

/// Sets a latch that lives in shared memory.
///
/// # Safety
/// `latch` is a latch of a process slot, which stays mapped as long as the server runs.
pub unsafe fn set_shared(latch: *mut pg_sys::Latch) {
    // SAFETY: the caller's.
    unsafe { SetLatch(latch) }
}

/// While alive, threads made here are born with all signals blocked.
pub struct SignalsBlocked(libc::sigset_t);

impl SignalsBlocked {
    /// Blocks all signals of this thread until the guard is dropped.
    pub fn enter() -> Self {
        // SAFETY: plain calls on local memory.
        unsafe {
            let (mut all, mut before) = (std::mem::zeroed(), std::mem::zeroed());
            libc::sigfillset(&mut all);
            libc::pthread_sigmask(libc::SIG_SETMASK, &all, &mut before);
            Self(before)
        }
    }
}

impl Drop for SignalsBlocked {
    fn drop(&mut self) {
        // SAFETY: restores what enter found.
        unsafe {
            libc::pthread_sigmask(libc::SIG_SETMASK, &self.0, std::ptr::null_mut());
        }
    }
}
