//! Takes CoNLL-U of the smallest size, gives whether it is read and written as the format says.
//! Invariant: what is written reads back as it was.

use proptest::prelude::*;
use sulh_model::span::Span;
use sulh_syntax::conllu::{Multiword, Opens, Sentence, Word, read, write};
use sulh_syntax::{Penn, Relation, Upos};

const DENIED: &str = "\
# newdoc id = invented
# newpar
# sent_id = invented-1
# text = They don't agree.
1\tThey\tthey\tPRON\tPRP\tCase=Nom\t4\tnsubj\t4:nsubj\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
3.1\tever\tever\tADV\tRB\t_\t_\t_\t4:advmod\t_
4\tagree\tagree\tVERB\tVB\t_\t0\troot\t_\tGloss=x|SpaceAfter=No|Span=11:16
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

";

#[test]
fn a_sentence_is_read() {
    let sentences = read(DENIED).unwrap();
    let [sentence] = sentences.as_slice() else { panic!("one sentence") };
    assert_eq!((sentence.id.as_str(), sentence.opens), ("invented-1", Opens::Document));
    assert_eq!(sentence.tree().unwrap().root(), 3);
    let words: Vec<_> = sentence.words.iter().map(|word| (&*word.form, word.space_after)).collect();
    let forms = [("They", true), ("do", false), ("n't", true), ("agree", false), (".", true)];
    assert_eq!(words, forms);
    assert_eq!(sentence.multiwords, [Multiword { words: 1..3, form: "don't".to_owned() }]);
    assert_eq!(sentence.words[3].span, Some(Span::new(11, 16)));
    let spans = sentence.spans();
    let spelt: Vec<_> = spans.iter().map(|span| span.of(&sentence.text)).collect();
    assert_eq!(spelt, ["They", "do", "n't", "agree", "."]);
}

#[test]
fn what_is_written_is_what_the_format_asks_for() {
    let sentences = read(DENIED).unwrap();
    let expected = "\
# newdoc
# sent_id = invented-1
# text = They don't agree.
1\tThey\tthey\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tagree\tagree\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No|Span=11:16
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

";
    assert_eq!(write(&sentences), expected);
}

/// Replaces a part of the sentence above and expects a fault in a line, or none.
fn check(from: &str, to: &str, fault: Option<(usize, &str)>) {
    assert!(DENIED.contains(from), "{from:?} is not in the sentence");
    let text = DENIED.replace(from, to);
    let expected = fault.map(|(line, problem)| {
        let byte = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
        format!("line {line}, byte {byte}: {problem}; correct the line or leave its sentence out")
    });
    assert_eq!(read(&text).err().map(|error| error.to_string()), expected, "{from:?} -> {to:?}");
}

#[test]
fn faults_of_a_line_are_named() {
    let no_number = "`x` is no word number, no range such as 3-4 and no enhanced node such as 8.1";
    let no_upos =
        "`PERSON` is no universal part of speech; see https://universaldependencies.org/u/pos/";
    let no_relation = "`subject` is no relation of the English treebanks; see https://universaldependencies.org/en/dep/";
    for (from, to, line, problem) in [
        ("\tCase=Nom\t4", "\t4", 5, "a word has ten columns parted by tabs, this line has 9"),
        ("\n1\tThey", "\nx\tThey", 5, no_number),
        ("\n1\tThey", "\n2\tThey", 5, "word 2 stands where word 1 should"),
        ("1\tThey", "1\t", 5, "the word has no form"),
        ("PRON", "PERSON", 5, no_upos),
        ("PRP", "PP", 5, "`PP` is no Penn tag of the English treebanks"),
        ("\tnsubj\t", "\tsubject\t", 5, no_relation),
        ("Nom\t4", "Nom\t_", 5, "the head `_` is no number"),
        ("Nom\t4", "Nom\t-4", 5, "the head `-4` is no number"),
        ("11:16", "16:11", 10, "`Span=16:11` is no pair of bytes such as Span=12:17"),
    ] {
        check(from, to, Some((line, problem)));
    }
    for range in ["2-2", "1-3", "4-3"] {
        let problem =
            format!("the range {range} does not cover two or more words of its own that follow it");
        check("2-3", range, Some((6, &problem)));
    }
}

#[test]
fn faults_of_a_sentence_are_named_where_it_ends() {
    let text = "the words of the sentence before this line do not make its text, from word";
    for (from, to, problem) in [
        (
            "Nom\t4",
            "Nom\t0",
            "the sentence before this line is no tree (words counted from 0): 2 words are roots; a \
             sentence has exactly one"
                .to_owned(),
        ),
        ("agree.\n", "agree!\n", format!("{text} 5 on")),
        ("agree.\n", "agree .\n", format!("{text} 4 on")),
        ("agree.\n", "agree. So\n", format!("{text} 5 on")),
        (
            "2-3\t",
            "2-9\t",
            "the range 2-9 does not cover two or more words of its own that follow it".to_owned(),
        ),
    ] {
        check(from, to, Some((12, &problem)));
    }
}

