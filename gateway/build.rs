//! Tells cargo that the pages are part of the binary: a new build of them is a new build of this crate.

fn main() {
    println!("cargo:rerun-if-changed=web/dist");
}
