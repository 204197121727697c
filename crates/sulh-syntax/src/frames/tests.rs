//! Takes small trees written by hand, gives whether clauses and reports come out as they should.
//! Invariant: what is expected is written as the clause reads: role, verb, and who does what to whom.

mod any_tree;
mod mended;

use super::{Parse, sentence};
use crate::Sentence;
use crate::clause::Clause;
use crate::lexicon::Lexicon;
use crate::phrase::Phrase;
use crate::tree::{Node, Tree};
use sulh_model::span::Span;

/// A sentence from lines `form upos xpos lemma head relation`; a form with `_` before it stands without a space.
fn read(rows: &str) -> (String, Sentence) {
    let mut text = String::new();
    let (mut words, mut lemmas, mut nodes) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let fields: Vec<&str> = row.split(' ').collect();
        let [form, upos, penn, lemma, head, relation] = fields[..] else { panic!("{row}") };
        let glued = form.len() > 1 && form.starts_with('_');
        let form = if glued { &form[1..] } else { form };
        if !text.is_empty() && !glued {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(form);
        words.push(Span::new(start, text.len()));
        lemmas.push(lemma.to_owned());
        nodes.push(Node {
            upos: upos.parse().unwrap(),
            penn: penn.parse().unwrap(),
            head: head.parse::<usize>().unwrap().checked_sub(1),
            relation: relation.parse().unwrap(),
        });
    }
    let tree = Tree::new(nodes).unwrap();
    let certainty = vec![1.0; words.len()];
    let parse = Parse { words: &words, lemmas: &lemmas, tree: &tree, certainty: &certainty };
    let lexicon = Lexicon::shipped().unwrap();
    let read = sentence(&text, Span::new(0, text.len()), parse, &lexicon);
    (text, read)
}

/// A phrase with what hangs on it.
fn phrase(text: &str, shown: &Phrase) -> String {
    let mut line = shown.span.of(text).to_owned();
    for modifier in &shown.modifiers {
        line += &format!(" [{} {}]", modifier.case, phrase(text, &modifier.phrase));
    }
    for other in &shown.conjuncts {
        line += &format!(" + {}", phrase(text, other));
    }
    for other in &shown.appositions {
        line += &format!(" = {}", phrase(text, other));
    }
    line
}

/// A clause on one line: what is not there is left out.
fn line(text: &str, clause: &Clause) -> String {
    let verb = &clause.predicate;
    let mut parts = vec![format!("{:?}", clause.role)];
    parts.extend(clause.parent.map(|at| format!("^{at}")));
    parts.extend(clause.joined_to.map(|at| format!("&{at}")));
    parts.extend(clause.mark.as_ref().map(|mark| format!("<{mark}>")));
    parts.extend(verb.negation.map(|span| format!("not:{}", span.of(text))));
    parts.extend(verb.modal.as_ref().map(|modal| format!("modal:{modal}")));
    let passive = if verb.passive { ".passive" } else { "" };
    parts.push(format!("{}.{:?}{passive}", verb.lemma, verb.tense));
    let shared = if clause.shared_subject { "who*" } else { "who" };
    let told = |name: &str, told: &Option<Phrase>| {
        told.as_ref().map(|told| format!("{name}:{}", phrase(text, told)))
    };
    parts.extend(told(shared, &clause.subject));
    parts.extend(told("what", &clause.object));
    parts.extend(told("whom", &clause.indirect_object));
    parts.extend(told("by", &clause.agent));
    for oblique in &clause.obliques {
        parts.push(format!("{}:{}", oblique.case, phrase(text, &oblique.phrase)));
    }
    parts.join(" ")
}

fn check(rows: &str, clauses: &[&str], reports: &[&str]) {
    let (text, sentence) = read(rows);
    let got: Vec<String> = sentence.clauses.iter().map(|clause| line(&text, clause)).collect();
    assert_eq!(got, clauses, "{text}");
    let said = |report: &crate::clause::Report| {
        let source = report.source.as_ref().map_or("-", |source| source.own_span().of(&text));
        let content: Vec<&str> = report.content.iter().map(|span| span.of(&text)).collect();
        format!("{source} | {} | {}", report.cue_lemma, content.join(" // "))
    };
    let got: Vec<String> = sentence.reports.iter().map(said).collect();
    assert_eq!(got, reports, "{text}");
}

