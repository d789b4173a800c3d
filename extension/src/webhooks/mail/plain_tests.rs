//! Mail to a server of the test's own, which replies as it is told.

use super::*;
use crate::webhooks::names::Names;
use crate::webhooks::retry::DeliveryAttempt;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What reached the server, line by line.
type Heard = Rc<RefCell<Vec<String>>>;

/// A server that replies to the line that starts so with this, and to all others as if all were well.
async fn serve(odd: &'static [(&'static str, &'static str)]) -> (u16, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Heard::default();
    let kept = Rc::clone(&heard);
    tokio::task::spawn_local(async move {
        while let Ok((stream, _)) = listener.accept().await {
            kept.borrow_mut().push("connected".to_owned());
            tokio::task::spawn_local(converse(stream, odd, Rc::clone(&kept)));
        }
    });
    (port, heard)
}

async fn converse(stream: TcpStream, odd: &[(&str, &str)], heard: Heard) {
    let mut stream = BufReader::new(stream);
    let usual = |line: &str| match line.get(..4).unwrap_or(line) {
        "HELO" => "220 hello",
        "EHLO" => "250-test\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME",
        "AUTH" => "235 you are known",
        "DATA" => "354 go on",
        "." => "250 queued as 42",
        _ => "250 fine",
    };
    let mut in_data = false;
    let mut line = "HELO".to_owned();
    loop {
        let is_heard = !in_data || line == ".";
        if is_heard {
            let found = odd.iter().find(|(start, _)| line.starts_with(start));
            let reply = found.map_or_else(|| usual(&line), |(_, reply)| reply);
            in_data = line == "DATA" && reply.starts_with("354");
            if reply == "hang" {
                std::future::pending::<()>().await;
            }
            let reply = format!("{reply}\r\n");
            if stream.write_all(reply.as_bytes()).await.is_err() {
                return;
            }
        }
        line.clear();
        match stream.read_line(&mut line).await {
            Ok(0) | Err(_) => return,
            Ok(_) => line = line.trim_end_matches(['\r', '\n']).to_owned(),
        }
        heard.borrow_mut().push(line.clone());
    }
}

fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(tokio::task::LocalSet::new().run_until(test));
}

const FROM: &str = "Customer Success <cs@sender.example>";

fn mailer(settings: MailSettings) -> Mailer {
    let names = Arc::new(Names::of_system());
    Mailer::new(names, watch::channel(Arc::new(settings)).1)
}

fn mailer_to(port: u16) -> Mailer {
    let url = format!("smtp://localhost:{port}");
    mailer(MailSettings::of(&url, "", FROM, "partner.example"))
}

fn payload(to: &[&str], outside: &[&str], subject: &str, text: &str) -> String {
    let owned = |all: &[&str]| all.iter().map(ToString::to_string).collect();
    let mail = Mail::new(owned(to), owned(outside), subject, text.to_owned());
    serde_json::to_string(&mail).unwrap()
}

async fn send(mailer: &Mailer, payload: &str) -> DeliveryAttempt {
    let until = Instant::now() + Duration::from_secs(20);
    mailer.send("0198-id", payload, until).await
}

