//! Whether an answer holds what is another tenant's.

use std::collections::HashSet;

/// Whom the caller must not see: the marker, and the ids in the rows, of each foreign tenant.
pub struct Foreign<'a> {
    pub markers: Vec<&'a str>,
    pub ids: Vec<&'a HashSet<String>>,
}

impl Foreign<'_> {
    /// The first foreign thing in a text, except what was said by the caller.
    pub fn find(&self, text: &str, said: &str) -> Option<String> {
        let text = text.to_lowercase();
        for marker in &self.markers {
            for token in tokens(&text, marker) {
                if !said.contains(token) {
                    return Some(token.to_owned());
                }
            }
        }
        ids(&text)
            .find(|id| self.ids.iter().any(|set| set.contains(*id)) && !said.contains(*id))
            .map(str::to_owned)
    }
}

/// `lqz17z` and the like. A marker cut short still counts, as itself.
fn tokens<'a>(text: &'a str, marker: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(marker).map(move |(at, _)| {
        let rest = &text[at + marker.len()..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let end = at + marker.len() + digits;
        let closed = text[end..].starts_with('z');
        &text[at..end + usize::from(closed)]
    })
}

/// The UUIDs in a text.
pub fn ids(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('-').filter_map(|(at, _)| {
        let start = at.checked_sub(8)?;
        let id = text.get(start..start + 36)?;
        let is_id = id.bytes().enumerate().all(|(n, byte)| match n {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
        is_id.then_some(id)
    })
}

#[test]
fn foreign_things_are_found_and_echoes_are_not() {
    let id = "01a204ec-e149-7401-83bd-e75cfe394268";
    let set = HashSet::from([id.to_owned()]);
    let foreign = Foreign {
        markers: vec!["rqz"],
        ids: vec![&set],
    };
    assert_eq!(foreign.find("lqz1z|lqz2z", ""), None);
    assert_eq!(
        foreign.find("a RQZ12z b", "rqz1z").as_deref(),
        Some("rqz12z")
    );
    assert_eq!(foreign.find("a rqz12z b", "'rqz12z'"), None);
    assert_eq!(foreign.find("a rqz1", "").as_deref(), Some("rqz1"));
    assert_eq!(foreign.find(&format!("x{id}-y"), "").as_deref(), Some(id));
    assert_eq!(foreign.find(id, id), None);
}
