//! Takes trees as parsers get them wrong, gives whether what is read from them is right all the same.
//! Invariant: each mend has a sentence that shows it, and one that it must leave alone.

use super::check;

#[test]
fn what_is_only_part_of_the_case_is_not_denied() {
    check(
        "Shells NOUN NNS shell 4 nsubj
        not PART RB not 4 advmod
        only ADV RB only 2 advmod
        hit VERB VBD hit 0 root
        homes NOUN NNS home 4 obj",
        &["Main hit.Past who:Shells what:homes"],
        &[],
    );
    check(
        "Shells NOUN NNS shell 4 nsubj
        did AUX VBD do 4 aux
        not PART RB not 4 advmod
        hit VERB VB hit 0 root
        homes NOUN NNS home 4 obj",
        &["Main not:not hit.Past who:Shells what:homes"],
        &[],
    );
}

#[test]
fn a_negation_inside_a_quotation_stays_there() {
    check(
        "“ PUNCT `` “ 5 punct
        Not PART RB not 5 advmod
        , PUNCT , , 5 punct
        ” PUNCT '' ” 5 punct
        wrote VERB VBD write 0 root
        residents NOUN NNS resident 5 nsubj",
        &["Main write.Past who:residents"],
        &["residents | write | Not"],
    );
}

#[test]
fn a_participle_behind_who_is_told_describes_them() {
    check(
        "He PRON PRP he 2 nsubj
        told VERB VBD tell 0 root
        families NOUN NNS family 2 obj
        gathered VERB VBN gather 2 ccomp
        outside ADV RB outside 4 advmod",
        &["Main tell.Past who:He what:families", "Relative ^0 gather.None.passive who*:families"],
        &[],
    );
}

#[test]
fn nothing_is_compounded_with_a_verb_that_has_a_tense() {
    check(
        "A DET DT a 3 det
        local ADJ JJ local 3 amod
        page NOUN NN page 4 compound
        reports VERB VBZ report 0 root
        clashes NOUN NNS clash 4 obj",
        &["Main report.Present who:A local page what:clashes", "Nominal ^0 clash.None"],
        &["A local page | report | clashes"],
    );
}
