//! A stream in front of no database: what a client reads, how much may wait for it, and how it ends.

use super::*;
use crate::config::Config;
use crate::notifications::hub::Hub;
use crate::shares::Holder;
use crate::state::Gateway;
use clap::Parser;
use std::collections::HashMap;
use tokio::time::timeout;

const NOTIFICATION: &str =
    r#"{"tenant":"00000000-0000-0000-0000-000000000001","topic":"accounts","ids":null}"#;

fn stream(hub: &Hub) -> EventStream {
    stream_of(hub, false)
}

/// That of a caller who sees all accounts, or only some.
fn stream_of(hub: &Hub, is_narrow: bool) -> EventStream {
    let path = std::env::temp_dir().join(format!("cs-events-secret-{}", Uuid::new_v4()));
    std::fs::write(&path, [b's'; 40]).unwrap();
    let nowhere = "postgres://nobody@127.0.0.1:1/none";
    let secret = path.to_str().unwrap();
    let arguments = [
        "cs-gateway",
        "--database-url",
        nowhere,
        "--jwt-secret-file",
        secret,
    ];
    let gateway = Gateway::new(Config::parse_from(arguments)).unwrap();
    std::fs::remove_file(&path).unwrap();
    let access = CallerAccess {
        user: Uuid::from_u128(7),
        tenant: Some(Uuid::from_u128(1)),
        topics: HashMap::from([("accounts".to_owned(), is_narrow)]),
    };
    let holder = Holder::of_session(access.user, access.tenant);
    let caller = Identity::of_token("", holder, None, 1000);
    let pending = hub.subscribe(&gateway.config);
    let subscription = pending.for_holder(holder).ok().unwrap();
    EventStream::new(gateway.pool, caller, subscription, access)
}

/// All that a client reads until nothing more comes.
async fn read(stream: &mut EventStream) -> String {
    let mut text = String::new();
    while let Ok(Some(event)) = timeout(Duration::from_millis(300), stream.next()).await {
        text.push_str(&format!("{event:?}").replace('\\', ""));
    }
    text
}

#[tokio::test]
async fn a_slow_client_has_to_read_again_and_what_waits_for_it_is_bounded() {
    let hub = Hub::default();
    let mut stream = stream(&hub);
    for _ in 0..5000 {
        hub.send(HubMessage::from_payload(NOTIFICATION));
    }
    let text = read(&mut stream).await;
    assert_eq!(text.matches("event: ready").count(), 1);
    assert_eq!(text.matches("event: resync").count(), 1);
    assert_eq!(text.matches(r#""topic":"accounts""#).count(), 1024);
}

#[tokio::test]
async fn a_caller_who_sees_some_accounts_is_not_told_what_happened_to_many() {
    let hub = Hub::default();
    let mut stream = stream_of(&hub, true);
    let actor = r#""ids":null,"actor":"00000000-0000-0000-0000-000000000009""#;
    for _ in 0..3 {
        hub.send(HubMessage::from_payload(
            &NOTIFICATION.replace(r#""ids":null"#, actor),
        ));
    }
    let text = read(&mut stream).await;
    assert!(
        !text.contains("topic") && !text.contains("resync"),
        "{text}"
    );
    let later = timeout(RESYNC_PAUSE, stream.next()).await.unwrap();
    let text = format!("{:?}", later.unwrap()) + &read(&mut stream).await;
    assert_eq!(text.matches("resync").count(), 1, "{text}");
    assert!(
        !text.contains("topic") && !text.contains("000009"),
        "{text}"
    );
}

#[tokio::test]
async fn a_stop_ends_it_although_more_waits() {
    let hub = Hub::default();
    let mut stream = stream(&hub);
    hub.send(HubMessage::from_payload(NOTIFICATION));
    hub.stop();
    let text = read(&mut stream).await;
    assert!(stream.next().await.is_none());
    assert!(
        text.contains("event: ready") && !text.contains("topic"),
        "{text}"
    );
}

#[tokio::test]
async fn what_was_not_sent_for_want_of_access_is_made_good_by_a_resync() {
    let hub = Hub::default();
    let mut stream = stream(&hub);
    // the database is unavailable, so the access that this asks for cannot be read
    hub.send(HubMessage::from_payload(
        &NOTIFICATION.replace("accounts", "tenant"),
    ));
    hub.send(HubMessage::from_payload(NOTIFICATION));
    stream.ready.clear();
    let text = read(&mut stream).await;
    assert!(stream.has_missed && !text.contains("topic"), "{text}");
}
