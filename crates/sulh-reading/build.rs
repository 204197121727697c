//! Takes nothing, gives cargo the folders whose new files must bring a new build.
//! Invariant: adding a rule file needs no registration anywhere.

fn main() {
    for folder in ["rules", "lexicons", "gazetteer"] {
        println!("cargo:rerun-if-changed=../../{folder}");
    }
}
