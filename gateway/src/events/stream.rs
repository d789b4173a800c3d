//! One client's stream: what it may hear, a sign of life, and an end with its session.

use super::hub::Seat;
use super::look::{self, Look};
use super::news::{Heard, News, Verdict};
use crate::Gateway;
use crate::error::ApiError;
use crate::session::Session;
use axum::http::StatusCode;
use axum::response::sse::Event;
use futures_util::stream::unfold;
use std::collections::{HashSet, VecDeque};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::{Instant, sleep, sleep_until};
use uuid::Uuid;

/// How often session and rights are looked at again; the client hears a comment each time.
const BEAT: Duration = Duration::from_secs(15);
/// The same while the database cannot be asked.
const BEAT_AWAY: Duration = Duration::from_secs(2);
/// What comes within this time is asked for together, for those who may not see every account.
const TOGETHER: Duration = Duration::from_millis(50);
/// And so many at once.
const MOST_TOGETHER: usize = 200;
/// What a client that was cut off waits before it comes back.
const RETRY: Duration = Duration::from_secs(2);

pub(super) struct Stream {
    gateway: Gateway,
    session: Session,
    seat: Seat,
    look: Look,
    look_again_at: Instant,
    /// Something could not be judged; once it can be, the client has to read all anew.
    missed: bool,
    ready: VecDeque<Event>,
    over: bool,
}

impl Stream {
    /// The client is told that it hears from now on.
    pub(super) fn begin(gateway: Gateway, session: Session, seat: Seat, look: Look) -> Self {
        let ready = Event::default().event("ready").retry(RETRY).data("{}");
        Self {
            gateway,
            session,
            seat,
            look,
            look_again_at: Instant::now() + BEAT,
            missed: false,
            ready: VecDeque::from([ready]),
            over: false,
        }
    }

