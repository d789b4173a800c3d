//! The same statement about things that exist nowhere: if a foreign thing is answered differently, the answer tells that
//! it exists.

use postgres::{Error, SimpleQueryMessage};

use super::judge;
use super::speech::Speech;
use crate::world::{MARKERS, text_of};

/// A statement in which foreign ids and foreign texts are replaced by ones that nobody has.
pub fn of(text: &str, is_foreign: impl Fn(&str) -> bool, marker: &str) -> String {
    let mut twin = text.to_owned();
    for id in judge::ids(text).filter(|id| is_foreign(id)) {
        // The version of these is one that is never made.
        let nobody = format!("{}0{}", &id[..14], &id[15..]);
        twin = twin.replace(id, &nobody);
    }
    let mut rest = String::new();
    for (at, part) in twin.split(marker).enumerate() {
        if at > 0 {
            rest.push_str(marker);
        }
        // No number begins with 0. As long as the other, so that an answer that quotes it is cut at the same place.
        match part.strip_prefix(|c: char| at > 0 && c.is_ascii_digit()) {
            Some(behind) => rest.extend(["0", behind]),
            None => rest.push_str(part),
        }
    }
    rest
}

/// What a caller learns: rows of a select, else whether it was done, or why not. Without what differs from run to run.
pub fn learnt(speech: &Speech, answer: &Result<Vec<SimpleQueryMessage>, Error>) -> String {
    match answer {
        Ok(messages) if speech.kind == "select" && !speech.text.contains(" limit ") => {
            let text = text_of(messages);
            let mut lines: Vec<&str> = text.lines().collect();
            lines.sort_unstable();
            lines.join("\n")
        }
        Ok(messages) if speech.kind != "call" => messages
            .iter()
            .filter_map(|message| match message {
                SimpleQueryMessage::CommandComplete(rows) => Some(format!("{rows} rows ")),
                _ => None,
            })
            .collect(),
        Ok(_) => "done".to_owned(),
        Err(error) => error.as_db_error().map_or_else(String::new, |why| {
            let fields = [
                Some(why.code().code()),
                Some(why.message()),
                why.detail(),
                why.hint(),
                why.constraint(),
            ];
            plain(&fields.map(Option::unwrap_or_default).join(" / "))
        }),
    }
}

/// Without ids and numbers: those said differ, and those of a new row do.
fn plain(text: &str) -> String {
    let mut plain = text.to_owned();
    for id in judge::ids(text) {
        plain = plain.replace(id, "#");
    }
    for marker in MARKERS {
        plain = plain.replace(marker, "#");
    }
    let (mut short, mut in_number) = (String::new(), false);
    for c in plain.chars() {
        if !c.is_ascii_digit() {
            short.push(c);
        } else if !in_number {
            short.push('0');
        }
        in_number = c.is_ascii_digit();
    }
    short
}
