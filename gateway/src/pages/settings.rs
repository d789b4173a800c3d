//! Owns what the pages are told about this server, by placeholders in `index.html`.

use crate::config::Config;

/// What the pages are told about this server.
#[derive(Clone, Copy)]
pub(super) struct PageSettings {
    pub(super) demo: bool,
    pub(super) sign_up: bool,
}

impl PageSettings {
    pub(super) fn of(config: &Config) -> Self {
        Self {
            demo: config.demo,
            sign_up: !config.no_sign_up,
        }
    }

    pub(super) fn fill_in(self, html: &str, nonce: &str) -> String {
        let word = |is_on: bool| if is_on { "true" } else { "false" };
        html.replace("__CSP_NONCE__", nonce)
            .replace("__CS_DEMO__", word(self.demo))
            .replace("__CS_SIGN_UP__", word(self.sign_up))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_placeholder_is_filled() {
        let html = r#"<meta demo="__CS_DEMO__" up="__CS_SIGN_UP__"><script nonce="__CSP_NONCE__">"#;
        for (demo, sign_up) in [(true, false), (false, true)] {
            assert_eq!(
                PageSettings { demo, sign_up }.fill_in(html, "n"),
                format!(r#"<meta demo="{demo}" up="{sign_up}"><script nonce="n">"#)
            );
        }
    }
}
