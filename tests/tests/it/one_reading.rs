//! The same text means the same through every door, in databases of every locale.

use cs_tests::stack;
use postgres::Client;
use postgres::error::SqlState;

/// How else a database may be made.
const LOCALES: [(&str, &str); 3] = [
    ("reading_c", "locale 'C'"),
    ("reading_utf8", "locale 'C.UTF-8'"),
    (
        "reading_icu",
        "locale 'C.UTF-8' locale_provider icu icu_locale 'tr-TR'",
    ),
];

const HASH: &str = "$2b$12$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

fn in_each_locale(test: impl Fn(&mut Client)) {
    let cluster = stack::own_cluster(&[]).unwrap();
    let mut admin = cluster.connect("postgres").unwrap();
    for (name, locale) in LOCALES {
        let make = format!("create database {name} template template0 encoding 'UTF8' {locale}");
        admin.batch_execute(&make).unwrap();
        let mut client = cluster.connect(name).unwrap();
        client
            .batch_execute("create extension customer_success")
            .unwrap();
        test(&mut client);
    }
}

fn sign_up(client: &mut Client, slug: &str, email: &str) -> Result<(), postgres::Error> {
    let sql = "select cs.create_tenant($1, $1, $2, 'Somebody', $3)";
    client.execute(sql, &[&slug, &email, &HASH]).map(drop)
}

fn people_found(client: &mut Client, email: &str) -> i64 {
    let sql = "select count(*) from cs.login_lookup($1)";
    client.query_one(sql, &[&email]).unwrap().get(0)
}

#[test]
fn who_signs_up_can_sign_in_and_nobody_else_takes_the_address() {
    in_each_locale(|client| {
        let same = [
            ["MÜLLER@x.de", " müller@X.DE\u{200b}", "mu\u{308}ller@x.de"],
            ["Émile@x.fr", "émile@x.fr", "E\u{301}MILE@x.fr"],
            ["\u{212a}im@x.de", "kim@x.de", "KIM@x.de"],
            ["İNFO@x.com", "İnfo@x.com", "\u{feff}İNFO@x.com"],
            ["info@x.com", "INFO@X.COM", "Info@x.com "],
        ];
        for (number, spellings) in same.iter().enumerate() {
            sign_up(client, &format!("t{number}"), spellings[0]).unwrap();
            for (again, email) in spellings.iter().enumerate() {
                assert_eq!(people_found(client, email), 1, "{email:?}");
                let refused = sign_up(client, &format!("t{number}-{again}"), email).unwrap_err();
                assert_eq!(
                    refused.code(),
                    Some(&SqlState::UNIQUE_VIOLATION),
                    "{email:?}"
                );
            }
        }
        for bad in [
            "a\u{1}@x.de",
            "a\u{200b}b@x.de",
            "\u{200b}",
            "a b@x.de",
            "a@b@c",
            "ada@one\u{a0}.test",
        ] {
            let refused = sign_up(client, "bad", bad).unwrap_err();
            assert_eq!(
                refused.code(),
                Some(&SqlState::INVALID_PARAMETER_VALUE),
                "{bad:?}"
            );
            assert_eq!(people_found(client, bad), 0, "{bad:?}");
        }
        let direct = "insert into cs.users (email) values ('Ada@one.test')";
        let refused = client.execute(direct, &[]).unwrap_err();
        assert_eq!(refused.code(), Some(&SqlState::CHECK_VIOLATION));
    });
}