#[test]
fn a_mail_leaves_as_text_and_html_under_its_own_id() {
    run(async {
        let (port, heard) = serve(&[]).await;
        let mailer = mailer_to(port);
        let mail = payload(
            &["ada@example.com", "bob@example.com"],
            &[],
            "Health of Müller & Co\r\nBcc: eve@example.org",
            "Score 35 <b>\n.\nSee https://cs.example.com",
        );
        for _ in 0..2 {
            let attempt = send(&mailer, &mail).await;
            assert_eq!(attempt.status, Some(250), "{:?}", attempt.error);
            assert_eq!(attempt.body, "queued as 42");
            // A connection is put back by a task of its own.
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let heard = heard.borrow();
        let count = |line: &str| heard.iter().filter(|it| it.as_str() == line).count();
        assert_eq!(count("connected"), 1, "the connection is used again");
        let from = "MAIL FROM:<cs@sender.example>";
        assert_eq!(heard.iter().filter(|it| it.starts_with(from)).count(), 2);
        assert_eq!(count("RCPT TO:<ada@example.com>"), 2);
        assert_eq!(count("RCPT TO:<bob@example.com>"), 2);
        assert_eq!(
            count("Message-ID: <0198-id@sender.example>"),
            2,
            "{heard:?}"
        );
        assert_eq!(count("Auto-Submitted: auto-generated"), 2);
        assert!(heard.iter().any(|it| it.contains("&lt;b&gt;")));
        assert!(heard.iter().any(|it| it == "Score 35 <b>"));
        assert!(
            !heard
                .iter()
                .any(|it| it.starts_with("Bcc") || it.contains("RCPT TO:<eve"))
        );
    });
}

#[test]
fn a_reply_that_refuses_is_the_error_of_the_try() {
    run(async {
        for (odd, status, spares) in [
            (&[("MAIL", "451 4.7.1 later")][..], Some(451), false),
            (&[("RCPT", "550 5.1.1 no such user")], Some(550), true),
            (&[("RCPT", "410 odd")], None, false),
            (&[("DATA", "554 5.7.1 spam")], Some(554), true),
            (&[(".", "552 too much")], Some(552), true),
            (&[("HELO", "421 busy")], Some(421), false),
            (&[("EHLO", "502 what")], Some(502), true),
        ] {
            let (port, _) = serve(odd).await;
            let attempt = send(
                &mailer_to(port),
                &payload(&["ada@example.com"], &[], "x", "y"),
            )
            .await;
            let error = attempt.error.clone().unwrap();
            assert_eq!(attempt.status, status, "{odd:?}: {error}");
            let (_, words) = odd[0].1.split_once(' ').unwrap();
            assert!(error.contains(words), "{odd:?}: {error}");
            assert_eq!(attempt.spares_receiver, spares, "{odd:?}");
            assert!(!attempt.is_hopeless);
        }
    });
}

#[test]
fn who_is_refused_for_good_keeps_the_letter_from_nobody_else() {
    run(async {
        let to = &["ada@example.com", "gone@example.com", "bob@example.com"][..];
        let mail = payload(to, &[], "x", "y");
        const GONE: (&str, &str) = ("RCPT TO:<gone", "550 5.1.1 no such user");
        let (port, heard) = serve(&[GONE]).await;
        let attempt = send(&mailer_to(port), &mail).await;
        assert_eq!(attempt.status, Some(250), "{:?}", attempt.error);
        assert_eq!(attempt.error, None);
        let told = "queued as 42\nnot to gone@example.com: the mail server answered 550";
        assert!(attempt.body.starts_with(told), "{}", attempt.body);
        let taken = |it: &&String| it.as_str() == ".";
        assert_eq!(heard.borrow().iter().filter(taken).count(), 2);
        // Who says "later" is asked again, with all others.
        let (port, _) = serve(&[GONE, ("RCPT TO:<bob", "451 4.7.1 later")]).await;
        let attempt = send(&mailer_to(port), &mail).await;
        assert_eq!(attempt.status, Some(451));
        assert!(attempt.error.is_some() && !attempt.spares_receiver);
        let (port, _) = serve(&[("RCPT", "550 5.1.1 no such user")]).await;
        let attempt = send(&mailer_to(port), &mail).await;
        assert_eq!(attempt.status, Some(550));
        assert!(attempt.error.is_some_and(|it| it.contains("no such user")));
    });
}

#[test]
fn a_server_that_is_gone_or_silent_fails_the_try() {
    run(async {
        let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = gone.local_addr().unwrap().port();
        drop(gone);
        let mail = payload(&["ada@example.com"], &[], "x", "y");
        let attempt = send(&mailer_to(port), &mail).await;
        assert!(attempt.is_receivers_failure(), "{attempt:?}");
        let (port, _) = serve(&[("MAIL", "hang")]).await;
        let until = Instant::now() + Duration::from_secs(1);
        let attempt = mailer_to(port).send("id", &mail, until).await;
        assert!(attempt.timed_out && attempt.is_receivers_failure());
    });
}

#[test]
fn the_password_comes_from_its_file() {
    run(async {
        let (port, heard) = serve(&[]).await;
        let file = std::env::temp_dir().join(format!("cs-smtp-{}", std::process::id()));
        std::fs::write(&file, "s3cret pass\n").unwrap();
        let url = format!("smtp://cs%40sender.example@127.0.0.1:{port}");
        let path = file.to_str().unwrap();
        let mailer = mailer(MailSettings::of(&url, path, FROM, ""));
        let attempt = send(&mailer, &payload(&["ada@example.com"], &[], "x", "y")).await;
        assert_eq!(attempt.status, Some(250), "{:?}", attempt.error);
        use base64::Engine;
        let login = "\0cs@sender.example\0s3cret pass";
        let login = base64::engine::general_purpose::STANDARD.encode(login);
        assert!(heard.borrow().contains(&format!("AUTH PLAIN {login}")));
        std::fs::remove_file(&file).unwrap();
    });
}

#[test]
fn without_settings_mail_fails_with_a_sentence_and_is_tried_again() {
    run(async {
        let url = "smtp://user@127.0.0.1:25";
        let mail = payload(&["ada@example.com"], &[], "x", "y");
        for (settings, why) in [
            (MailSettings::default(), "smtp_url is not set"),
            (
                MailSettings::of("smtp://127.0.0.1", "", "", ""),
                "email_from is not set",
            ),
            (
                MailSettings::of(url, "", FROM, ""),
                "smtp_password_file is not set",
            ),
            (
                MailSettings::of(url, "/nonexistent/password", FROM, ""),
                "cannot be read",
            ),
            (MailSettings::of(url, "/dev/null", FROM, ""), "is empty"),
        ] {
            let attempt = send(&mailer(settings), &mail).await;
            let error = attempt.error.unwrap();
            assert!(error.contains(why), "{error}");
            assert!(!error.contains("nonexistent"));
            assert!(attempt.spares_receiver && !attempt.is_hopeless);
        }
    });
}

#[test]
fn what_may_not_be_sent_does_not_leave() {
    run(async {
        let (port, heard) = serve(&[]).await;
        let mailer = mailer_to(port);
        let many = (0..21)
            .map(|it| format!("a{it}@example.com"))
            .collect::<Vec<_>>();
        let many = many.iter().map(String::as_str).collect::<Vec<_>>();
        for (payload, is_hopeless) in [
            ("{}".to_owned(), true),
            (payload(&[], &[], "x", "y"), true),
            (payload(&many, &[], "x", "y"), true),
            (payload(&["ada"], &[], "x", "y"), true),
            (payload(&["a@b.example\r\nX: y"], &[], "x", "y"), true),
            (
                r#"{"to": ["a@b.example"], "subject": "x\r\nBcc: e@f.example", "text": "y"}"#
                    .to_owned(),
                true,
            ),
            (
                payload(&["a@evil.example"], &["a@evil.example"], "x", "y"),
                false,
            ),
        ] {
            let attempt = send(&mailer, &payload).await;
            assert!(attempt.error.is_some(), "{payload}");
            assert_eq!(attempt.is_hopeless, is_hopeless, "{payload}");
        }
        assert!(heard.borrow().is_empty());
        let allowed = payload(&["a@partner.example"], &["a@partner.example"], "x", "y");
        assert_eq!(send(&mailer, &allowed).await.status, Some(250));
    });
}

#[test]
fn a_server_is_named_by_a_url_without_a_password() {
    use super::settings::SmtpServer;
    for (url, host, port, is_wrapped, user) in [
        (
            "smtp://mail.example.com",
            "mail.example.com",
            25,
            false,
            None,
        ),
        (
            "smtp://mail.example.com:587/",
            "mail.example.com",
            587,
            false,
            None,
        ),
        (
            "smtps://cs@mail.example.com",
            "mail.example.com",
            465,
            true,
            Some("cs"),
        ),
        (
            "smtp://a%40b.example@[::1]:2525",
            "::1",
            2525,
            false,
            Some("a@b.example"),
        ),
        ("smtp://a+b@127.0.0.1", "127.0.0.1", 25, false, Some("a+b")),
    ] {
        let server = SmtpServer::parse(url).unwrap_or_else(|why| panic!("{url}: {why}"));
        let login = server.login.as_ref().map(|it| it.user.as_str());
        assert_eq!((server.host.as_str(), server.port), (host, port), "{url}");
        assert_eq!((server.is_wrapped, login), (is_wrapped, user), "{url}");
    }
    for bad in [
        "mail.example.com",
        "http://mail.example.com",
        "smtp://",
        "smtp://user:secret@mail.example.com",
        "smtp://mail.example.com/path",
        "smtp://mail.example.com?tls=none",
        "smtp://mail.example.com:0",
        "smtp://a..b",
        "smtp://us%0aer@mail.example.com",
    ] {
        let refusal = SmtpServer::parse(bad).err();
        let refusal = refusal.unwrap_or_else(|| panic!("{bad}"));
        assert!(!refusal.contains("secret"), "{refusal}");
    }
}
