//! Takes a value of structured data, gives the objects in it and what their keys hold, however the page spelt it.
//! Invariant: a key of another type than the vocabulary's is passed over; nothing is read twice from one list.

use serde_json::{Map, Value};

/// Lists of one key are longer only where they list other pages.
const LIST_MAX: usize = 20_000;

/// An object of the vocabulary.
#[derive(Clone, Copy)]
pub(super) struct Object<'a>(&'a Map<String, Value>);

/// The objects a script puts side by side: one, a list, a `@graph`, or lists and graphs inside each other.
pub(super) fn objects_of(value: &Value) -> Vec<Object<'_>> {
    let mut objects = Vec::new();
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(values) => waiting.extend(values.iter().take(LIST_MAX).rev()),
            Value::Object(object) => {
                objects.push(Object(object));
                waiting.extend(object.get("@graph"));
            }
            _ => {}
        }
    }
    objects
}

impl<'a> Object<'a> {
    /// Its types, without the vocabulary's address before them.
    pub fn types(self) -> impl Iterator<Item = &'a str> {
        let types: &[Value] = match self.0.get("@type") {
            Some(Value::Array(types)) => types,
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        types
            .iter()
            .filter_map(Value::as_str)
            .map(|name| name.rsplit(['/', '#', ':']).next().unwrap_or(name))
    }

    pub fn is_any(self, names: &[&str]) -> bool {
        self.types().any(|own| names.iter().any(|name| own.eq_ignore_ascii_case(name)))
    }

    /// The text of a key; of a list of texts the first.
    pub fn text(self, key: &str) -> Option<&'a str> {
        let text = match self.0.get(key)? {
            Value::Array(values) => values.iter().find_map(plain),
            value => plain(value),
        };
        text.map(str::trim).filter(|text| !text.is_empty())
    }

    /// The objects of a key.
    pub fn objects(self, key: &str) -> impl Iterator<Item = Self> + use<'a> {
        self.values(key).filter_map(Value::as_object).map(Object)
    }

    /// The texts of a key, and of the objects there their names; `linked` finds an object by its `@id`.
    pub fn names(self, key: &str, linked: impl Fn(&str) -> Option<Self>) -> Vec<&'a str> {
        let name = |value: &'a Value| {
            let object = value.as_object().map(Object);
            object.map_or_else(
                || plain(value),
                |own| own.text("name").or_else(|| linked(own.text("@id")?)?.text("name")),
            )
        };
        let listed = |value: &'a Value| match value.get("@list").and_then(Value::as_array) {
            Some(values) => values.iter().collect::<Vec<_>>(),
            None => vec![value],
        };
        let names = self.values(key).flat_map(listed).filter_map(name);
        names.map(str::trim).filter(|name| !name.is_empty()).collect()
    }

    /// The texts and `@id`s of a key that names a page.
    pub fn address(self, key: &str) -> Option<&'a str> {
        self.text(key).or_else(|| {
            self.objects(key).next().and_then(|page| page.text("@id").or_else(|| page.text("url")))
        })
    }

    fn values(self, key: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
        let values: &[Value] = match self.0.get(key) {
            Some(Value::Array(values)) => values,
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        values.iter().take(LIST_MAX)
    }
}

/// A text, bare or with its language.
fn plain(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("@value")?.as_str())
}
