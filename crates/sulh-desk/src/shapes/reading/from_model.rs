//! Takes the model's page and reading, gives each part in its printed shape.
//! Invariant: every field is copied; nothing is decided here.

use super::{
    AgreedShape, AgreementShape, BlockOriginShape, BlockShape, CaptureShape, DependencyShape,
    ElementShape, EventShape, HolderShape, MarkupShape, NoteShape, PageShape, PartyShape,
    PressureShape, ReadingShape, RoleSpanShape, SCHEMA, StageShape, StatementShape, TargetShape,
    TermShape, ToldInShape,
};
use sulh_model::{
    agreement::{Agreement, Party, Pressure},
    event::Event,
    imprint::Told,
    note::Note,
    origin::{ElementOrigin, Origins, Step},
    page::{Block, BlockId, Page},
    reading::{Reading, StageTold},
    statement::{Holder, RoleSpan, Statement, Target},
    term::{Element, Term},
};

impl ReadingShape {
    /// The shape of a page and its reading by a reader.
    pub fn of(page: &Page, reading: &Reading, reader: &'static str) -> Self {
        Self {
            schema: SCHEMA,
            reader,
            page: page.into(),
            statements: all(&reading.statements),
            agreements: all(&reading.agreements),
            terms: all(&reading.terms),
            events: all(&reading.events),
            stages: all(&reading.stages),
            notes: page.notes.iter().chain(&reading.notes).map(Into::into).collect(),
        }
    }
}

fn all<'a, Model, Shape: From<&'a Model>>(items: &'a [Model]) -> Vec<Shape> {
    items.iter().map(Into::into).collect()
}

fn ids<Id: ToString>(ids: &[Id]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

impl From<&Page> for PageShape {
    fn from(page: &Page) -> Self {
        Self {
            id: page.id.to_string(),
            source: page.about.source.clone(),
            url: page.about.url.clone(),
            canonical: value(&page.imprint.canonical).cloned(),
            title: page.about.title.clone(),
            publisher: page.about.publisher.clone(),
            authors: page.imprint.authors.iter().map(|author| author.value.clone()).collect(),
            published: page.about.published.as_ref().map(Into::into),
            modified: value(&page.imprint.modified).map(Into::into),
            told_in: told_in(page),
            language: page.language.clone(),
            text: page.text.clone(),
            capture: capture(&page.origins),
            blocks: page
                .numbered()
                .map(|(id, block)| block_shape(id, block, &page.origins))
                .collect(),
        }
    }
}

fn value<T>(told: &Option<Told<T>>) -> Option<&T> {
    told.as_ref().map(|told| &told.value)
}

fn told_in(page: &Page) -> ToldInShape {
    let Page { about, imprint, .. } = page;
    ToldInShape {
        title: source(about.title.as_ref(), imprint.title.as_ref()),
        publisher: source(about.publisher.as_ref(), imprint.publisher.as_ref()),
        authors: imprint.authors.first().map(|author| author.told_in.code()),
        published: source(about.published.as_ref(), imprint.published.as_ref()),
        modified: imprint.modified.as_ref().map(|told| told.told_in.code()),
        canonical: imprint.canonical.as_ref().map(|told| told.told_in.code()),
    }
}

/// Where a value comes from that is either the page's own or was given beside it.
fn source<T: PartialEq>(used: Option<&T>, told: Option<&Told<T>>) -> Option<&'static str> {
    let told = told.filter(|told| used == Some(&told.value));
    used.map(|_| told.map_or("given", |told| told.told_in.code()))
}

fn capture(origins: &Origins) -> CaptureShape {
    let step = |step: &Step| {
        let (text, from) = (step.text, step.from);
        (text.start(), text.end(), from.start(), from.end(), step.likeness.code())
    };
    CaptureShape {
        charset: (!origins.charset.is_empty()).then_some(origins.charset),
        steps: origins.trail.steps().iter().map(step).collect(),
    }
}

fn block_origin(id: BlockId, block: &Block, origins: &Origins) -> Option<BlockOriginShape> {
    let from = origins.trail.cover(block.span)?;
    let element =
        |element: &ElementOrigin| MarkupShape { path: element.path.clone(), start: element.start };
    Some(BlockOriginShape {
        start: from.start(),
        end: from.end(),
        element: origins.elements.get(&id).map(element),
    })
}

fn block_shape(id: BlockId, block: &Block, origins: &Origins) -> BlockShape {
    BlockShape {
        id: id.0,
        kind: block.kind.code(),
        start: block.span.start(),
        end: block.span.end(),
        parent: block.parent.map(|parent| parent.0),
        reply_to: block.reply_to.map(|comment| comment.0),
        depth: block.depth,
        author: block.author.clone(),
        published: block.published.as_ref().map(Into::into),
        capture: block_origin(id, block, origins),
    }
}

impl From<&Statement> for StatementShape {
    fn from(statement: &Statement) -> Self {
        Self {
            id: statement.id.to_string(),
            block: statement.block.0,
            spans: all(&statement.spans),
            attribution: all(&statement.attribution),
            factuality: statement.factuality.code(),
            polarity: statement.polarity.code(),
            happened: statement.happened.as_ref().map(Into::into),
            refers_to: all(&statement.refers_to),
        }
    }
}

