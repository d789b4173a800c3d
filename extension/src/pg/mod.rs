//! Owns the tools around PostgreSQL that every room uses: SQL, triggers, errors, documents. Nothing of the domain.

pub mod changed_columns;
pub mod configuration_cache;
pub mod cursor;
pub mod day;
pub mod document;
pub mod fault;
pub mod given_rows;
pub mod id;
pub mod json_flaws;
pub mod json_text;
pub mod merge_patch;
pub mod object_reader;
pub mod planned;
pub mod raw_object;
pub mod rejected_rows;
pub mod section;
pub mod setting;
pub mod single_update;
pub mod sql;
pub mod stream;
pub mod subtransaction;
pub mod tenant_lock;
pub mod transition_tables;
pub mod trigger_row;
pub mod uuid_v7;
pub mod written_time;
