//! Takes treebanks (`*.conllu`), gives `models/calibration.toml`: how often arcs were right, by what both parsers say.
//! Invariant: the borders stand here and nowhere else; a step nothing fell into takes the share of the step below it.
//!
//! `cargo run --release -p sulh-syntax --example calibrate -- FILE... > models/calibration.toml`, on treebanks that
//! neither parser learned from. The present figures are of EWT test, GUM test and `corpus/syntax/test.conllu`.

#![expect(clippy::print_stdout, reason = "what is printed is the file")]

use std::error::Error;
use sulh_syntax::witness::{Agreement, Opinion};
use sulh_syntax::{Depth, Parser, Tree, conllu};

const HEAD: &str = "\
# How often an arc (head and relation, subtypes aside) was right, by what the two parsers say of it and by how sure
# the parser whose tree it is was itself: `borders` cut that sureness into steps, `right` is the share in each step.
# Made by `cargo run --release -p sulh-syntax --example calibrate`; `arcs` is how many each share is of.
";

fn borders(agreement: Agreement) -> &'static [f32] {
    match agreement {
        Agreement::Both => &[0.5, 0.7, 0.8, 0.85, 0.9, 0.95],
        Agreement::Head => &[0.4, 0.6, 0.8],
        Agreement::Neither => &[0.3, 0.45, 0.6, 0.75, 0.9],
        Agreement::Alone => &[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8],
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let parser = Parser::shipped(Depth::Both)?;
    let mut cells = Agreement::ALL.map(|kind| vec![(0_u32, 0_u32); borders(kind).len() + 1]);
    for file in std::env::args().skip(1) {
        for sentence in conllu::read(&std::fs::read_to_string(&file)?)? {
            let words: Vec<&str> = sentence.words.iter().map(|word| word.form.as_str()).collect();
            let Some(opinions) = parser.opinions(&words, Depth::Both) else { continue };
            let gold = sentence.tree()?;
            let linear = &opinions.linear;
            let mut add = |opinion: &Opinion, second: Option<&Tree>| {
                let right = Agreement::of(&gold, &opinion.tree);
                let seen = second.map(|second| Agreement::of(&opinion.tree, second));
                for (at, (right, sure)) in right.iter().zip(&opinion.sure).enumerate() {
                    let kind = seen.as_ref().map_or(Agreement::Alone, |seen| seen[at]);
                    let step = borders(kind).iter().filter(|border| sure >= *border).count();
                    let cell = &mut cells[kind as usize][step];
                    cell.0 += u32::from(*right == Agreement::Both);
                    cell.1 += 1;
                }
            };
            add(linear, None);
            if let Some(encoder) = &opinions.encoder {
                add(encoder, Some(&linear.tree));
            }
        }
    }
    print!("{HEAD}");
    for kind in Agreement::ALL {
        let mut last = 0.0;
        let mut shares = Vec::new();
        for (right, arcs) in &cells[kind as usize] {
            if *arcs > 0 {
                last = f64::from(*right) / f64::from(*arcs);
            }
            shares.push(format!("{last:.3}"));
        }
        let arcs: Vec<String> =
            cells[kind as usize].iter().map(|cell| cell.1.to_string()).collect();
        println!("\n[{}]\nborders = {:?}", kind.as_str(), borders(kind));
        println!("right = [{}]\narcs = [{}]", shares.join(", "), arcs.join(", "));
    }
    Ok(())
}
