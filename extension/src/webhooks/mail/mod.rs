//! Owns mail: what may be written to whom, the settings of the server that takes it, and handing it over by SMTP.

pub mod address;
mod handover;
mod letter;
mod mailer;
pub mod settings;

pub use letter::{MOST_RECIPIENTS, Mail};
pub use mailer::Mailer;
pub use settings::MailSettings;

#[cfg(test)]
mod plain_tests;
