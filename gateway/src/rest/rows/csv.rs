//! Owns lines of CSV (RFC 4180), whose cells a spreadsheet takes for text or numbers and never for formulas. Pure.

use super::formula;

/// What a client may choose about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CsvStyle {
    /// Whether it begins with a byte order mark, without which Excel takes UTF-8 for another encoding.
    pub(crate) bom: bool,
    /// Whether what a spreadsheet could take for a formula gets an apostrophe.
    pub(crate) guard: bool,
}

impl CsvStyle {
    /// That of a client that does not choose.
    pub(super) const PLAIN: Self = Self {
        bom: false,
        guard: true,
    };

    pub(super) fn write_head<'a>(self, names: impl Iterator<Item = &'a str>, out: &mut Vec<u8>) {
        if self.bom {
            out.extend_from_slice("\u{feff}".as_bytes());
        }
        self.write_line(names.map(Some), out);
    }

    /// Writes a line: NULL is an empty cell, an empty string a quoted one. A line of nothing is passed over by readers, so
    /// NULL is quoted where it would be all there is.
    pub(super) fn write_line<'a>(
        self,
        cells: impl Iterator<Item = Option<&'a str>>,
        out: &mut Vec<u8>,
    ) {
        let start = out.len();
        for (place, cell) in cells.enumerate() {
            if place > 0 {
                out.push(b',');
            }
            if let Some(text) = cell {
                self.write_cell(text, out);
            }
        }
        if out.len() == start {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(b"\r\n");
    }

    fn write_cell(self, text: &str, out: &mut Vec<u8>) {
        let guard = self.guard && formula::needs_guard(text);
        // a semicolon or a tab is what separates cells to spreadsheets of some countries
        let is_plain =
            !guard && !text.is_empty() && !text.contains(['"', ',', ';', '\t', '\r', '\n']);
        if is_plain {
            out.extend_from_slice(text.as_bytes());
            return;
        }
        out.push(b'"');
        if guard {
            out.push(b'\'');
        }
        out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
        out.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written_as(style: CsvStyle, cells: &[Option<&str>]) -> String {
        let mut out = Vec::new();
        style.write_line(cells.iter().copied(), &mut out);
        String::from_utf8(out).unwrap()
    }

    fn written(cells: &[Option<&str>]) -> String {
        written_as(CsvStyle::PLAIN, cells)
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let cells = ["a", "b,c", "d\"e", "f\ng", "h;i", "j\tk", "l m"].map(Some);
        assert_eq!(
            written(&[&cells[..], &[None, Some("")]].concat()),
            "a,\"b,c\",\"d\"\"e\",\"f\ng\",\"h;i\",\"j\tk\",l m,,\"\"\r\n"
        );
    }

    #[test]
    fn no_line_is_empty() {
        assert_eq!(written(&[None]), "\"\"\r\n");
        assert_eq!(written(&[Some("")]), "\"\"\r\n");
        assert_eq!(written(&[None, None]), ",\r\n");
    }

    #[test]
    fn formulas_are_texts_unless_they_are_wanted_as_they_are() {
        assert_eq!(written(&[Some("=1+1")]), "\"'=1+1\"\r\n");
        let bare = CsvStyle {
            guard: false,
            ..CsvStyle::PLAIN
        };
        assert_eq!(written_as(bare, &[Some("=1+1")]), "=1+1\r\n");
        assert_eq!(written(&[Some("-1250.50")]), "-1250.50\r\n");
    }

    #[test]
    fn a_file_begins_with_its_mark_and_its_names() {
        let mut out = Vec::new();
        let marked = CsvStyle {
            bom: true,
            ..CsvStyle::PLAIN
        };
        marked.write_head(["a", "=b"].into_iter(), &mut out);
        assert_eq!(out, "\u{feff}a,\"'=b\"\r\n".as_bytes());
    }
}
