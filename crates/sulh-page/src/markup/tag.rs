//! Takes the name of an HTML element, gives what kind of element it is.
//! Invariant: a name the standard does not know is `Other`, or `Custom` where it has a dash; no name is an error.

macro_rules! tags {
    ($($variant:ident $name:literal),* $(,)?) => {
        /// An element's name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Tag {
            $($variant,)*
            /// A name with a dash: an element a page's script defines.
            Custom,
            /// Any other name.
            Other,
        }

        impl Tag {
            /// By its lower-cased name.
            pub fn of(name: &[u8]) -> Self {
                match name {
                    $($name => Self::$variant,)*
                    _ if name.contains(&b'-') => Self::Custom,
                    _ => Self::Other,
                }
            }
        }
    };
}

tags! {
    A b"a", Abbr b"abbr", Address b"address", Area b"area", Article b"article", Aside b"aside", Audio b"audio",
    B b"b", Base b"base", Blockquote b"blockquote", Body b"body", Br b"br", Button b"button", Canvas b"canvas",
    Caption b"caption", Center b"center", Cite b"cite", Col b"col", Datalist b"datalist", Dd b"dd",
    Details b"details", Dialog b"dialog", Div b"div", Dl b"dl", Dt b"dt", Em b"em", Embed b"embed",
    Fieldset b"fieldset", Figcaption b"figcaption", Figure b"figure", Font b"font", Footer b"footer", Form b"form",
    H1 b"h1", H2 b"h2", H3 b"h3", H4 b"h4", H5 b"h5", H6 b"h6", Head b"head", Header b"header", Hgroup b"hgroup",
    Hr b"hr", Html b"html", I b"i", Iframe b"iframe", Img b"img", Input b"input", Label b"label", Li b"li",
    Link b"link", Main b"main", Math b"math", Menu b"menu", Meta b"meta", Nav b"nav", Noembed b"noembed",
    Noframes b"noframes", Noscript b"noscript", Object b"object", Ol b"ol", Option b"option", P b"p",
    Param b"param", Pre b"pre", Q b"q", Script b"script", Section b"section", Select b"select", Small b"small",
    Source b"source", Span b"span", Strong b"strong", Style b"style", Sub b"sub", Summary b"summary", Sup b"sup",
    Svg b"svg", Table b"table", Tbody b"tbody", Td b"td", Template b"template", Textarea b"textarea",
    Tfoot b"tfoot", Th b"th", Thead b"thead", Time b"time", Title b"title", Tr b"tr", Track b"track", U b"u",
    Ul b"ul", Video b"video", Wbr b"wbr", Xmp b"xmp",
}

impl Tag {
    /// Has no content and no end tag.
    pub const fn is_void(self) -> bool {
        matches!(
            self,
            Self::Br
                | Self::Img
                | Self::Hr
                | Self::Input
                | Self::Meta
                | Self::Link
                | Self::Wbr
                | Self::Source
                | Self::Area
                | Self::Base
                | Self::Col
                | Self::Embed
                | Self::Track
                | Self::Param
        )
    }

    /// What stands around it is not closed by a stray end tag inside.
    pub const fn is_fence(self) -> bool {
        matches!(self, Self::Table | Self::Td | Self::Th | Self::Caption)
    }

    /// Stands on lines of its own.
    pub const fn is_block(self) -> bool {
        matches!(
            self,
            Self::Address
                | Self::Article
                | Self::Aside
                | Self::Blockquote
                | Self::Body
                | Self::Caption
                | Self::Center
                | Self::Dd
                | Self::Details
                | Self::Dialog
                | Self::Div
                | Self::Dl
                | Self::Dt
                | Self::Fieldset
                | Self::Figcaption
                | Self::Figure
                | Self::Footer
                | Self::Form
                | Self::H1
                | Self::H2
                | Self::H3
                | Self::H4
                | Self::H5
                | Self::H6
                | Self::Head
                | Self::Header
                | Self::Hgroup
                | Self::Hr
                | Self::Html
                | Self::Li
                | Self::Main
                | Self::Nav
                | Self::Ol
                | Self::P
                | Self::Pre
                | Self::Section
                | Self::Summary
                | Self::Table
                | Self::Tbody
                | Self::Td
                | Self::Tfoot
                | Self::Th
                | Self::Thead
                | Self::Tr
                | Self::Ul
                | Self::Title
                | Self::Option
                | Self::Select
                | Self::Textarea
        )
    }

    /// A heading of any level.
    pub const fn is_heading(self) -> bool {
        matches!(self, Self::H1 | Self::H2 | Self::H3 | Self::H4 | Self::H5 | Self::H6)
    }

    /// Holds others; a link named "comments" holds none.
    pub const fn is_holder(self) -> bool {
        matches!(
            self,
            Self::Div
                | Self::Section
                | Self::Ul
                | Self::Ol
                | Self::Aside
                | Self::Article
                | Self::Table
                | Self::Dl
                | Self::Details
                | Self::Footer
                | Self::Custom
        )
    }

    /// Can hold one contribution of a reader.
    pub const fn is_item(self) -> bool {
        matches!(
            self,
            Self::Div
                | Self::Li
                | Self::Article
                | Self::Section
                | Self::Dl
                | Self::Dd
                | Self::Tr
                | Self::Td
                | Self::Table
                | Self::Custom
        )
    }

    /// Never shown as words of the page, whatever stands in it.
    pub const fn is_unshown(self) -> bool {
        matches!(
            self,
            Self::Script
                | Self::Style
                | Self::Template
                | Self::Title
                | Self::Select
                | Self::Option
                | Self::Textarea
                | Self::Button
                | Self::Svg
                | Self::Math
                | Self::Canvas
                | Self::Object
                | Self::Iframe
                | Self::Audio
                | Self::Video
                | Self::Datalist
                | Self::Dialog
                | Self::Xmp
                | Self::Noembed
                | Self::Noframes
        )
    }
}
