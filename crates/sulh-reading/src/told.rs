//! Takes a page's passages, gives what the page says, sentence by sentence: scenes with their statements.
//! Invariant: every sentence of a passage has at least one statement, and every statement stands in its block.

use crate::Reader;
use crate::dates::{Anchor, TimeMention};
use crate::passage::{Passage, Voice};
use crate::scene::Scene;
use crate::units::{Unit, said_in, units};
use sulh_model::note::{Note, NoteCode};
use sulh_model::page::{BlockKind, Page};
use sulh_model::place::{Resolution, Where};
use sulh_model::span::Span;
use sulh_model::statement::{
    Basis, Factuality, Holder, HolderKind, RoleSpan, SpanRole, Statement, StatementId,
};
use sulh_model::time::UncertainDate;
use sulh_syntax::Depth;

/// A sentence with its statements.
#[derive(Debug)]
pub(crate) struct Told<'p> {
    pub scene: Scene<'p>,
    pub voice: Voice,
    pub kind: BlockKind,
    /// The units, each with the position of its statement.
    pub units: Vec<(Unit, usize)>,
    /// The day a word of saying in the sentence is dated with ("reported on October 3").
    pub said_on: Option<UncertainDate>,
}

/// All a page says.
#[derive(Debug)]
pub(crate) struct Telling<'p> {
    pub told: Vec<Told<'p>>,
    pub statements: Vec<Statement>,
    pub notes: Vec<Note>,
    /// Everybody the report has made speak so far, in order.
    pub holders: Vec<Holder>,
}

impl Telling<'_> {
    /// The statement a stretch of a sentence stands in.
    pub fn statement_of(&self, told: usize, stretch: Span) -> usize {
        let units = &self.told[told].units;
        let holding = units.iter().find(|(unit, _)| unit.span.contains(stretch));
        let nearest =
            holding.or_else(|| units.iter().find(|(unit, _)| unit.span.overlaps(stretch)));
        nearest.or(units.first()).map_or(0, |(_, statement)| *statement)
    }
}

