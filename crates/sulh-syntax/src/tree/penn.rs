//! Takes nothing, gives the Penn tags of the English treebanks (the XPOS column).
//! Invariant: a tag and its name lead to one another; nothing outside the list can be written.

use super::names::named;

/// A name that is no Penn tag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no Penn tag of the English treebanks")]
pub struct UnknownTag(pub String);

named! {
/// A Penn tag: finer than a universal part of speech, and for verbs their form.
Penn, UnknownTag {
    Dollar = "$",
    CloseQuote = "''",
    OpenQuote = "``",
    Comma = ",",
    LeftBracket = "-LRB-",
    RightBracket = "-RRB-",
    Stop = ".",
    Colon = ":",
    Add = "ADD",
    Afx = "AFX",
    Cc = "CC",
    Cd = "CD",
    Dt = "DT",
    Ex = "EX",
    Fw = "FW",
    Gw = "GW",
    Hyph = "HYPH",
    In = "IN",
    Jj = "JJ",
    Jjr = "JJR",
    Jjs = "JJS",
    Ls = "LS",
    Md = "MD",
    Nfp = "NFP",
    Nn = "NN",
    Nnp = "NNP",
    Nnps = "NNPS",
    Nns = "NNS",
    Pdt = "PDT",
    Pos = "POS",
    Prp = "PRP",
    PrpPoss = "PRP$",
    Rb = "RB",
    Rbr = "RBR",
    Rbs = "RBS",
    Rp = "RP",
    Sym = "SYM",
    To = "TO",
    Uh = "UH",
    Vb = "VB",
    Vbd = "VBD",
    Vbg = "VBG",
    Vbn = "VBN",
    Vbp = "VBP",
    Vbz = "VBZ",
    Wdt = "WDT",
    Wp = "WP",
    WpPoss = "WP$",
    Wrb = "WRB",
    Xx = "XX",
}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for tag in Penn::ALL {
            assert_eq!(tag.as_str().parse::<Penn>().unwrap(), *tag);
        }
        assert!("NOUN".parse::<Penn>().is_err());
    }
}
