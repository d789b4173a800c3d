//! Names are looked up at a name server of the test's own, which answers as it is told: at once, late, never, wrongly.

use super::*;
use hickory_resolver::config::{NameServerConfig, ResolverConfig};
use hickory_resolver::proto::op::{Message, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, AAAA};
use hickory_resolver::proto::rr::{RData, Record, RecordType};
use hickory_resolver::proto::serialize::binary::{BinDecodable, BinEncodable};
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::UdpSocket;

/// A name server, and how many questions it got.
struct Server {
    address: std::net::SocketAddr,
    questions: Arc<AtomicUsize>,
}

/// `never…` gets no answer, `late…` one after 700 ms, `none…` NXDOMAIN, `empty…` no records, `broken…` SERVFAIL, `inner…` an address
/// of this machine, `four…` never a word of IPv6, anything else an address that documents use.
async fn serve() -> Server {
    let socket = Arc::new(UdpSocket::bind("127.0.0.1:0").await.unwrap());
    let server = Server {
        address: socket.local_addr().unwrap(),
        questions: Arc::default(),
    };
    let questions = Arc::clone(&server.questions);
    tokio::spawn(async move {
        let mut buffer = [0; 2048];
        while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
            questions.fetch_add(1, Ordering::SeqCst);
            let question = Message::from_bytes(&buffer[..length]).unwrap();
            let Some((answer, wait)) = answer(&question) else {
                continue;
            };
            let socket = Arc::clone(&socket);
            tokio::spawn(async move {
                tokio::time::sleep(wait).await;
                let _ = socket.send_to(&answer.to_bytes().unwrap(), from).await;
            });
        }
    });
    server
}

fn answer(question: &Message) -> Option<(Message, Duration)> {
    let query = question.queries.first()?.clone();
    let (name, kind) = (query.name().to_string(), query.query_type());
    let mut answer = Message::response(question.metadata.id, question.metadata.op_code);
    answer.metadata.recursion_available = true;
    let mut wait = Duration::ZERO;
    let address = match name.split(['-', '.']).next()? {
        "never" => return None,
        "four" if kind == RecordType::AAAA => return None,
        "none" => {
            answer.metadata.response_code = ResponseCode::NXDomain;
            None
        }
        "broken" => {
            answer.metadata.response_code = ResponseCode::ServFail;
            None
        }
        "empty" => None,
        "inner" => Some("127.0.0.1"),
        "late" => {
            wait = Duration::from_millis(700);
            Some("192.0.2.7")
        }
        _ => Some("192.0.2.7"),
    };
    let data = match (address, kind) {
        (Some(address), RecordType::A) => Some(RData::A(A(address.parse().unwrap()))),
        (Some(_), RecordType::AAAA) => Some(RData::AAAA(AAAA("2001:db8::7".parse().unwrap()))),
        _ => None,
    };
    answer.add_query(query.clone());
    if let Some(data) = data {
        answer.add_answer(Record::from_rdata(query.name().clone(), 1, data));
    }
    Some((answer, wait))
}

fn names_at(server: &Server) -> Names {
    names_with(&[server.address])
}

fn names_with(servers: &[std::net::SocketAddr]) -> Names {
    let servers = servers.iter().map(|address| {
        let mut server = NameServerConfig::udp(address.ip());
        server.connections[0].port = address.port();
        server
    });
    let config = ResolverConfig::from_parts(None, Vec::new(), servers.collect());
    Names::new(
        NameServers::fixed(config),
        HostsFile::at("/nonexistent/hosts"),
    )
}

fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(1)
        .build()
        .unwrap();
    runtime.block_on(tokio::task::LocalSet::new().run_until(test));
}

fn written(found: Result<Vec<IpAddr>, NameFault>) -> String {
    match found {
        Ok(addresses) => {
            let all = addresses.iter().map(ToString::to_string);
            all.collect::<Vec<_>>().join(" ")
        }
        Err(NameFault::Missing(_)) => "missing".to_owned(),
        Err(NameFault::Silent(_)) => "silent".to_owned(),
    }
}

#[test]
fn an_answer_is_addresses_absence_or_silence() {
    run(async {
        let names = names_at(&serve().await);
        for (name, wanted) in [
            ("good.example", "192.0.2.7 2001:db8::7"),
            ("GOOD.example.", "192.0.2.7 2001:db8::7"),
            ("late.example", "192.0.2.7 2001:db8::7"),
            ("my_service.example", "192.0.2.7 2001:db8::7"),
            ("xn--bcher-kva.example", "192.0.2.7 2001:db8::7"),
            ("inner.example", "127.0.0.1 2001:db8::7"),
            ("four.example", "192.0.2.7"),
            ("none.example", "missing"),
            ("empty.example", "missing"),
            ("broken.example", "silent"),
            ("localhost", "127.0.0.1 ::1"),
            ("a.localhost", "127.0.0.1 ::1"),
        ] {
            assert_eq!(written(names.look_up(name).await), wanted, "{name}");
        }
    });
}