#[test]
fn what_looks_back_is_not_what_was_claimed() {
    check(
        "Rebels NOUN NNS rebel 2 nsubj
        claimed VERB VBD claim 0 root
        that SCONJ IN that 6 mark
        the DET DT the 5 det
        town NOUN NN town 6 nsubj
        fell VERB VBD fall 2 ccomp
        _, PUNCT , , 14 punct
        but CCONJ CC but 14 cc
        this PRON DT this 14 nsubj:pass
        is AUX VBZ be 14 aux
        yet ADV RB yet 14 advmod
        to PART TO to 14 mark
        be AUX VB be 14 aux:pass
        confirmed VERB VBN confirm 6 conj",
        &[
            "Main claim.Past who:Rebels",
            "Complement ^0 <that> fall.Past who:the town",
            "Main &0 modal:yet to confirm.Future.passive who:this",
        ],
        &["Rebels | claim | the town fell"],
    );
}

#[test]
fn those_who_refuse_leave_in_exchange() {
    check(
        "Those PRON DT that 5 nsubj
        who PRON WP who 3 nsubj
        refuse VERB VBP refuse 1 acl:relcl
        will AUX MD will 5 aux
        leave VERB VB leave 0 root
        in ADP IN in 7 case
        exchange NOUN NN exchange 5 obl
        for ADP IN for 9 case
        food NOUN NN food 7 nmod
        if SCONJ IN if 12 mark
        buses NOUN NNS bus 12 nsubj
        come VERB VBP come 5 advcl",
        &[
            "Relative ^1 refuse.Present who*:Those",
            "Main modal:will leave.Future who:Those in exchange for:food",
            "Adverbial ^1 <if> come.Present who:buses",
        ],
        &[],
    );
}

#[test]
fn joined_verbs_share_subject_helper_and_negation() {
    check(
        "Troops NOUN NNS troop 4 nsubj
        will AUX MD will 4 aux
        not PART RB not 4 advmod
        enter VERB VB enter 0 root
        or CCONJ CC or 6 cc
        set VERB VB set 4 conj
        up ADP RP up 6 compound:prt
        posts NOUN NNS post 6 obj",
        &[
            "Main not:not modal:will enter.Future who:Troops",
            "Main &0 not:not modal:will set up.Future who*:Troops what:posts",
        ],
        &[],
    );
}

#[test]
fn the_object_does_what_it_is_made_to_do() {
    check(
        "Both DET DT both 2 det
        sides NOUN NNS side 3 nsubj
        allowed VERB VBD allow 0 root
        them PRON PRP they 3 obj
        to PART TO to 6 mark
        leave VERB VB leave 3 xcomp
        _, PUNCT , , 8 punct
        accusing VERB VBG accuse 3 advcl
        others NOUN NNS other 8 obj
        of SCONJ IN of 11 mark
        shelling VERB VBG shell 8 advcl
        the DET DT the 13 det
        road NOUN NN road 11 obj",
        &[
            "Main allow.Past who:Both sides what:them",
            "Complement ^0 leave.None who*:them",
            "Adverbial ^0 accuse.None who*:Both sides what:others",
            "Adverbial ^2 <of> shell.None who*:others what:the road",
        ],
        &["Both sides | accuse | shelling the road"],
    );
}

#[test]
fn parts_of_a_hyphenated_word_are_one_word() {
    check(
        "Pro NOUN NN pro 3 compound
        _- PUNCT HYPH - 1 punct
        _regime ADJ JJ regime 4 amod
        forces NOUN NNS force 5 nsubj
        broke VERB VBD break 0 root
        the DET DT the 9 det
        cease NOUN NN cease 9 compound
        _- PUNCT HYPH - 7 punct
        _fire NOUN NN fire 5 obj",
        &["Main break.Past who:Pro-regime forces what:the cease-fire", "Nominal ^0 ceasefire.None"],
        &[],
    );
}