impl Reader {
    /// Reads every passage into scenes and statements.
    pub(crate) fn tell<'p>(
        &self,
        page: &'p Page,
        passages: &[Passage],
        depth: &dyn Fn(Span) -> Depth,
    ) -> Telling<'p> {
        let mut telling = Telling {
            told: Vec::new(),
            statements: Vec::new(),
            notes: Vec::new(),
            holders: Vec::new(),
        };
        for passage in passages {
            let first = telling.told.len();
            for stretch in &passage.stretches {
                let times = self.times(page, passage, *stretch, &mut telling.notes);
                for sentence in self.analyzer.analyze_at(&page.text, *stretch, depth) {
                    let scene = self.scene(page, passage, sentence, &times);
                    self.tell_scene(page, passage, scene, &mut telling);
                }
            }
            self.hedge_back(&mut telling, first);
        }
        self.settle_places(&mut telling);
        telling
    }

    /// The times of a passage. Readers and quoted texts count "yesterday" from a day of their own, which the
    /// page does not tell.
    fn times(
        &self,
        page: &Page,
        passage: &Passage,
        stretch: Span,
        notes: &mut Vec<Note>,
    ) -> Vec<TimeMention> {
        let mut found = crate::dates::find(&page.text, stretch, page.about.published.as_ref());
        match passage.voice {
            Voice::Article => notes.extend(found.notes),
            Voice::Quoted | Voice::Reader(_) | Voice::QuotedByReader(_) => {
                found.mentions.retain(|time| !time.relative)
            }
        }
        found.mentions
    }

    fn scene<'p>(
        &self,
        page: &'p Page,
        passage: &Passage,
        sentence: sulh_syntax::Sentence,
        times: &[TimeMention],
    ) -> Scene<'p> {
        let inside = times
            .iter()
            .filter(|time| time.date.span.is_some_and(|span| sentence.span.contains(span)));
        let times: Vec<TimeMention> = inside.cloned().collect();
        let actors = self.names.mentions(&page.text, &sentence);
        let sources: Vec<Span> = sentence
            .reports
            .iter()
            .filter_map(|report| report.source.as_ref())
            .map(|source| source.span)
            .collect();
        let is_other_name = |span: Span| {
            let in_actor = actors.iter().any(|mention| {
                sentence.tokens[mention.words.0]
                    .span
                    .cover(sentence.tokens[mention.words.1].span)
                    .contains(span)
            });
            let in_time =
                times.iter().any(|time| time.date.span.is_some_and(|at| at.contains(span)));
            let in_source = sources.iter().any(|source| {
                source.contains(span) && self.speakers.source_in(source.of(&page.text)).is_some()
            });
            in_actor || in_time || in_source
        };
        let mut places = self.gazetteer.mentions(&page.text, &sentence, is_other_name);
        places.retain(|mention| !self.gazetteer.acts(&sentence, mention));
        Scene::new(&page.text, passage.block, sentence, &self.names, &self.classes, places, times)
    }

    fn tell_scene<'p>(
        &self,
        page: &Page,
        passage: &Passage,
        scene: Scene<'p>,
        telling: &mut Telling<'p>,
    ) {
        let told_units = units(&scene);
        let outer = self.outer_holders(page, passage);
        let carried =
            carried_quotation(&scene, telling, passage).filter(|_| passage.voice == Voice::Article);
        let mut numbered = Vec::new();
        for unit in told_units {
            let statement = self.statement(&scene, &unit, &outer, carried.as_deref(), telling);
            numbered.push((unit, telling.statements.len()));
            if passage.voice == Voice::Article {
                telling.holders.extend(
                    statement.attribution.iter().filter(|holder| !holder.inherited).cloned(),
                );
            }
            telling.statements.push(statement);
        }
        let said_on = said_on(&scene);
        telling.told.push(Told {
            scene,
            voice: passage.voice,
            kind: passage.kind,
            units: numbered,
            said_on,
        });
    }

    fn statement(
        &self,
        scene: &Scene<'_>,
        unit: &Unit,
        outer: &[Holder],
        carried: Option<&[Holder]>,
        telling: &Telling<'_>,
    ) -> Statement {
        let leading = unit.clauses.first().copied();
        let said = said_in(scene, unit);
        let anchor = said
            .or(leading.map(|at| scene.sentence.clauses[at].predicate.span))
            .unwrap_or(unit.span);
        let sureness =
            self.doubt.of(scene, leading.filter(|_| said.is_none()), anchor, &self.names);
        let own = self.speakers.chain(scene, anchor, &telling.holders);
        let inner: Vec<Holder> =
            if own.is_empty() { carried.unwrap_or_default().to_vec() } else { own };
        let happened = happened_in(scene, unit, sureness.factuality);
        let mut spans = vec![RoleSpan {
            role: SpanRole::Content,
            block: scene.block,
            span: said.unwrap_or(unit.span),
        }];
        let mut add = |role, span: Option<Span>| {
            spans.extend(span.map(|span| RoleSpan { role, block: scene.block, span }))
        };
        for report in scene
            .sentence
            .reports
            .iter()
            .filter(|report| report.content.iter().any(|content| content.contains(anchor)))
        {
            add(SpanRole::Source, report.source.as_ref().map(sulh_syntax::Phrase::own_span));
            add(SpanRole::Cue, Some(report.cue));
        }
        add(SpanRole::Hedge, sureness.hedge);
        add(SpanRole::Time, happened.as_ref().and_then(|date| date.span));
        Statement {
            id: StatementId(u32::try_from(telling.statements.len() + 1).unwrap_or(u32::MAX)),
            block: scene.block,
            spans,
            attribution: outer.iter().cloned().chain(inner).collect(),
            factuality: sureness.factuality,
            polarity: sureness.polarity,
            happened,
            refers_to: Vec::new(),
        }
    }

    /// The holders a passage stands under before any word of its own: its reader, and whom that reader quotes.
    fn outer_holders(&self, page: &Page, passage: &Passage) -> Vec<Holder> {
        let reader = |comment: sulh_model::page::BlockId| Holder {
            name: page
                .block(comment)
                .and_then(|block| block.author.clone())
                .unwrap_or_else(|| "a reader".to_owned()),
            register_id: None,
            kind: HolderKind::Reader,
            named: false,
            side: None,
            cue: None,
            basis: Basis::None,
            span: None,
            inherited: false,
        };
        match passage.voice {
            Voice::Article => Vec::new(),
            Voice::Quoted => vec![self.quoted(page, passage, 0)],
            Voice::Reader(comment) => vec![reader(comment)],
            Voice::QuotedByReader(comment) => {
                let from = page.block(comment).map_or(0, |block| block.span.start());
                vec![reader(comment), self.quoted(page, &first_of_quotation(page, passage), from)]
            }
        }
    }

    /// Who wrote a quotation, by the words that introduce it.
    fn quoted(&self, page: &Page, passage: &Passage, from: usize) -> Holder {
        const INTRODUCTION_BYTES_MAX: usize = 160;
        let start = passage.stretches.first().map_or(0, |stretch| stretch.start());
        let mut low = start.saturating_sub(INTRODUCTION_BYTES_MAX).max(from).min(start);
        while !page.text.is_char_boundary(low) {
            low += 1;
        }
        let introduction = &page.text[low..start];
        let last_lines: Vec<&str> =
            introduction.lines().rev().filter(|line| !line.trim().is_empty()).take(2).collect();
        let source = last_lines
            .iter()
            .find_map(|line| self.speakers.source_in(line).map(|source| (source, *line)));
        let name = source.map(|(source, line)| {
            let written = std::iter::once(&source.name)
                .chain(&source.aliases)
                .find(|name| line.contains(name.as_str()));
            written.unwrap_or(&source.name).clone()
        });
        let span = name.as_ref().and_then(|name| {
            introduction.rfind(name.as_str()).map(|at| Span::new(low + at, low + at + name.len()))
        });
        Holder {
            name: name.unwrap_or_else(|| "a quoted text".to_owned()),
            register_id: source.map(|(source, _)| source.id.clone()),
            kind: source.map_or(HolderKind::Anonymous, |(source, _)| source.kind),
            named: source.is_some(),
            side: None,
            cue: None,
            basis: Basis::None,
            span,
            inherited: false,
        }
    }

    /// Names of several places are settled by the country the report speaks of; what stays open becomes a note.
    fn settle_places(&self, telling: &mut Telling<'_>) {
        let reported = telling.told.iter().filter(|told| told.voice.is_report());
        let actors =
            reported.flat_map(|told| told.scene.actors.iter().map(|mention| mention.id.as_str()));
        let conflict = self.conflicts.of_actors(self.names.register(), actors);
        let country =
            conflict.and_then(|conflict| self.conflicts.country_of(&conflict)).map(str::to_owned);
        let mut places: Vec<&mut Where> = telling
            .told
            .iter_mut()
            .flat_map(|told| told.scene.places.iter_mut().map(|mention| &mut mention.place))
            .collect();
        crate::places::settle_by_country(&mut places, country.as_deref());
        let mut seen = std::collections::BTreeSet::new();
        for told in telling.told.iter().filter(|told| told.voice.is_report()) {
            for mention in &told.scene.places {
                let place = &mention.place;
                let note = match &place.resolution {
                    Resolution::Known(_) => continue,
                    Resolution::Ambiguous(candidates) => (
                        NoteCode::PlaceAmbiguous,
                        format!(
                            "{} places are called \"{}\"; none is chosen",
                            candidates.len(),
                            place.name
                        ),
                    ),
                    Resolution::Unknown => (
                        NoteCode::PlaceUnknown,
                        format!("the gazetteer does not know \"{}\"; the name is kept", place.name),
                    ),
                };
                if seen.insert(place.name.clone()) {
                    telling.notes.push(Note::new(note.0, place.span, note.1));
                }
            }
        }
    }

    /// Doubt that points back makes what stands before it unconfirmed: the sentence before, or the earlier part of
    /// its own ("...; this is yet to be confirmed").
    fn hedge_back(&self, telling: &mut Telling<'_>, first: usize) {
        for at in first..telling.told.len() {
            let told = &telling.told[at];
            let block = told.scene.block;
            let sentence = told.scene.sentence.span;
            let later = told.units.iter().skip(1).find_map(|(unit, statement)| {
                let tail = Span::new(unit.span.start(), sentence.end());
                self.doubt.back_hedge(&told.scene, tail).map(|hedge| (hedge, *statement))
            });
            let (hedge, doubted): (Span, Vec<usize>) = if let Some((hedge, statement)) = later {
                let own = told.units.iter().map(|(_, own)| *own);
                (hedge, own.take_while(|own| *own != statement).collect())
            } else {
                let Some(before) = at.checked_sub(1).map(|before| &telling.told[before]) else {
                    continue;
                };
                let Some(hedge) = self.doubt.back_hedge(&told.scene, sentence) else { continue };
                if before.voice != told.voice {
                    continue;
                }
                (hedge, before.units.iter().map(|(_, statement)| *statement).collect())
            };
            for statement in doubted {
                let statement = &mut telling.statements[statement];
                statement.factuality =
                    crate::factuality::most_cautious(statement.factuality, Factuality::Unconfirmed);
                statement.spans.push(RoleSpan { role: SpanRole::Hedge, block, span: hedge });
            }
        }
    }
}

