//! What cannot be seen says nothing: texts of invisible characters are refused as empty ones are, through every door that wants words.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{WORLD, become_person, fails_with, run};
    use pgrx::prelude::*;

    /// A zero-width space, a soft hyphen between blanks, a byte order mark, an ideographic space.
    const UNSEEN: [&str; 4] = ["\u{200b}", " \u{ad} ", "\u{feff}", "\u{3000}"];

    #[pg_test]
    fn words_that_cannot_be_seen_are_none() {
        run(WORLD);
        become_person("ada@one.test");
        run("set local role cs_member");
        let first = "(select id from cs.accounts where name = 'First')";
        for (call, complaint) in [
            (
                format!("select cs.log_activity({first}, 'note', '§')"),
                "an activity needs a body of at most 20000 characters",
            ),
            (
                format!(
                    "select cs.set_health_override({first}, 50, '§', now() + interval '1 day')"
                ),
                "an override needs a reason",
            ),
            (
                "select cs.accept_silence('logins', '§')".to_owned(),
                "an accepted silence needs a reason",
            ),
            (
                format!("select cs.delete_account({first}, '§')"),
                "say why the account is deleted",
            ),
            (
                "select cs.save_milestones(id, '[{\"title\": \"§\"}]') from cs.journey_stages where name = 'Onboarding'".to_owned(),
                "a milestone needs a title",
            ),
            (
                format!("select cs.save_contact({first}, '{{\"full_name\": \"§\"}}')"),
                "a contact needs a name",
            ),
            (
                "select cs.save_view('{\"page\": \"accounts\", \"name\": \"§\"}')".to_owned(),
                "a view needs a name of at most 100 characters",
            ),
            (
                "select cs.save_playbook('{\"name\": \"§\", \"trigger_criteria\": {\"event\": {\"kind\": \"manual\"}}, \"webhook_url\": \"https://e.example\"}')".to_owned(),
                "a playbook needs a name",
            ),
            (
                "select cs.save_custom_field('{\"key\": \"seen\", \"label\": \"§\", \"type\": \"text\"}')".to_owned(),
                "a field needs a label",
            ),
        ] {
            for unseen in UNSEEN {
                let call = call.replace('§', unseen);
                assert_eq!(
                    fails_with(&call),
                    format!("22023 {complaint}"),
                    "{}",
                    unseen.escape_unicode()
                );
            }
        }
    }
}
