//! Walking through the text of one parameter: names, quoted names, lists. Never looks at the catalogue.

/// What is left to read. Refusals are sentences; whoever knows the parameter adds its name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a>(&'a str);

pub(super) type Read<T> = Result<T, String>;

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

    pub(super) fn sees(self, text: &str) -> bool {
        self.0.starts_with(text)
    }

    /// Steps over `text` if it stands here.
    pub(super) fn eats(&mut self, text: &str) -> bool {
        match self.0.strip_prefix(text) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    pub(super) fn needs(&mut self, text: &str) -> Read<()> {
        match self.eats(text) {
            true => Ok(()),
            false => Err(format!("{text} is missing before {:?}", self.near())),
        }
    }

    /// A few characters of what stands here, for a message.
    pub(super) fn near(self) -> String {
        self.0.chars().take(20).collect()
    }

    /// All up to one of these characters, or to the end.
    pub(super) fn until(&mut self, ends: &[char]) -> &'a str {
        let place = self.0.find(ends).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(place);
        self.0 = rest;
        taken
    }

    /// A name, bare or in double quotes; bare it ends at punctuation of the grammar.
    pub(super) fn name(&mut self) -> Read<String> {
        if self.sees("\"") {
            return self.quoted();
        }
        let place = self
            .0
            .char_indices()
            .find(|(place, c)| ",.:()!\"".contains(*c) || self.0[*place..].starts_with("->"))
            .map_or(self.0.len(), |(place, _)| place);
        let (name, rest) = self.0.split_at(place);
        self.0 = rest;
        match name.trim() {
            "" => Err(format!("a name is missing before {:?}", self.near())),
            name => Ok(name.to_owned()),
        }
    }

    /// A text in double quotes, in which a backslash takes the next character as it is.
    pub(super) fn quoted(&mut self) -> Read<String> {
        self.needs("\"")?;
        let mut text = String::new();
        let mut characters = self.0.char_indices();
        while let Some((place, character)) = characters.next() {
            match character {
                '"' => {
                    self.0 = &self.0[place + 1..];
                    return Ok(text);
                }
                '\\' => text.extend(characters.next().map(|(_, escaped)| escaped)),
                _ => text.push(character),
            }
        }
        Err("a double quote is not closed".to_owned())
    }

    /// `(a,"b,c")`.
    pub(super) fn list(&mut self) -> Read<Vec<String>> {
        self.needs("(")?;
        let mut items = Vec::new();
        if self.eats(")") {
            return Ok(items);
        }
        loop {
            items.push(self.item(&[',', ')'])?);
            match self.eats(",") {
                true => {}
                false => return self.needs(")").map(|()| items),
            }
        }
    }

    /// One value: in double quotes if it begins and ends with them, else all up to an end.
    pub(super) fn item(&mut self, ends: &[char]) -> Read<String> {
        let mut ahead = *self;
        if ahead.sees("\"")
            && let Ok(text) = ahead.quoted()
            && (ahead.is_end() || ahead.0.starts_with(ends))
        {
            *self = ahead;
            return Ok(text);
        }
        Ok(self.until(ends).to_owned())
    }

    /// `{…}`, whole: with the braces inside it, but not those inside double quotes.
    pub(super) fn braced(&mut self) -> Read<String> {
        let (mut depth, mut text, mut escaped) = (0_usize, false, false);
        for (place, character) in self.0.char_indices() {
            match character {
                _ if escaped => escaped = false,
                '\\' if text => escaped = true,
                '"' => text = !text,
                _ if text => {}
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && !text {
                let (taken, rest) = self.0.split_at(place + character.len_utf8());
                self.0 = rest;
                return Ok(taken.to_owned());
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
        let list = |text| Cursor::new(text).list();
        assert_eq!(list(r#"(a,"b,c","d\"e")"#).unwrap(), ["a", "b,c", "d\"e"]);
        assert_eq!(list("()").unwrap(), [""; 0]);
        assert_eq!(list("(,)").unwrap(), ["", ""]);
        assert_eq!(list(r#"("a"b)"#).unwrap(), [r#""a"b"#]);
        assert!(list("(a").is_err());
        assert!(list("a)").is_err());
    }

    #[test]
    fn names_end_at_punctuation() {
        let mut cursor = Cursor::new("first-name->x");
        assert_eq!(cursor.name().unwrap(), "first-name");
        assert_eq!(cursor.rest(), "->x");
        assert_eq!(Cursor::new(r#""a.b",c"#).name().unwrap(), "a.b");
        assert!(Cursor::new(",a").name().is_err());
        assert!(Cursor::new("\"a").name().is_err());
    }

    #[test]
    fn braces_are_taken_whole() {
        let mut cursor = Cursor::new(r#"{"a}":{"b":1}},next"#);
        assert_eq!(cursor.braced().unwrap(), r#"{"a}":{"b":1}}"#);
        assert_eq!(cursor.rest(), ",next");
        assert!(Cursor::new("{{}").braced().is_err());
    }
}
