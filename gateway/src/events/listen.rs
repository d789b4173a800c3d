//! The one session that hears the database. It comes back by itself, and says so: whoever hears may have missed something.

use super::news::Heard;
use crate::database::Database;
use std::future::poll_fn;
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tokio_postgres::{AsyncMessage, Client, Connection, Socket};

/// The wait before the first further try, and the longest.
const FIRST_WAIT: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// A session that nobody answers on is noticed after these two.
const ASK_EVERY: Duration = Duration::from_secs(15);
const ANSWER_WITHIN: Duration = Duration::from_secs(5);

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Hears until the gateway ends.
pub(super) async fn forever(
    database: Database,
    news: broadcast::Sender<Heard>,
    mut stop: watch::Receiver<bool>,
) {
    let mut wait = FIRST_WAIT;
    loop {
        let attempt = async {
            let session = Session::begin(&database, &news).await?;
            tracing::info!("live events: listening");
            // nobody knows what happened while nobody listened; without receivers nobody minds
            let _ = news.send(Heard::Gap);
            Ok::<Session, Failure>(session)
        };
        let failure = tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            failure = async {
                match attempt.await {
                    Ok(session) => {
                        wait = FIRST_WAIT;
                        session.last().await
                    }
                    Err(failure) => failure,
                }
            } => failure,
        };
        tracing::warn!("live events: interrupted, tried again: {failure}");
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = sleep(wait) => {}
        }
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

/// A session that listens.
struct Session {
    client: Client,
    reader: JoinHandle<Failure>,
}

impl Session {
    async fn begin(database: &Database, news: &broadcast::Sender<Heard>) -> Result<Self, Failure> {
        let mut config = database.config.clone();
        config
            .application_name("cs-gateway events")
            .keepalives_idle(ASK_EVERY);
        let (client, connection) =
            timeout(ANSWER_WITHIN, config.connect(database.tls.clone())).await??;
        let reader = tokio::spawn(read(connection, news.clone()));
        let session = Self { client, reader };
        let listen = session.client.batch_execute("select cs.listen_to_events()");
        timeout(ANSWER_WITHIN, listen).await??;
        Ok(session)
    }

    /// Why it ended.
    async fn last(mut self) -> Failure {
        loop {
            tokio::select! {
                ended = &mut self.reader => return ended.unwrap_or_else(Into::into),
                () = sleep(ASK_EVERY) => {}
            }
            match timeout(ANSWER_WITHIN, self.client.batch_execute("")).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => return error.into(),
                Err(late) => return late.into(),
            }
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

/// Passes on what comes until the session ends.
async fn read<S>(mut connection: Connection<Socket, S>, news: broadcast::Sender<Heard>) -> Failure
where
    S: tokio_postgres::tls::TlsStream + Unpin,
{
    loop {
        match poll_fn(|context| connection.poll_message(context)).await {
            Some(Ok(AsyncMessage::Notification(told))) => {
                // without receivers nobody minds
                let _ = news.send(Heard::of(told.payload()));
            }
            Some(Ok(_)) => {}
            Some(Err(error)) => return error.into(),
            None => return "the session was closed".into(),
        }
    }
}