#[test]
fn words_of_saying_inside_and_after() {
    check(
        "The DET DT the 2 det
        road NOUN NN road 8 nsubj
        _, PUNCT , , 5 punct
        he PRON PRP he 5 nsubj
        said VERB VBD say 8 parataxis
        _, PUNCT , , 5 punct
        was AUX VBD be 8 cop
        open ADJ JJ open 0 root
        _. PUNCT . . 8 punct",
        &["Main say.Past who:he", "Main be.Past who:The road"],
        &["he | say | The road // was open"],
    );
    check(
        "“ PUNCT `` \" 3 punct
        _Troops NOUN NNS troop 3 nsubj
        left VERB VBD leave 6 ccomp
        _, PUNCT , , 3 punct
        _” PUNCT '' \" 3 punct
        said VERB VBD say 0 root
        the DET DT the 8 det
        mayor NOUN NN mayor 6 nsubj",
        &["Main leave.Past who:Troops", "Main say.Past who:the mayor"],
        &["the mayor | say | Troops left"],
    );
}

#[test]
fn who_neither_confirms_nor_denies_says_neither() {
    check(
        "It PRON PRP it 3 nsubj
        neither CCONJ CC neither 3 cc:preconj
        confirmed VERB VBD confirm 0 root
        nor CCONJ CC nor 5 cc
        denied VERB VBD deny 3 conj
        claims NOUN NNS claim 5 obj
        that SCONJ IN that 9 mark
        they PRON PRP they 9 nsubj
        met VERB VBD meet 6 acl",
        &[
            "Main not:neither confirm.Past who:It",
            "Main &0 not:nor deny.Past who*:It what:claims",
            "Complement ^1 <that> meet.Past who:they",
        ],
        &[
            "It | confirm | claims that they met",
            "It | deny | claims that they met",
            "- | claim | they met",
        ],
    );
}

#[test]
fn a_form_of_be_says_what_is_to_come_or_stands_above_a_clause() {
    check(
        "Buses NOUN NNS bus 3 nsubj
        are AUX VBP be 3 cop
        about ADJ JJ about 0 root
        to PART TO to 5 mark
        leave VERB VB leave 3 xcomp
        _; PUNCT : ; 12 punct
        the DET DT the 8 det
        plan NOUN NN plan 12 nsubj:outer
        is AUX VBZ be 12 cop
        that SCONJ IN that 12 mark
        troops NOUN NNS troop 12 nsubj
        follow VERB VBP follow 3 parataxis",
        &[
            "Main modal:about to leave.Future who:Buses",
            "Main be.Present who:the plan",
            "Complement ^1 <that> follow.Present who:troops",
        ],
        &[],
    );
}

#[test]
fn names_before_a_shared_noun_are_two() {
    check(
        "The DET DT the 6 det
        Salamat PROPN NNP Salamat 6 compound
        and CCONJ CC and 5 cc
        Beni PROPN NNP Beni 5 compound
        Halba PROPN NNP Halba 2 conj
        tribes NOUN NNS tribe 7 nsubj
        met VERB VBD meet 0 root",
        &["Main meet.Past who:The Salamat + Beni Halba tribes"],
        &[],
    );
}

#[test]
fn a_noun_alone_is_read_with_what_hangs_on_it() {
    check(
        "Release NOUN NN release 0 root
        of ADP IN of 3 case
        men NOUN NNS man 1 nmod
        held VERB VBN hold 3 acl
        since ADP IN since 6 case
        May PROPN NNP May 4 obl",
        &["Relative hold.None.passive who*:men since:May", "Nominal release.None what:men"],
        &[],
    );
}

#[test]
fn a_clause_is_no_surer_than_its_arcs() {
    let rows = "Men NOUN NNS man 2 nsubj
        left VERB VBD leave 0 root";
    let (text, _) = read(rows);
    let words = [Span::new(0, 3), Span::new(4, 8)];
    let lemmas = ["man".to_owned(), "leave".to_owned()];
    let node = |head, relation: &str, penn: &str, upos: &str| Node {
        upos: upos.parse().unwrap(),
        penn: penn.parse().unwrap(),
        head,
        relation: relation.parse().unwrap(),
    };
    let tree =
        Tree::new(vec![node(Some(1), "nsubj", "NNS", "NOUN"), node(None, "root", "VBD", "VERB")]);
    let tree = tree.unwrap();
    let parse = Parse { words: &words, lemmas: &lemmas, tree: &tree, certainty: &[0.25, 0.75] };
    let lexicon = Lexicon::shipped().unwrap();
    let read = sentence(&text, Span::new(0, text.len()), parse, &lexicon);
    assert!((read.clauses[0].confidence - 0.25).abs() < f32::EPSILON);
}