impl From<&RoleSpan> for RoleSpanShape {
    fn from(part: &RoleSpan) -> Self {
        Self {
            role: part.role.code(),
            block: part.block.0,
            start: part.span.start(),
            end: part.span.end(),
        }
    }
}

impl From<&Holder> for HolderShape {
    fn from(holder: &Holder) -> Self {
        Self {
            name: holder.name.clone(),
            id: holder.register_id.clone(),
            kind: holder.kind.code(),
            named: holder.named,
            side: holder.side.clone(),
            cue: holder.cue.clone(),
            basis: holder.basis.code(),
            inherited: holder.inherited,
            start: holder.span.map(|span| span.start()),
            end: holder.span.map(|span| span.end()),
        }
    }
}

impl From<&Target> for TargetShape {
    fn from(target: &Target) -> Self {
        match target {
            Target::Event(id) => Self { r#type: "event", id: id.to_string() },
            Target::Term(id) => Self { r#type: "term", id: id.to_string() },
            Target::Agreement(id) => Self { r#type: "agreement", id: id.to_string() },
        }
    }
}

impl From<&Agreement> for AgreementShape {
    fn from(agreement: &Agreement) -> Self {
        Self {
            id: agreement.id.to_string(),
            name: agreement.name.clone(),
            kind: agreement.kind.code(),
            stage: agreement.stage.map(|stage| stage.code()),
            standing: agreement.standing.code(),
            agreed: AgreedShape { factuality: agreement.agreed.code() },
            conflict: agreement.conflict.clone(),
            place: agreement.place.as_ref().map(Into::into),
            concluded: agreement.concluded.as_ref().map(Into::into),
            parties: all(&agreement.parties),
            told_as_new: agreement.told_as_new,
            predecessors: ids(&agreement.predecessors),
            pressure: all(&agreement.pressure),
            start: agreement.span.start(),
            end: agreement.span.end(),
            statements: ids(&agreement.statements),
        }
    }
}

impl From<&Party> for PartyShape {
    fn from(party: &Party) -> Self {
        Self {
            who: (&party.who).into(),
            role: party.role.code(),
            assent: party.assent.map(|assent| assent.code()),
        }
    }
}

impl From<&Pressure> for PressureShape {
    fn from(pressure: &Pressure) -> Self {
        Self {
            kind: pressure.kind.code(),
            statement: pressure.statement.to_string(),
            start: pressure.span.start(),
            end: pressure.span.end(),
        }
    }
}

impl From<&Term> for TermShape {
    fn from(term: &Term) -> Self {
        Self {
            id: term.id.to_string(),
            agreement: term.agreement.to_string(),
            ordinal: term.ordinal,
            kind: term.kind.code(),
            modality: term.modality.code(),
            agreed: AgreedShape { factuality: term.agreed.code() },
            bearer: term.bearer.as_ref().map(Into::into),
            beneficiary: term.beneficiary.as_ref().map(Into::into),
            object: term.object.clone(),
            place: term.place.as_ref().map(Into::into),
            destination: term.destination.as_ref().map(Into::into),
            deadline: term.deadline.as_ref().map(Into::into),
            condition: term.condition.clone(),
            depends_on: term
                .depends_on
                .iter()
                .map(|on| DependencyShape { term: on.term.to_string(), how: on.how.code() })
                .collect(),
            alternative_of: term.alternative_of.map(|id| id.to_string()),
            voluntariness: term.voluntariness.map(|how| how.code()),
            quantity: term.quantity.as_ref().map(Into::into),
            elements: all(&term.elements),
            statement: term.statement.to_string(),
        }
    }
}

impl From<&Element> for ElementShape {
    fn from(element: &Element) -> Self {
        Self {
            id: element.id.to_string(),
            kind: element.kind.code(),
            mode: element.mode.code(),
            act: element.act.map(|act| act.code()),
            start: element.span.start(),
            end: element.span.end(),
        }
    }
}

impl From<&Event> for EventShape {
    fn from(event: &Event) -> Self {
        Self {
            id: event.id.to_string(),
            kind: event.kind.code(),
            aspect: event.aspect.code(),
            actors: all(&event.actors),
            targets: all(&event.targets),
            place: event.place.as_ref().map(Into::into),
            happened: event.happened.as_ref().map(Into::into),
            agreement: event.agreement.map(|id| id.to_string()),
            relation: event.relation.code(),
            term: event.term.map(|id| id.to_string()),
            element: event.element.map(|id| id.to_string()),
            reverses: event.reverses.map(|act| act.code()),
            quantity: event.quantity.as_ref().map(Into::into),
            start: event.span.start(),
            end: event.span.end(),
            statement: event.statement.to_string(),
        }
    }
}

impl From<&StageTold> for StageShape {
    fn from(told: &StageTold) -> Self {
        Self {
            agreement: told.agreement.to_string(),
            stage: told.stage.code(),
            start: told.span.start(),
            end: told.span.end(),
            statement: told.statement.to_string(),
        }
    }
}

impl From<&Note> for NoteShape {
    fn from(note: &Note) -> Self {
        Self {
            code: note.code.code(),
            start: note.span.start(),
            end: note.span.end(),
            message: note.message.clone(),
        }
    }
}
