//! Takes nothing, gives cargo the folder whose new files must bring a new build.
//! Invariant: adding an example needs no registration anywhere.

fn main() {
    println!("cargo:rerun-if-changed=../../examples");
}
