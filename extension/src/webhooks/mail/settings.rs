//! Owns the settings of mail, all of them an administrator's: the server that takes it, the password for it, the sender, and the
//! domains outside a tenant that may be written to.

use super::address::{self, AllowedDomains};
use crate::pg::setting::{self, TextSetting, check_hook, define_hidden_text, define_text};
use crate::webhooks::host_name;
use lettre::message::Mailbox;
use url::{Host, Url};

/// `customer_success.smtp_url`: the server.
static SMTP_URL: TextSetting = TextSetting::new(Some(c""));
/// `customer_success.smtp_password_file`: where its password is.
static SMTP_PASSWORD_FILE: TextSetting = TextSetting::new(Some(c""));
/// `customer_success.email_from`: the sender.
static EMAIL_FROM: TextSetting = TextSetting::new(Some(c""));
/// `customer_success.email_allowed_domains`: who may be written to besides members and contacts.
static EMAIL_ALLOWED_DOMAINS: TextSetting = TextSetting::new(Some(c""));

/// Declares them; called once, when the library is loaded.
pub fn define() {
    define_hidden_text(
        c"customer_success.smtp_url",
        c"Server that takes the mail of playbooks.",
        c"smtp://[user@]host[:port] or smtps://[user@]host[:port]; empty: no mail leaves. Shown to superusers only.",
        &SMTP_URL,
        Some(check_smtp_url),
    );
    define_hidden_text(
        c"customer_success.smtp_password_file",
        c"File that holds the password for the server of smtp_url.",
        c"Read by the server's operating system user, at start and reload. Shown to superusers only.",
        &SMTP_PASSWORD_FILE,
        None,
    );
    define_text(
        c"customer_success.email_from",
        c"Sender of the mail of playbooks.",
        c"Such as Customer Success <cs@example.com>; empty: no mail leaves. Tenants cannot choose it.",
        &EMAIL_FROM,
        Some(check_email_from),
    );
    define_text(
        c"customer_success.email_allowed_domains",
        c"Domains that playbooks may write to besides their tenant's members and contacts.",
        c"Comma-separated; a domain does not stand for those below it. Default empty.",
        &EMAIL_ALLOWED_DOMAINS,
        Some(check_domains),
    );
}

check_hook!(check_smtp_url, |text| match text {
    "" => Ok(()),
    text => SmtpServer::parse(text).map(drop),
});

check_hook!(check_email_from, |text| match text {
    "" => Ok(()),
    text => parse_sender(text).map(drop),
});

check_hook!(check_domains, |text| AllowedDomains::parse(text).map(drop));

/// The domains of `customer_success.email_allowed_domains`, as they are now.
pub fn allowed_domains() -> AllowedDomains {
    // The check hook has accepted the text.
    AllowedDomains::parse(&setting::text(&EMAIL_ALLOWED_DOMAINS)).unwrap_or_default()
}

/// A server that takes mail.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpServer {
    pub host: String,
    pub port: u16,
    /// Encrypted from the first byte, rather than once both sides say so.
    pub is_wrapped: bool,
    /// Who it is told that this is.
    pub login: Option<Login>,
}

/// A user of a server, and the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    pub user: String,
    pub password: String,
}

impl SmtpServer {
    /// Reads a URL, without a password yet; the error is a sentence for the administrator, without the URL.
    pub fn parse(text: &str) -> Result<Self, String> {
        let form =
            || "It must be smtp://[user@]host[:port] or smtps://[user@]host[:port].".to_owned();
        let url = Url::parse(text).map_err(|_| form())?;
        let (is_wrapped, usual_port) = match url.scheme() {
            "smtp" => (false, 25),
            "smtps" => (true, 465),
            _ => return Err(form()),
        };
        if url.password().is_some() {
            return Err(
                "A password belongs in the file of customer_success.smtp_password_file.".to_owned(),
            );
        }
        let has_more =
            !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some();
        let port = url.port().unwrap_or(usual_port);
        if has_more || port == 0 {
            return Err(form());
        }
        // As in an http URL: 127.1 and the like become addresses.
        let host = match Host::parse(url.host_str().ok_or_else(form)?).map_err(|_| form())? {
            Host::Domain(name) => {
                host_name::check(&name).map_err(|why| format!("{why}."))?;
                name
            }
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => address.to_string(),
        };
        let user = percent_decoded(url.username()).ok_or_else(form)?;
        Ok(Self {
            host,
            port,
            is_wrapped,
            login: (!user.is_empty()).then(|| Login {
                user,
                password: String::new(),
            }),
        })
    }
}

fn percent_decoded(text: &str) -> Option<String> {
    // As the value of a form: only the plus sign means something else there.
    let escaped = format!("user={}", text.replace('+', "%2B"));
    let (_, user) = url::form_urlencoded::parse(escaped.as_bytes()).next()?;
    let is_clean = !user.contains('\u{fffd}') && !user.chars().any(char::is_control);
    is_clean.then(|| user.into_owned())
}

fn parse_sender(text: &str) -> Result<Mailbox, String> {
    let form = || {
        "It must be an e-mail address, or a name and an address as in Customer Success <cs@example.com>.".to_owned()
    };
    if text.chars().any(char::is_control) {
        return Err(form());
    }
    let sender = text.parse::<Mailbox>().map_err(|_| form())?;
    address::parse(sender.email.as_ref()).map_err(|why| format!("{why}."))?;
    Ok(sender)
}

/// The settings of mail at one moment.
#[derive(Clone)]
pub struct MailSettings {
    /// Or why there is none.
    pub server: Result<SmtpServer, String>,
    /// Or why there is none.
    pub from: Result<Mailbox, String>,
    pub allowed: AllowedDomains,
}

impl Default for MailSettings {
    fn default() -> Self {
        Self::of("", "", "", "")
    }
}

impl MailSettings {
    /// As they are now. Main thread only.
    pub fn read() -> Self {
        Self::of(
            &setting::text(&SMTP_URL),
            &setting::text(&SMTP_PASSWORD_FILE),
            &setting::text(&EMAIL_FROM),
            &setting::text(&EMAIL_ALLOWED_DOMAINS),
        )
    }

    /// Of these texts.
    pub(super) fn of(url: &str, password_file: &str, from: &str, domains: &str) -> Self {
        let unset = |name: &str| format!("no mail can be sent: customer_success.{name} is not set");
        Self {
            server: match url {
                "" => Err(unset("smtp_url")),
                url => {
                    SmtpServer::parse(url).and_then(|server| with_password(server, password_file))
                }
            },
            from: match from {
                "" => Err(unset("email_from")),
                from => parse_sender(from),
            },
            allowed: AllowedDomains::parse(domains).unwrap_or_default(),
        }
    }
}

fn with_password(mut server: SmtpServer, file: &str) -> Result<SmtpServer, String> {
    let Some(login) = &mut server.login else {
        return Ok(server);
    };
    if file.is_empty() {
        return Err(
            "no mail can be sent: customer_success.smtp_url names a user, but customer_success.smtp_password_file is not set"
                .to_owned(),
        );
    }
    // Where the file is is for superusers.
    let text = std::fs::read_to_string(file).map_err(|error| {
        format!("no mail can be sent: the file of customer_success.smtp_password_file cannot be read: {}", error.kind())
    })?;
    login.password = text.trim_end_matches(['\r', '\n']).to_owned();
    match login.password.is_empty() {
        true => Err(
            "no mail can be sent: the file of customer_success.smtp_password_file is empty"
                .to_owned(),
        ),
        false => Ok(server),
    }
}
