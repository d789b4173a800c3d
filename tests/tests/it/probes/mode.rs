//! How a statement is run: as it is, or prepared.

use super::speech::Speech;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Plain,
    Prepared,
    Generic,
    /// The generic plan has served somebody of the other tenant before, in the same transaction.
    Inherited,
}

pub fn prepare(speech: &Speech) -> String {
    let kinds: Vec<&str> = speech
        .parameters
        .iter()
        .map(|(_, kind)| kind.as_str())
        .collect();
    let kinds = match kinds.is_empty() {
        true => String::new(),
        false => format!("({})", kinds.join(", ")),
    };
    format!("prepare p {kinds} as {}", speech.text)
}

pub fn execute(mode: Mode, speech: &Speech) -> String {
    if mode == Mode::Plain {
        return speech.text.clone();
    }
    let values: Vec<String> = speech
        .parameters
        .iter()
        .map(|(value, _)| format!("'{}'", value.replace('\'', "''")))
        .collect();
    match values.is_empty() {
        true => "execute p".to_owned(),
        false => format!("execute p ({})", values.join(", ")),
    }
}