#[test]
fn names_and_ids_are_those_that_can_be_seen() {
    in_each_locale(|client| {
        sign_up(client, "one", "ada@one.test").unwrap();
        let act =
            "select set_config('app.current_user_id', (select id::text from cs.users), false)";
        client.execute(act, &[]).unwrap();
        let upsert = |client: &mut Client, id: &str, name: &str| {
            let sql =
                "select cs.upsert_account($1, jsonb_build_object('name', $2::text)) ->> 'name'";
            client
                .query_one(sql, &[&id, &name])
                .map(|row| row.get::<_, String>(0))
        };
        for id in [
            "GT-001",
            "GT-001 ",
            "\u{a0}GT-001",
            "GT-001\u{200b}",
            "\u{feff}GT-001\n",
        ] {
            assert_eq!(upsert(client, id, " Zoe\u{308} ").unwrap(), "Zoë", "{id:?}");
        }
        for (id, name) in [
            ("\u{200b}", "x"),
            ("x", "\u{feff}"),
            ("x", "\u{200b} \u{a0}"),
            (" ", "x"),
        ] {
            let refused = upsert(client, id, name).unwrap_err();
            assert_eq!(
                refused.code(),
                Some(&SqlState::INVALID_PARAMETER_VALUE),
                "{id:?} {name:?}"
            );
        }
        // Plain SQL goes through the same door.
        client
            .batch_execute("insert into cs.accounts (tenant_id, name, external_id) select id, e' Plain\\u200b', e'P-1\\ufeff' from cs.tenants")
            .unwrap();
        let kept = "select string_agg(external_id || '=' || name, ',' order by external_id) from cs.accounts";
        let kept: String = client.query_one(kept, &[]).unwrap().get(0);
        assert_eq!(kept, "GT-001=Zoë,P-1=Plain");
        let usage = "select cs.record_usage('[
            {\"external_id\": \"GT-001 \", \"metric_type\": \"logins\", \"metric_value\": 1},
            {\"external_id\": \"\\u200bP-1\", \"metric_type\": \"logins\", \"metric_value\": 1}]') ->> 'inserted'";
        let inserted: String = client.query_one(usage, &[]).unwrap().get(0);
        assert_eq!(inserted, "2");
        let import = "select cs.import_accounts('[
            {\"external_id\": 42, \"name\": \"Told as a number\", \"parent_external_id\": \"GT-001\\u00a0\", \"csm\": \" ADA@one.test\", \"current_stage\": \"Adoption \"},
            {\"external_id\": \"43\", \"name\": \"Told as text\"}, {\"external_id\": 43, \"name\": \"Again\"}]', false, keep_good => true)";
        let answer: serde_json::Value = client.query_one(import, &[]).unwrap().get(0);
        assert_eq!(answer["inserted"], 1, "{answer}");
        for (place, index) in [1, 2].into_iter().enumerate() {
            assert_eq!(answer["rejected"][place]["index"], index, "{answer}");
            assert_eq!(
                answer["rejected"][place]["field"], "external_id",
                "{answer}"
            );
        }
        for name in ["ADOPTION", " adoption", "Adoption\u{200b}"] {
            let twin = "insert into cs.journey_stages (tenant_id, name, display_order, color_hex) select id, $1, 99, '#000000' from cs.tenants";
            let refused = client.execute(twin, &[&name]).unwrap_err();
            assert_eq!(
                refused.code(),
                Some(&SqlState::UNIQUE_VIOLATION),
                "{name:?}"
            );
        }
    });
}

#[test]
fn a_zone_is_a_name_of_the_list_whatever_the_session_takes_for_one() {
    let database = stack::database().unwrap();
    let mut client = database.connect().unwrap();
    sign_up(&mut client, "one", "ada@one.test").unwrap();
    client
        .batch_execute("set timezone_abbreviations = 'Australia'")
        .unwrap();
    let mut set = |zone: &str| {
        let sql = "update cs.tenants set settings = jsonb_build_object('time_zone', $1::text)";
        client.execute(sql, &[&zone])
    };
    for good in [
        "Europe/Berlin",
        "UTC",
        "America/Los_Angeles",
        "Asia/Kathmandu",
        "Atlantic/Azores",
    ] {
        set(good).unwrap();
    }
    for bad in [
        "UTC+2",
        "GMT+2",
        "+02",
        "02:00",
        "-5",
        "FOO5",
        "IST",
        "CST",
        "SAT",
        "Mars/Phobos",
        "",
        " ",
        "Europe/Berlin ",
        "posix/Europe/Berlin",
        "right/UTC",
        "europe/berlin",
        "EST5EDT4,M3.2.0,M11.1.0",
    ] {
        let refused = set(bad).unwrap_err();
        let refused = refused.as_db_error().unwrap();
        assert_eq!(
            refused.code(),
            &SqlState::INVALID_PARAMETER_VALUE,
            "{bad:?}"
        );
        assert!(
            refused.detail().unwrap().contains("settings.time_zone"),
            "{bad:?}"
        );
        assert!(
            refused.hint().unwrap().contains("pg_timezone_names"),
            "{bad:?}"
        );
    }
}

#[test]
fn a_moment_without_zone_is_the_tenants_time() {
    let database = stack::database().unwrap();
    let mut client = database.connect().unwrap();
    sign_up(&mut client, "one", "ada@one.test").unwrap();
    client
        .batch_execute(
            "update cs.tenants set settings = '{\"time_zone\": \"America/Los_Angeles\"}';
             insert into cs.accounts (tenant_id, name, external_id) select id, 'A', 'A' from cs.tenants;
             select set_config('app.current_user_id', (select id::text from cs.users), false);
             set timezone = 'Europe/Berlin'",
        )
        .unwrap();
    for (written, moment) in [
        ("2026-11-20", "2026-11-20T08:00:00Z"),
        ("2026-11-22T09:00:00", "2026-11-22T17:00:00Z"),
        ("2026-11-22T01:00:00Z", "2026-11-22T01:00:00Z"),
        ("2026-11-22T01:00:00+02:00", "2026-11-21T23:00:00Z"),
        // The clock is set forward at two.
        ("2026-03-08T02:30:00", "2026-03-08T10:30:00Z"),
    ] {
        let row = format!(
            "[{{\"external_id\": \"A\", \"metric_type\": \"logins\", \"metric_value\": 1, \"recorded_at\": \"{written}\", \"event_id\": \"{written}\"}}]"
        );
        client
            .execute("select cs.record_usage($1::text::jsonb)", &[&row])
            .unwrap();
        let sql =
            "select recorded_at = $2::text::timestamptz from cs.usage_metrics where event_id = $1";
        assert!(
            client
                .query_one(sql, &[&written, &moment])
                .unwrap()
                .get::<_, bool>(0),
            "{written}"
        );
        let activity = "select cs.update_activity((cs.log_activity(id, 'note', 'x') ->> 'id')::uuid, jsonb_build_object('at', $1::text)) ->> 'at' from cs.accounts";
        let at: String = client.query_one(activity, &[&written]).unwrap().get(0);
        let same = client
            .query_one(
                "select $1::text::timestamptz = $2::text::timestamptz",
                &[&at, &moment],
            )
            .unwrap();
        assert!(same.get::<_, bool>(0), "{written}: {at}");
    }
}

#[test]
fn a_database_that_is_not_unicode_is_refused_at_once() {
    let cluster = stack::own_cluster(&[]).unwrap();
    let mut admin = cluster.connect("postgres").unwrap();
    for encoding in ["LATIN1", "WIN1252", "EUC_JP", "SQL_ASCII"] {
        let name = format!("enc_{}", encoding.to_lowercase());
        let make =
            format!("create database {name} template template0 encoding '{encoding}' locale 'C'");
        admin.batch_execute(&make).unwrap();
        let mut client = cluster.connect(&name).unwrap();
        let refused = client
            .batch_execute("create extension customer_success")
            .unwrap_err();
        let told = refused.as_db_error().unwrap().message();
        assert!(told.contains("UTF8"), "{encoding}: {told}");
        let left = client
            .query_one("select to_regnamespace('cs') is null", &[])
            .unwrap();
        assert!(left.get::<_, bool>(0), "{encoding}: nothing stays behind");
    }
}
