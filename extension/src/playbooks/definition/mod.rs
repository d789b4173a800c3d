//! Owns what a playbook is: what it waits for, what it does, and what it must be before it is stored.

pub mod action;
pub mod awaited_event;
mod check_playbook;
mod circles;
mod cron;
mod event_reader;
mod message;
mod recipients;
mod template;
pub mod trigger;
mod versions;

pub use action::{Action, MOST as MOST_ACTIONS};
pub use awaited_event::AwaitedEvent;
pub use circles::{Link as CircleLink, name_circles};
pub use cron::Cron;
pub use message::{MailAction, Recipient};
pub use template::Template;
pub use trigger::PlaybookTrigger;