/// A quotation of several paragraphs is introduced before its first.
fn first_of_quotation(page: &Page, passage: &Passage) -> Passage {
    let mut first = passage.clone();
    let mut id = passage.block.0;
    while let Some(before) = id.checked_sub(1).and_then(|at| page.blocks.get(at as usize)) {
        let start = first.stretches.first().map_or(0, |stretch| stretch.start());
        let joined = page
            .text
            .get(before.span.end()..start)
            .is_some_and(|between| between.trim().is_empty());
        if before.kind != BlockKind::Quotation || !joined {
            break;
        }
        id -= 1;
        first.block = sulh_model::page::BlockId(id);
        first.stretches = vec![before.span];
    }
    first
}

/// The time a unit's own act is placed at; nothing for what is still to come or only said.
fn happened_in(scene: &Scene<'_>, unit: &Unit, factuality: Factuality) -> Option<UncertainDate> {
    if !matches!(
        factuality,
        Factuality::Asserted | Factuality::Claimed | Factuality::Unconfirmed | Factuality::Denied
    ) {
        return None;
    }
    // "attacked a post that was built in 2018": when it was built is not when it was attacked.
    let describes = |span: Span| {
        scene.clause_around(span).is_some_and(|around| {
            let clause = &scene.sentence.clauses[around];
            clause.role == sulh_syntax::ClauseRole::Relative
                && clause.span.start() > unit.span.start()
        })
    };
    let other = |span: Span| names_a_deal(scene, span) || describes(span);
    scene
        .times_in(unit.span)
        .filter(|time| !time.date.span.is_some_and(other))
        .find(|time| matches!(time.anchor, Anchor::At))
        .map(|time| time.date.clone())
}

