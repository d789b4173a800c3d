//! Owns which files of `sql/` there are, and their order. One number is one subject, in both folders.

/// Name and text of a file.
pub type File = (&'static str, &'static str);

macro_rules! files {
    ($($name:literal),+ $(,)?) => { &[$(($name, include_str!(concat!("../../../sql/", $name)))),+] };
}

/// Run at every CREATE EXTENSION, also while a dump is restored: no dump carries what they make.
pub const ALWAYS: &[File] = files!["00_cluster.sql", "01_natives.sql"];

/// Run once each, in this order.
pub const STRUCTURE: &[File] = files![
    "02_schema_versions.sql",
    "10_people.sql",
    "12_access.sql",
    "20_accounts.sql",
    "22_custom_fields.sql",
    "24_contacts.sql",
    "30_journey.sql",
    "32_milestones.sql",
    "34_activities.sql",
    "36_revenue.sql",
    "40_usage.sql",
    "50_health.sql",
    "52_health_models.sql",
    "54_health_work.sql",
    "60_playbooks.sql",
    "70_webhooks.sql",
    "72_worker.sql",
    "80_audit.sql",
    "82_events.sql",
    "84_saved_views.sql",
    "88_timeline.sql",
];

/// Run together, in this order, whenever one of them or the extension is new.
pub const AGAIN: &[File] = files![
    "again/04_configuration.sql",
    "again/10_people.sql",
    "again/12_access.sql",
    "again/20_accounts.sql",
    "again/22_custom_fields.sql",
    "again/24_contacts.sql",
    "again/26_hierarchy.sql",
    "again/28_criteria.sql",
    "again/30_journey.sql",
    "again/32_milestones.sql",
    "again/34_activities.sql",
    "again/35_my_tasks.sql",
    "again/36_revenue.sql",
    "again/37_retention.sql",
    "again/38_board.sql",
    "again/40_usage.sql",
    "again/50_health.sql",
    "again/52_health_models.sql",
    "again/54_health_work.sql",
    "again/60_playbooks.sql",
    "again/70_webhooks.sql",
    "again/74_deliveries.sql",
    "again/80_audit.sql",
    "again/82_events.sql",
    "again/84_saved_views.sql",
    "again/85_overview.sql",
    "again/86_search.sql",
    "again/87_account_events.sql",
    "again/88_timeline.sql",
    "again/89_portfolio.sql",
    "again/90_executive_accounts.sql",
    "again/91_executive.sql",
    "again/92_trends.sql",
    "again/93_named_by.sql",
    "again/94_meanings.sql",
    "again/95_defaults.sql",
    "again/96_folded.sql",
    "again/97_policies.sql",
    "again/98_grants.sql",
];

#[cfg(test)]
mod plain_tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    /// The names of the files in a folder below `sql/`, as the lists have them.
    fn in_folder(folder: &str) -> BTreeSet<String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../sql")
            .join(folder);
        std::fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file())
            .map(|path| format!("{folder}{}", path.file_name().unwrap().to_str().unwrap()))
            .collect()
    }

    fn structure() -> Vec<&'static str> {
        ALWAYS
            .iter()
            .chain(STRUCTURE)
            .map(|(name, _)| *name)
            .collect()
    }

    fn again() -> Vec<&'static str> {
        AGAIN.iter().map(|(name, _)| *name).collect()
    }

    /// `again/36_revenue.sql` is 36, revenue.
    fn subject(name: &str) -> (u32, &str) {
        let name = name.strip_prefix("again/").unwrap_or(name);
        let (number, subject) = name
            .strip_suffix(".sql")
            .and_then(|name| name.split_once('_'))
            .unwrap();
        (number.parse().unwrap(), subject)
    }

    #[test]
    fn every_file_is_listed_once_and_every_listed_file_is_there() {
        for (folder, listed) in [("", structure()), ("again/", again())] {
            let names: BTreeSet<String> = listed.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(names.len(), listed.len(), "listed twice in {folder}");
            assert_eq!(names, in_folder(folder));
        }
    }

    #[test]
    fn files_run_in_the_order_of_their_numbers_none_used_twice() {
        for listed in [structure(), again()] {
            for pair in listed.windows(2) {
                assert!(subject(pair[0]).0 < subject(pair[1]).0, "{pair:?}");
            }
        }
    }

    #[test]
    fn a_number_is_one_subject_and_a_subject_one_number() {
        let mut numbers = BTreeMap::new();
        let mut subjects = BTreeMap::new();
        for name in structure().into_iter().chain(again()) {
            let (number, subject) = subject(name);
            assert_eq!(
                *numbers.entry(number).or_insert(subject),
                subject,
                "{number}"
            );
            assert_eq!(
                *subjects.entry(subject).or_insert(number),
                number,
                "{subject}"
            );
        }
    }
}