    /// Asked for the next event only when the client can take one: what waits is the hub's, and bounded there.
    pub(super) fn into_events(
        self,
    ) -> impl futures_util::Stream<Item = Result<Event, Infallible>> + Send {
        unfold(self, async |mut stream| {
            stream.next().await.map(|event| (Ok(event), stream))
        })
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if self.over || *self.seat.stop.borrow() {
                return None;
            }
            // in this order: nothing is told on rights that are too old
            tokio::select! {
                biased;
                // it changes once, or is gone with the hub
                _ = self.seat.stop.changed() => self.over = true,
                () = sleep_until(self.look_again_at) => {
                    self.look_again().await;
                    self.ready.push_back(Event::default().comment("beat"));
                }
                heard = self.seat.news.recv() => match heard {
                    Ok(heard) => self.hear(heard).await,
                    Err(RecvError::Lagged(_)) => self.resync(),
                    Err(RecvError::Closed) => self.over = true,
                },
            }
        }
    }

    /// Whether the caller may still hear, and what.
    async fn look_again(&mut self) {
        match look::take(&self.gateway, &self.session).await {
            Ok(look) if look.is_of(&self.look) => {
                self.look = look;
                self.look_again_at = Instant::now() + BEAT;
                if std::mem::take(&mut self.missed) {
                    self.resync();
                }
            }
            Ok(_) => self.end(),
            Err(error) => self.failed(&error),
        }
    }

    fn failed(&mut self, error: &ApiError) {
        if error.status() == StatusCode::UNAUTHORIZED {
            self.end();
        } else {
            self.missed = true;
            self.look_again_at = Instant::now() + BEAT_AWAY;
        }
    }

    fn end(&mut self) {
        self.ready.clear();
        let why = r#"{"code":"28000"}"#;
        self.ready
            .push_back(Event::default().event("end").data(why));
        self.over = true;
    }

    fn resync(&mut self) {
        self.ready.clear();
        self.ready
            .push_back(Event::default().event("resync").data("{}"));
    }

    /// What is heard while rights are unknown is not told: the client reads all anew once they are known.
    async fn hear(&mut self, first: Heard) {
        let Some(news) = self.batch(first).await else {
            return self.resync();
        };
        if news.iter().any(|news| news.puts_in_doubt(&self.look)) {
            self.look_again().await;
        }
        if self.missed || self.over {
            return;
        }
        let judged: Vec<_> = news
            .iter()
            .map(|news| (news, news.verdict(&self.look)))
            .collect();
        if judged
            .iter()
            .any(|(_, verdict)| *verdict == Verdict::Resync)
        {
            return self.resync();
        }
        match self.seen(&judged).await {
            Ok(seen) => judged
                .iter()
                .for_each(|(news, verdict)| self.tell(news, *verdict, &seen)),
            Err(error) => self.failed(&error),
        }
    }

    /// For those who may not see every account, what comes together; None where something was missed.
    async fn batch(&mut self, first: Heard) -> Option<Vec<Arc<News>>> {
        let mut all = vec![first];
        if self.look.is_narrow() {
            sleep(TOGETHER).await;
            while all.len() < MOST_TOGETHER {
                match self.seat.news.try_recv() {
                    Ok(heard) => all.push(heard),
                    Err(TryRecvError::Lagged(_)) => return None,
                    Err(TryRecvError::Empty | TryRecvError::Closed) => break,
                }
            }
        }
        all.into_iter()
            .map(|heard| match heard {
                Heard::News(news) => Some(news),
                Heard::Gap => None,
            })
            .collect()
    }

    async fn seen(&self, judged: &[(&Arc<News>, Verdict)]) -> Result<HashSet<Uuid>, ApiError> {
        let asked: HashSet<Uuid> = judged
            .iter()
            .filter(|(_, verdict)| *verdict == Verdict::TellSeen)
            .filter_map(|(news, _)| news.ids.as_deref())
            .flatten()
            .copied()
            .collect();
        match asked.is_empty() {
            true => Ok(asked),
            false => look::seen(&self.gateway, &self.session, &asked).await,
        }
    }

    fn tell(&mut self, news: &News, verdict: Verdict, seen: &HashSet<Uuid>) {
        let ids = match (verdict, &news.ids) {
            (Verdict::TellSeen, Some(ids)) => {
                let ids: Vec<Uuid> = ids.iter().copied().filter(|id| seen.contains(id)).collect();
                if ids.is_empty() {
                    return;
                }
                Some(ids)
            }
            (Verdict::Tell, ids) => ids.clone(),
            _ => return,
        };
        if let Ok(event) = Event::default().json_data(news.told(ids.as_deref())) {
            self.ready.push_back(event);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Config;
    use crate::events::hub::Hub;
    use crate::session::Proof;
    use clap::Parser;
    use std::collections::HashMap;
    use tokio::time::timeout;

    const NEWS: &str =
        r#"{"tenant":"00000000-0000-0000-0000-000000000001","topic":"accounts","ids":null}"#;

    /// In front of no database.
    fn stream(hub: &Hub) -> Stream {
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
        let session = Session {
            proof: Proof::Token(String::new()),
            client: None,
        };
        let look = Look {
            user: Uuid::from_u128(7),
            tenant: Some(Uuid::from_u128(1)),
            topics: HashMap::from([("accounts".to_owned(), false)]),
        };
        let seat = hub.join(&gateway.config).of(look.user).ok().unwrap();
        Stream::begin(gateway, session, seat, look)
    }

    /// All that a client reads until nothing more comes.
    async fn read(stream: &mut Stream) -> String {
        let mut told = String::new();
        while let Ok(Some(event)) = timeout(Duration::from_millis(300), stream.next()).await {
            told.push_str(&format!("{event:?}").replace('\\', ""));
        }
        told
    }

    #[tokio::test]
    async fn a_slow_client_is_told_to_read_anew_and_what_waits_for_it_is_bounded() {
        let hub = Hub::default();
        let mut stream = stream(&hub);
        for _ in 0..5000 {
            hub.tell(Heard::of(NEWS));
        }
        let told = read(&mut stream).await;
        assert_eq!(told.matches("event: ready").count(), 1);
        assert_eq!(told.matches("event: resync").count(), 1);
        assert_eq!(told.matches(r#""topic":"accounts""#).count(), 1024);
    }

    #[tokio::test]
    async fn a_stop_ends_it_although_more_waits() {
        let hub = Hub::default();
        let mut stream = stream(&hub);
        hub.tell(Heard::of(NEWS));
        hub.stop();
        let told = read(&mut stream).await;
        assert!(stream.next().await.is_none());
        assert!(
            told.contains("event: ready") && !told.contains("topic"),
            "{told}"
        );
    }

    #[tokio::test]
    async fn what_cannot_be_judged_is_made_good_by_reading_anew() {
        let hub = Hub::default();
        let mut stream = stream(&hub);
        // the database is away: the look again that this asks for fails
        hub.tell(Heard::of(&NEWS.replace("accounts", "tenant")));
        hub.tell(Heard::of(NEWS));
        stream.ready.clear();
        let told = read(&mut stream).await;
        assert!(stream.missed && !told.contains("topic"), "{told}");
    }
}
