//! Owns the one database session that listens. It reconnects by itself and then reports a gap, since something may
//! have been missed.

use super::notification::HubMessage;
use crate::database::connection::Database;
use std::future::poll_fn;
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tokio_postgres::{AsyncMessage, Client, Connection, Socket};

/// The wait before the first reconnect, and the longest.
const FIRST_WAIT: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// A server that no longer answers is noticed after these two together.
const PING_EVERY: Duration = Duration::from_secs(15);
const ANSWER_WITHIN: Duration = Duration::from_secs(5);

type ListenError = Box<dyn std::error::Error + Send + Sync>;

/// Listens until the gateway stops.
pub(super) async fn listen(
    database: Database,
    messages: broadcast::Sender<HubMessage>,
    mut stop: watch::Receiver<bool>,
) {
    let mut wait = FIRST_WAIT;
    loop {
        let connect = async {
            let session = ListenSession::connect(&database, &messages).await?;
            tracing::info!("live events: listening");
            // what happened before this is unknown; it does not matter if there is no receiver
            let _ = messages.send(HubMessage::Gap);
            Ok::<ListenSession, ListenError>(session)
        };
        let error = tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            error = async {
                match connect.await {
                    Ok(session) => {
                        wait = FIRST_WAIT;
                        session.wait_for_end().await
                    }
                    Err(error) => error,
                }
            } => error,
        };
        tracing::warn!("live events: interrupted, trying again: {error}");
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = sleep(wait) => {}
        }
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

struct ListenSession {
    client: Client,
    reader: JoinHandle<ListenError>,
}

impl ListenSession {
    async fn connect(
        database: &Database,
        messages: &broadcast::Sender<HubMessage>,
    ) -> Result<Self, ListenError> {
        let mut config = database.config.clone();
        config
            .application_name("cs-gateway events")
            .keepalives_idle(PING_EVERY);
        let (client, connection) =
            timeout(ANSWER_WITHIN, config.connect(database.tls.clone())).await??;
        let reader = tokio::spawn(forward(connection, messages.clone()));
        let session = Self { client, reader };
        let listen = session.client.batch_execute("select cs.listen_to_events()");
        timeout(ANSWER_WITHIN, listen).await??;
        Ok(session)
    }

    /// Returns why it ended.
    async fn wait_for_end(mut self) -> ListenError {
        loop {
            tokio::select! {
                ended = &mut self.reader => return ended.unwrap_or_else(Into::into),
                () = sleep(PING_EVERY) => {}
            }
            match timeout(ANSWER_WITHIN, self.client.batch_execute("")).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => return error.into(),
                Err(late) => return late.into(),
            }
        }
    }
}

impl Drop for ListenSession {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

/// Forwards notifications to the hub until the session ends.
async fn forward<S>(
    mut connection: Connection<Socket, S>,
    messages: broadcast::Sender<HubMessage>,
) -> ListenError
where
    S: tokio_postgres::tls::TlsStream + Unpin,
{
    loop {
        match poll_fn(|context| connection.poll_message(context)).await {
            Some(Ok(AsyncMessage::Notification(notification))) => {
                // it does not matter if there is no receiver
                let _ = messages.send(HubMessage::from_payload(notification.payload()));
            }
            Some(Ok(_)) => {}
            Some(Err(error)) => return error.into(),
            None => return "the session was closed".into(),
        }
    }
}
