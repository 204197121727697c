//! Takes what a clause says and who is made to say it, gives a statement.
//! Invariant: an attribution chain is ordered outermost first; the empty chain is the outlet's own voice.

use crate::{
    agreement::AgreementId, event::EventId, page::BlockId, span::Span, term::TermId,
    time::UncertainDate,
};

crate::codes! {
    /// What kind of speaker a holder is.
    pub enum HolderKind {
        /// A group that watches a conflict and publishes what it finds.
        Monitor = "monitor",
        /// A news agency.
        Agency = "agency",
        /// A medium owned or run by a state.
        StateMedia = "state_media",
        /// Any other medium.
        Outlet = "outlet",
        /// A party to the conflict, armed or political.
        Party = "party",
        /// An official of a state or authority.
        Official = "official",
        /// The United Nations and its bodies.
        Un = "un",
        /// People of the place, local media and activists.
        LocalSource = "local_source",
        /// Nobody that can be told apart.
        Anonymous = "anonymous",
        /// Somebody who was there.
        Witness = "witness",
        /// A research body.
        ThinkTank = "think_tank",
        /// A reader of the page.
        Reader = "reader",
    }
}

crate::codes! {
    /// How a holder knows.
    pub enum Basis {
        /// Saw it.
        Saw = "saw",
        /// Took part in it.
        Participant = "participant",
        /// Has the document.
        Document = "document",
        /// Has its own people on the ground.
        OwnNetwork = "own_network",
        /// Was told by somebody it names.
        ToldNamed = "told_named",
        /// Was told by somebody it does not name.
        ToldUnnamed = "told_unnamed",
        /// Took it from other media.
        Media = "media",
        /// Does not say.
        None = "none",
    }
}

crate::codes! {
    /// How sure the words are that the thing is so.
    pub enum Factuality {
        /// Said as a fact.
        Asserted = "asserted",
        /// Said with the doubt of "claimed", "alleged".
        Claimed = "claimed",
        /// Said not to be so by its holder.
        Denied = "denied",
        /// Intended, promised, about to happen.
        Planned = "planned",
        /// Only if something else.
        Conditional = "conditional",
        /// Said to be not confirmed.
        Unconfirmed = "unconfirmed",
        /// Imagined.
        Hypothetical = "hypothetical",
        /// A judgement.
        Opinion = "opinion",
        /// A forecast.
        Prediction = "prediction",
    }
}

crate::codes! {
    /// Whether the words affirm or negate.
    pub enum Polarity {
        /// It is so.
        Positive = "positive",
        /// It is not so.
        Negative = "negative",
    }
}

crate::codes! {
    /// What a stretch of a statement does in it.
    pub enum SpanRole {
        /// What is said.
        Content = "content",
        /// Who says it.
        Source = "source",
        /// The word of saying.
        Cue = "cue",
        /// Words of doubt.
        Hedge = "hedge",
        /// Words of time.
        Time = "time",
    }
}

/// Position of a statement among those of a reading, from 1: `s1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId(pub u32);

impl std::fmt::Display for StatementId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "s{}", self.0)
    }
}

/// One who is made to say something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Name or description, as the page has it.
    pub name: String,
    /// Entry of the source register, where the name is one of its own.
    pub register_id: Option<String>,
    /// What kind of speaker.
    pub kind: HolderKind,
    /// True when a reader could tell who it is.
    pub named: bool,
    /// The side the description itself gives ("opposition sources"), where it gives one.
    pub side: Option<String>,
    /// The word of saying, in the page's own form.
    pub cue: Option<String>,
    /// How it knows.
    pub basis: Basis,
    /// Where the name stands; nothing for a reader without a byline.
    pub span: Option<Span>,
    /// True when the statement stands under the attribution of an earlier sentence.
    pub inherited: bool,
}

/// A stretch of a statement and what it does there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleSpan {
    /// What it does.
    pub role: SpanRole,
    /// The block it stands in.
    pub block: BlockId,
    /// Where.
    pub span: Span,
}

/// What a statement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// Something that happened, or is said to.
    Event(EventId),
    /// A promise.
    Term(TermId),
    /// An agreement.
    Agreement(AgreementId),
}

/// Something the page says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its id in this reading.
    pub id: StatementId,
    /// The block it stands in.
    pub block: BlockId,
    /// Its stretches; at least one is content.
    pub spans: Vec<RoleSpan>,
    /// Who says so, outermost first; empty for the outlet's own voice.
    pub attribution: Vec<Holder>,
    /// How sure the words are.
    pub factuality: Factuality,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// When the thing happened, as far as the words say.
    pub happened: Option<UncertainDate>,
    /// What it is about.
    pub refers_to: Vec<Target>,
}

impl Statement {
    /// Where its content stands.
    pub fn content(&self) -> Option<Span> {
        self.spans
            .iter()
            .filter(|role_span| role_span.role == SpanRole::Content)
            .map(|role_span| role_span.span)
            .reduce(Span::cover)
    }

    /// The last named holder of the chain: the voucher, where the chain has one.
    pub fn named_holder(&self) -> Option<&Holder> {
        self.attribution.iter().rev().find(|holder| holder.named)
    }
}