#[test]
fn a_name_server_that_never_answers_is_silence_that_ends() {
    run(async {
        let names = names_at(&serve().await);
        let started = Instant::now();
        let found = names.look_up("never.example").await;
        assert_eq!(written(found), "silent");
        assert!(started.elapsed() < Duration::from_secs(10));
        // It is known for a moment, and not waited for again.
        let started = Instant::now();
        assert_eq!(written(names.look_up("never.example").await), "silent");
        assert!(started.elapsed() < Duration::from_millis(100));
    });
}

#[test]
fn a_name_server_that_is_not_there_is_silence() {
    run(async {
        let gone = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = gone.local_addr().unwrap();
        drop(gone);
        let names = names_with(&[address]);
        assert_eq!(written(names.look_up("good.example").await), "silent");
    });
}

#[test]
fn a_second_name_server_is_asked_where_the_first_is_silent() {
    run(async {
        let silent = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let working = serve().await;
        let names = names_with(&[silent.local_addr().unwrap(), working.address]);
        let started = Instant::now();
        let found = names.look_up("good.example").await;
        assert_eq!(written(found), "192.0.2.7 2001:db8::7");
        assert!(started.elapsed() < Duration::from_secs(3));
    });
}

#[test]
fn names_that_are_never_answered_for_delay_no_other() {
    run(async {
        let server = serve().await;
        let names = Arc::new(names_at(&server));
        let mut dead = tokio::task::JoinSet::new();
        for number in 0..300 {
            let names = Arc::clone(&names);
            dead.spawn_local(
                async move { names.look_up(&format!("never-{number}.example")).await },
            );
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        let started = Instant::now();
        for name in ["good.example", "none.example", "localhost"] {
            assert_ne!(written(names.look_up(name).await), "silent", "{name}");
        }
        let took = started.elapsed();
        assert!(took < Duration::from_secs(3), "{took:?}");
        assert!(dead.try_join_next().is_none(), "all of them still wait");
    });
}

#[test]
fn equal_look_ups_are_made_once_and_kept() {
    run(async {
        let server = serve().await;
        let names = Arc::new(names_at(&server));
        let mut asked = tokio::task::JoinSet::new();
        for _ in 0..100 {
            let names = Arc::clone(&names);
            asked.spawn_local(async move { written(names.look_up("fine.example").await) });
        }
        while let Some(found) = asked.join_next().await {
            assert_eq!(found.unwrap(), "192.0.2.7 2001:db8::7");
        }
        // A question for each family; the name server allows it to be kept for a second, which is too short to connect.
        assert_eq!(server.questions.load(Ordering::SeqCst), 2);
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        names.look_up("fine.example").await.unwrap();
        assert_eq!(server.questions.load(Ordering::SeqCst), 2);
    });
}

#[test]
fn what_is_kept_is_bounded() {
    let now = Instant::now();
    let slot = |age: u64| {
        Arc::new(Slot {
            asked_at: now - Duration::from_millis(age),
            answer: OnceCell::new(),
        })
    };
    let mut kept = (0..MOST_KEPT)
        .map(|it| (it.to_string(), slot(it as u64)))
        .collect::<HashMap<_, _>>();
    make_room(&mut kept, now);
    assert!(kept.len() <= MOST_KEPT / 2, "{}", kept.len());
    assert!(kept.contains_key("0"), "the newest stay");
}

#[test]
fn files_of_the_system_are_followed() {
    run(async {
        let server = serve().await;
        let folder = std::env::temp_dir().join(format!("cs-names-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (hosts, resolv) = (folder.join("hosts"), folder.join("resolv.conf"));
        std::fs::write(&hosts, "192.0.2.1 here.test\n").unwrap();
        std::fs::write(&resolv, "nameserver 127.0.0.1\n").unwrap();
        let names = Names::new(NameServers::at(&resolv), HostsFile::at(&hosts));
        assert_eq!(written(names.look_up("here.test").await), "192.0.2.1");
        assert!(names.servers.have_changed(), "read the first time");
        assert!(!names.servers.have_changed());
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        std::fs::write(&hosts, "192.0.2.22 here.test\n").unwrap();
        std::fs::write(&resolv, "nameserver 127.0.0.111\n").unwrap();
        assert_eq!(written(names.look_up("here.test").await), "192.0.2.22");
        assert!(names.servers.have_changed());
        drop(server);
        std::fs::remove_dir_all(&folder).unwrap();
    });
}
