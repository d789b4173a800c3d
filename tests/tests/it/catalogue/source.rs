//! A small scan of the extension's sources: which functions there are, which of them are SQL functions or triggers, what
//! they call. No parser: it reads rustfmt's layout, and `beyond` fails where an entry into a system section stays
//! unexplained, so that a layout it does not understand cannot pass in silence.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A function of the sources.
#[derive(Debug)]
pub struct Function {
    /// The file, or the folder of a `mod.rs`: what a caller writes before `::`.
    pub module: String,
    pub name: String,
    /// Of a SQL function or trigger, its name there.
    pub native: Option<String>,
    /// Has `System::enter()` in its body.
    pub enters: bool,
    /// Names called: (module, function), the module empty where none is written. What is named without a call, perhaps to
    /// be passed on, has the module `self`, since a variable may be called like a function elsewhere.
    pub calls: BTreeSet<(String, String)>,
}

/// All functions below a folder, tests left out.
pub fn functions(folder: &Path) -> Vec<Function> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            if !["pg_tests", "plain_tests"].contains(&stem.as_str()) {
                found.extend(functions(&path));
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let module = match stem.as_str() {
                "mod" => folder.file_name().unwrap().to_str().unwrap().to_owned(),
                _ => stem,
            };
            read(&fs::read_to_string(&path).unwrap(), &module, &mut found);
        }
    }
    found
}

/// rustfmt puts the braces of an item at the item's own indentation, which delimits bodies without reading them.
fn read(text: &str, module: &str, found: &mut Vec<Function>) {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    for (number, line) in lines.iter().enumerate() {
        let Some(name) = defined(line) else { continue };
        let indent = line.len() - line.trim_start().len();
        let close = format!("{}}}", " ".repeat(indent));
        let body: Vec<&str> = lines[number..]
            .iter()
            .take_while(|line| **line != close)
            .copied()
            .collect();
        let native = lines[..number]
            .iter()
            .rev()
            .take_while(|before| !matches!(before.trim(), "" | "}"))
            .find(|before| before.contains("pg_extern") || before.contains("pg_trigger"))
            .map(|before| {
                let told = before
                    .split("name = \"")
                    .nth(1)
                    .and_then(|it| it.split('"').next());
                told.map_or_else(|| name.clone(), str::to_owned)
            });
        let body = body.join("\n");
        found.push(Function {
            module: module.to_owned(),
            name,
            native,
            enters: body.contains("System::enter"),
            calls: calls(&body),
        });
    }
}

/// The function that this line begins to define.
fn defined(line: &str) -> Option<String> {
    let line = line.trim_start();
    let start = ["fn ", "pub fn ", "pub(crate) fn ", "pub(super) fn "]
        .iter()
        .find_map(|start| line.strip_prefix(start))?;
    let name: String = start.chars().take_while(|c| is_word(*c)).collect();
    Some(name)
}

/// What is called, or named to be called, in a body: `name(`, `module::name(`, `or_else(module::name)`.
fn calls(body: &str) -> BTreeSet<(String, String)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut start = None;
    for (at, c) in body.char_indices().chain([(body.len(), ' ')]) {
        match (is_word(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from, at));
                start = None;
            }
            _ => (),
        }
    }
    let mut found = BTreeSet::new();
    for (index, (from, to)) in words.iter().enumerate() {
        if body[..*from].ends_with('.') {
            continue;
        }
        let before = index.checked_sub(1).map(|before| words[before]);
        let module = before
            .filter(|(_, end)| &body[*end..*from] == "::")
            .map_or("", |(from, end)| &body[from..end]);
        let called = body[*to..].starts_with('(') || !module.is_empty();
        let module = if called { module } else { "self" };
        found.insert((module.to_owned(), body[*from..*to].to_owned()));
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}
