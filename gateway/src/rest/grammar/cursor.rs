//! Owns the steps through the text of one parameter: names, quoted names, lists. Pure; knows nothing of the catalogue.

/// How a value in double quotes has to be written.
const QUOTES: &str = r#"inside the quotes write \" for a quote and \\ for a backslash"#;

/// How many values one list may have.
const MAX_LIST_VALUES: usize = 10_000;

/// The text that is left to read. Errors are sentences to which the caller adds the name of the parameter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a>(&'a str);

pub(super) type Parsed<T> = Result<T, String>;

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self(text)
    }

    pub(super) fn rest(self) -> &'a str {
        self.0
    }

    pub(super) fn is_end(self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn starts_with(self, text: &str) -> bool {
        self.0.starts_with(text)
    }

    /// Steps over `text` if it comes next.
    pub(super) fn skip(&mut self, text: &str) -> bool {
        match self.0.strip_prefix(text) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    /// Blanks after a comma, as people write lists.
    pub(super) fn skip_blanks(&mut self) {
        self.0 = self.0.trim_start_matches(' ');
    }

    pub(super) fn require(&mut self, text: &str) -> Parsed<()> {
        match self.skip(text) {
            true => Ok(()),
            false => Err(format!("{text} is missing before {:?}", self.next_text())),
        }
    }

    /// The next few characters, for a message.
    pub(super) fn next_text(self) -> String {
        self.0.chars().take(20).collect()
    }

    /// All text up to one of these characters, or to the end.
    pub(super) fn take_until(&mut self, ends: &[char]) -> &'a str {
        let position = self.0.find(ends).unwrap_or(self.0.len());
        let (read, rest) = self.0.split_at(position);
        self.0 = rest;
        read
    }

    /// A name, bare or in double quotes; a bare one ends at punctuation of the grammar.
    pub(super) fn parse_name(&mut self) -> Parsed<String> {
        if self.starts_with("\"") {
            return match self.parse_quoted()? {
                empty if empty.is_empty() => Err("a name in double quotes is empty".to_owned()),
                name => Ok(name),
            };
        }
        let position = self
            .0
            .char_indices()
            .find(|(position, c)| ",.:()!\"".contains(*c) || self.0[*position..].starts_with("->"))
            .map_or(self.0.len(), |(position, _)| position);
        let (name, rest) = self.0.split_at(position);
        self.0 = rest;
        match name.trim() {
            "" => Err(format!("a name is missing before {:?}", self.next_text())),
            name => Ok(name.to_owned()),
        }
    }

    /// Text in double quotes, in which a backslash escapes the next character.
    pub(super) fn parse_quoted(&mut self) -> Parsed<String> {
        self.require("\"")?;
        let mut text = String::new();
        let mut characters = self.0.char_indices();
        while let Some((position, character)) = characters.next() {
            match character {
                '"' => {
                    self.0 = &self.0[position + 1..];
                    return Ok(text);
                }
                '\\' => text.extend(characters.next().map(|(_, escaped)| escaped)),
                _ => text.push(character),
            }
        }
        Err("a double quote is not closed".to_owned())
    }

    /// `(a,"b,c")`.
    pub(super) fn parse_list(&mut self) -> Parsed<Vec<String>> {
        self.require("(")?;
        let mut items = Vec::new();
        if self.skip(")") {
            return Ok(items);
        }
        loop {
            if items.len() == MAX_LIST_VALUES {
                return Err(format!("a list may have at most {MAX_LIST_VALUES} values"));
            }
            self.skip_blanks();
            items.push(match self.starts_with("\"") {
                true => self.parse_value(&[',', ')', ' '])?,
                false => self.take_until(&[',', ')']).to_owned(),
            });
            self.skip_blanks();
            match self.skip(",") {
                true => {}
                false => return self.require(")").map(|()| items),
            }
        }
    }

    /// One value: in double quotes if it begins with one, otherwise all text up to an end.
    pub(super) fn parse_value(&mut self, ends: &[char]) -> Parsed<String> {
        if !self.starts_with("\"") {
            return Ok(self.take_until(ends).to_owned());
        }
        let text = self
            .parse_quoted()
            .map_err(|why| format!("{why}; {QUOTES}"))?;
        match self.is_end() || self.0.starts_with(ends) {
            true => Ok(text),
            false => Err(format!(
                "unexpected {:?} after a value in double quotes; {QUOTES}",
                self.next_text()
            )),
        }
    }

    /// `{…}` up to its closing brace; braces inside double quotes do not count.
    pub(super) fn parse_braces(&mut self) -> Parsed<String> {
        let (mut depth, mut in_quotes, mut escaped) = (0_usize, false, false);
        for (position, character) in self.0.char_indices() {
            match character {
                _ if escaped => escaped = false,
                '\\' if in_quotes => escaped = true,
                '"' => in_quotes = !in_quotes,
                _ if in_quotes => {}
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && !in_quotes {
                let (read, rest) = self.0.split_at(position + character.len_utf8());
                self.0 = rest;
                return Ok(read.to_owned());
            }
        }
        Err("a brace is not closed".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_have_quoted_and_bare_items() {
        let list = |text| Cursor::new(text).parse_list();
        assert_eq!(list(r#"(a,"b,c","d\"e")"#).unwrap(), ["a", "b,c", "d\"e"]);
        assert!(list(r#"("a" b,c)"#).is_err());
        assert_eq!(list(r#"( "a" , b c,"d")"#).unwrap(), ["a", "b c", "d"]);
        assert_eq!(list("()").unwrap(), [""; 0]);
        assert_eq!(list("(,)").unwrap(), ["", ""]);
        for text in [
            r#"("a"b)"#,
            r#"("He said "hi", ok")"#,
            r#"("a)"#,
            r#"("a\")"#,
        ] {
            let why = list(text).unwrap_err();
            assert!(why.contains(QUOTES), "{text}: {why}");
        }
        assert_eq!(list(r#"(5" pipe,a"b")"#).unwrap(), ["5\" pipe", "a\"b\""]);
        assert_eq!(list(r#"("a\\",",)")"#).unwrap(), ["a\\", ",)"]);
        let long = |values: usize| {
            let text = format!("({})", vec!["1"; values].join(","));
            Cursor::new(&text).parse_list().map(|items| items.len())
        };
        assert_eq!(long(10_000), Ok(10_000));
        assert!(long(10_001).unwrap_err().contains("10000 values"));
        assert!(list("(a").is_err());
        assert!(list("a)").is_err());
    }

    #[test]
    fn names_end_at_punctuation() {
        let mut cursor = Cursor::new("first-name->x");
        assert_eq!(cursor.parse_name().unwrap(), "first-name");
        assert_eq!(cursor.rest(), "->x");
        assert_eq!(Cursor::new(r#""a.b",c"#).parse_name().unwrap(), "a.b");
        assert!(Cursor::new(",a").parse_name().is_err());
        assert!(Cursor::new("\"a").parse_name().is_err());
        assert!(Cursor::new("\"\"").parse_name().is_err());
    }

    #[test]
    fn braces_are_read_to_the_matching_one() {
        let mut cursor = Cursor::new(r#"{"a}":{"b":1}},next"#);
        assert_eq!(cursor.parse_braces().unwrap(), r#"{"a}":{"b":1}}"#);
        assert_eq!(cursor.rest(), ",next");
        assert!(Cursor::new("{{}").parse_braces().is_err());
    }
}
