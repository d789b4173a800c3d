//! Makes cargo build this crate again when the pages were built again, since they are part of the binary.

fn main() {
    println!("cargo:rerun-if-changed=web/dist");
}
