//! Owns the list of databases, read without being connected to one.

use pgrx::pg_sys;

/// A database that accepts connections and is not a template.
#[derive(Debug, Clone, Copy)]
pub struct Database {
    /// Its oid.
    pub oid: pg_sys::Oid,
}

/// All of them. In a transaction of a process that is connected to shared catalogues only, where SPI does not work.
pub fn list() -> Vec<Database> {
    let mut found = Vec::new();
    // SAFETY: a scan of a shared catalogue, as PostgreSQL's own launchers do it; every row is a FormData_pg_database.
    unsafe {
        let relation = pg_sys::table_open(
            pg_sys::DatabaseRelationId,
            pg_sys::AccessShareLock.cast_signed(),
        );
        let scan = pg_sys::table_beginscan_catalog(relation, 0, std::ptr::null_mut());
        loop {
            let tuple = pg_sys::heap_getnext(scan, pg_sys::ScanDirection::ForwardScanDirection);
            if tuple.is_null() {
                break;
            }
            let row = pg_sys::GETSTRUCT(tuple).cast::<pg_sys::FormData_pg_database>();
            if (*row).datallowconn && !(*row).datistemplate {
                found.push(Database { oid: (*row).oid });
            }
        }
        if let Some(end) = (*(*(*scan).rs_rd).rd_tableam).scan_end {
            end(scan);
        }
        pg_sys::table_close(relation, pg_sys::AccessShareLock.cast_signed());
    }
    found
}
