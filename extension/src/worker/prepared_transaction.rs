//! Owns rolling back a prepared transaction of somebody else's. `ROLLBACK PREPARED` is refused inside a transaction block, and so
//! through SPI; what it calls is not.

use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::pg_sys;
use std::ffi::{CString, c_char};

unsafe extern "C-unwind" {
    fn FinishPreparedTransaction(gid: *const c_char, is_commit: bool);
}

/// Rolls it back, as the superuser that the process was started as; an error where it is gone. In a transaction of its own.
pub fn roll_back(gid: &str) -> Result<(), Fault> {
    sql::run("set local role none", &[])?;
    let gid = CString::new(gid).map_err(|_| Fault::internal("a gid holds no NUL"))?;
    // SAFETY: main thread, in a transaction; errors are caught at the boundary.
    unsafe {
        pg_sys::ffi::pg_guard_ffi_boundary(|| FinishPreparedTransaction(gid.as_ptr(), false));
    }
    Ok(())
}