/// "the 2016 agreement", "the June 2018 deal", "the deal reached in May": the date belongs to the deal, not to what is
/// told of it.
pub(crate) fn names_a_deal(scene: &Scene<'_>, span: Span) -> bool {
    let of_deal = |phrase: &Option<sulh_syntax::Phrase>| {
        phrase
            .as_ref()
            .and_then(|phrase| scene.token(scene.core(phrase).head))
            .is_some_and(|token| crate::agreements::is_deal_noun(&token.lemma.to_lowercase()))
    };
    let described = scene.sentence.clauses.iter().any(|clause| {
        let own = clause.span;
        clause.role == sulh_syntax::ClauseRole::Relative
            && crate::agreements::is_concluding(&clause.predicate.lemma)
            && (own.start()..own.end()).contains(&span.start())
            && (of_deal(&clause.subject) || of_deal(&clause.object))
    });
    if described {
        return true;
    }
    let tokens = scene.tokens_in(span);
    (tokens.end..tokens.end + 3)
        .map_while(|at| scene.token(at))
        .take_while(|token| {
            matches!(
                token.upos,
                sulh_syntax::Upos::Noun | sulh_syntax::Upos::Adj | sulh_syntax::Upos::Propn
            )
        })
        .any(|token| crate::agreements::is_deal_noun(&token.lemma))
        || tokens.start.checked_sub(2).is_some_and(|noun| {
            let of = scene.token(noun + 1).is_some_and(|token| token.lemma == "of");
            of && scene
                .token(noun)
                .is_some_and(|token| crate::agreements::is_deal_noun(&token.lemma))
        })
}

/// The day of the words of saying: "reported on October 3".
fn said_on(scene: &Scene<'_>) -> Option<UncertainDate> {
    scene.sentence.reports.iter().find_map(|report| {
        let clause = report.clause.map(|at| &scene.sentence.clauses[at])?;
        let outside = |span: Span| !report.content.iter().any(|content| content.contains(span));
        scene
            .times
            .iter()
            .filter(|time| {
                time.date.span.is_some_and(|span| {
                    outside(span) && clause.span.cover(report.cue).contains(span)
                })
            })
            .map(|time| time.date.clone())
            .next()
    })
}

/// A sentence inside a quotation that an earlier sentence opened stands under that sentence's holder.
fn carried_quotation(
    scene: &Scene<'_>,
    telling: &Telling<'_>,
    passage: &Passage,
) -> Option<Vec<Holder>> {
    let block_start = passage.stretches.first()?.start();
    let before = scene.text.get(block_start..scene.sentence.span.start())?;
    let opened = before.matches('“').count() > before.matches('”').count();
    if !opened {
        return None;
    }
    let last = telling.told.last().filter(|told| told.scene.block == passage.block)?;
    let (_, statement) = last.units.last()?;
    let holders = telling
        .statements
        .get(*statement)?
        .attribution
        .iter()
        .filter(|holder| holder.kind != HolderKind::Reader);
    Some(holders.cloned().map(|holder| Holder { inherited: true, ..holder }).collect())
}