#[test]
fn words_a_token_does_not_spell_out_stand_where_it_does() {
    let sentence = &read(&DENIED.replace("\tn't\tnot", "\tnot\tnot")).unwrap()[0];
    let spans = sentence.spans();
    let spelt: Vec<_> = spans.iter().map(|span| span.of(&sentence.text)).collect();
    assert_eq!(spelt, ["They", "don't", "don't", "agree", "."]);
}

#[test]
fn what_files_differ_in_is_no_fault() {
    check("\n", "\r\n", None);
    check("# newdoc id", "\u{feff}# newdoc id", None);
    check("# text = They don't agree.\n", "", None);
    check("They don't", "They\u{a0}don't", None);
    assert_eq!(read(DENIED.trim_end()), read(DENIED));
    assert_eq!(read(""), Ok(Vec::new()));
    assert_eq!(read("# only = a comment\n\n\n"), Ok(Vec::new()));
}

prop_compose! {
    fn word(words: usize)(
        form in "[^\\s\\pC]{1,6}",
        lemma in "[a-z]{1,6}",
        upos in proptest::sample::select(Upos::ALL),
        penn in proptest::sample::select(Penn::ALL),
        relation in proptest::sample::select(Relation::ALL),
        (head, space_after, glued) in (0..words.max(1), any::<bool>(), proptest::bool::weighted(0.2)),
        span in proptest::option::of((0..900_usize, 0..40_usize)),
    ) -> (Word, bool) {
        let span = span.map(|(start, len)| Span::new(start, start + len));
        let word = Word { form, lemma, upos, penn, head: Some(head), relation, space_after, span, sure: None };
        (word, glued)
    }
}

/// Words that hang on the word before or further back, some of them put together to tokens of two.
fn sentence(drawn: Vec<(Word, bool)>, root: usize, opens: Opens) -> Sentence {
    let root = root % drawn.len();
    let mut sentence = Sentence {
        id: "a-1".to_owned(),
        text: String::new(),
        opens,
        words: Vec::new(),
        multiwords: Vec::new(),
    };
    let count = drawn.len();
    for (at, (mut word, glued)) in drawn.into_iter().enumerate() {
        word.head = match at {
            _ if at == root => None,
            0 => Some(root),
            _ => word.head.map(|head| if root == 0 { head % at } else { root }),
        };
        word.relation = match word.relation {
            _ if at == root => Relation::Root,
            Relation::Root => Relation::Dep,
            other => other,
        };
        sentence.text.push_str(&word.form);
        let free = sentence.multiwords.last().is_none_or(|token| token.words.end < at);
        if glued
            && free
            && let Some(before) = sentence.words.last_mut()
            && !before.space_after
        {
            let form = format!("{}{}", before.form, word.form);
            sentence.multiwords.push(Multiword { words: at - 1..at + 1, form });
        }
        if word.space_after && at + 1 < count {
            sentence.text.push(' ');
        }
        sentence.words.push(word);
    }
    sentence
}

proptest! {
    #[test]
    fn what_is_written_reads_back(
        drawn in (1..12_usize).prop_flat_map(|words| proptest::collection::vec(word(words), words)),
        root in 0..12_usize,
        opens in proptest::sample::select(vec![Opens::Nothing, Opens::Paragraph, Opens::Document]),
    ) {
        let sentences = vec![sentence(drawn, root, opens)];
        let text = write(&sentences);
        prop_assert_eq!(read(&text), Ok(sentences), "{}", text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "([0-9]{1,2}[-.]?|\t|\n|# text = |[a-z]|_|=|root|NOUN|NN|\\PC){0,80}") {
        if let Ok(sentences) = read(&text) {
            prop_assert_eq!(read(&write(&sentences)).map(|again| again.len()), Ok(sentences.len()));
        }
    }

    #[test]
    fn words_with_white_space_stay_in_their_line(form in "\\PC?[ \t\n\r\u{85}\u{2028}]\\PC?") {
        let words = vec![Word {
            form: form.clone(), lemma: form.clone(), upos: Upos::X, penn: Penn::Fw, head: None,
            relation: Relation::Root, space_after: true, span: None, sure: None,
        }];
        let sentence = Sentence { id: form.clone(), text: form, opens: Opens::Nothing, words, multiwords: vec![] };
        prop_assert_eq!(write(&[sentence]).lines().count(), 4);
    }
}
