//! One tenant holds at most half of the connections, one person a quarter, however long their calls wait; what goes
//! beyond is refused at once, and others notice nothing.

use std::thread::{self, Scope, ScopedJoinHandle};
use std::time::Duration;

use postgres::Client as Sql;
use reqwest::blocking::Response;
use serde_json::json;

use super::{Neighbours, OURS, Person, refusal, timed};
use crate::support::wait_sql;

const STUCK: &str = "and wait_event_type = 'Lock'";

impl Neighbours {
    /// Left's linked role locks one of its accounts; the lock ends with the connection's transaction.
    fn lock_a_row(&mut self) -> (String, Sql) {
        let left = &self.world.tenants[0];
        let mut analyst = self.world.database.connect_as(&left.analyst).unwrap();
        analyst.batch_execute("begin").unwrap();
        let lock = "select id::text from cs.accounts order by name limit 1 for update";
        let account = analyst.query_one(lock, &[]).unwrap().get(0);
        (account, analyst)
    }

    fn wait_stuck(&mut self, calls: i64) {
        let stuck = format!("select count(*) = {calls} {OURS} {STUCK}");
        wait_sql(&mut self.admin, "calls waiting for the row", &stuck);
    }

    fn number_stuck(&mut self) -> i64 {
        self.number(&format!("select count(*) {OURS} {STUCK}"))
    }
}

impl Person {
    /// A call that waits for the locked row.
    fn change(&self, account: &str) -> Response {
        let change = json!({"account_id": account, "patch": {"name": "lqzleft-renamed"}});
        self.post("/rest/v1/rpc/update_account", &change)
    }
}

fn spawn_changes<'scope>(
    scope: &'scope Scope<'scope, '_>,
    people: Vec<Person>,
    account: &str,
) -> Vec<ScopedJoinHandle<'scope, (Duration, Response)>> {
    let spawn = |person: Person| {
        let account = account.to_owned();
        scope.spawn(move || timed(|| person.change(&account)))
    };
    people.into_iter().map(spawn).collect()
}

#[test]
fn calls_that_wait_for_their_own_row_take_nothing_from_others() {
    let mut neighbours = Neighbours::prepared("select");
    let (account, analyst) = neighbours.lock_a_row();
    let four = [0, 1, 2, 3].map(|number| neighbours.person(0, number));
    let people: Vec<_> = (0..24).map(|n| four[n % 4].clone()).collect();
    let idle = four[3].clone();
    let right = neighbours.person(1, 0);
    thread::scope(|scope| {
        let calls = spawn_changes(scope, people, &account);
        neighbours.wait_stuck(5);
        thread::sleep(Duration::from_millis(1500));
        for round in 0..2 {
            assert_eq!(neighbours.number_stuck(), 5);
            let (took, answer) = timed(|| idle.get("/rest/v1/accounts?limit=1"));
            assert!(answer.headers().contains_key("retry-after"));
            assert_eq!(refusal(answer), (503, "53300".to_owned()));
            assert!(
                took < Duration::from_millis(500),
                "at once, not after {took:?}"
            );
            for (side, number) in [(0, round % 4), (1, round % 4)] {
                let someone = neighbours.stranger();
                let (took, answer) = timed(|| neighbours.log_in(&someone, side, number));
                assert_eq!(answer.status(), 200);
                assert!(took < Duration::from_secs(4), "{took:?}");
                assert_eq!(someone.get("/auth/me").status(), 200);
                assert_eq!(someone.post("/auth/logout", &json!({})).status(), 204);
            }
            for path in ["/rest/v1/rpc/board", "/rest/v1/account_overview", "/ready"] {
                let (took, answer) = timed(|| match path.contains("rpc") {
                    true => right.post(path, &json!({})),
                    false => right.get(path),
                });
                assert_eq!(answer.status(), 200, "{path}");
                assert!(took < Duration::from_secs(2), "{path} {took:?}");
            }
        }
        drop(analyst);
        let ended: Vec<_> = calls.into_iter().map(|call| call.join().unwrap()).collect();
        let (done, refused): (Vec<_>, Vec<_>) = ended
            .into_iter()
            .partition(|(_, answer)| answer.status() == 200);
        assert_eq!((done.len(), refused.len()), (5, 19));
        for (took, answer) in refused {
            assert_eq!(answer.status(), 503);
            assert!(took < Duration::from_secs(4), "{took:?}");
        }
    });
    assert_eq!(idle.get("/rest/v1/accounts?limit=1").status(), 200);
}

#[test]
fn a_person_holds_a_quarter_and_leaves_the_rest_to_colleagues() {
    let mut neighbours = Neighbours::prepared("select");
    let (account, analyst) = neighbours.lock_a_row();
    let (same, colleague) = (neighbours.person(0, 0), neighbours.person(0, 1));
    let token = same.token();
    let people = vec![same.clone(); 6];
    thread::scope(|scope| {
        let calls = spawn_changes(scope, people, &account);
        neighbours.wait_stuck(2);
        thread::sleep(Duration::from_millis(1500));
        assert_eq!(neighbours.number_stuck(), 2);
        let (status, code) = refusal(same.get("/rest/v1/accounts"));
        assert_eq!((status, code.as_str()), (503, "53300"));
        // their token is the same person
        let request = same.client.get(format!("{}/rest/v1/accounts", same.url));
        assert_eq!(request.bearer_auth(&token).send().unwrap().status(), 503);
        assert_eq!(same.get("/auth/me").status(), 200);
        for _ in 0..10 {
            assert_eq!(colleague.get("/rest/v1/account_overview").status(), 200);
        }
        drop(analyst);
        let ended = calls
            .into_iter()
            .map(|call| call.join().unwrap().1.status());
        assert_eq!(ended.filter(|status| *status == 200).count(), 2);
    });
    assert_eq!(same.get("/rest/v1/accounts").status(), 200);
}

#[test]
fn quick_calls_of_one_person_wait_for_each_other_and_are_all_answered() {
    let neighbours = Neighbours::prepared("select");
    let right = neighbours.person(1, 0);
    let token = right.token();
    thread::scope(|scope| {
        let asking: Vec<_> = (0..40)
            .map(|number| {
                let (stranger, token) = (neighbours.stranger(), &token);
                scope.spawn(move || {
                    let path =
                        ["rpc/my_tenants", "account_overview?limit=9", "accounts"][number % 3];
                    let request = stranger
                        .client
                        .get(format!("{}/rest/v1/{path}", stranger.url));
                    (0..5)
                        .map(|_| request.try_clone().unwrap().bearer_auth(token).send())
                        .filter(|answer| answer.as_ref().unwrap().status() != 200)
                        .count()
                })
            })
            .collect();
        for one in asking {
            assert_eq!(one.join().unwrap(), 0);
        }
    });
}

#[test]
fn a_session_whose_end_is_held_up_holds_up_no_log_in() {
    let mut neighbours = Neighbours::prepared("select");
    let people: Vec<_> = (0..8).map(|n| neighbours.person(0, n % 4)).collect();
    let mut holder = neighbours.world.database.connect().unwrap();
    holder
        .batch_execute("begin; select from cs.sessions for update")
        .unwrap();
    thread::scope(|scope| {
        let leaving: Vec<_> = people
            .into_iter()
            .map(|person| scope.spawn(move || person.post("/auth/logout", &json!({})).status()))
            .collect();
        neighbours.wait_stuck(1);
        thread::sleep(Duration::from_millis(1500));
        assert_eq!(neighbours.number_stuck(), 1);
        let right = neighbours.person(1, 0);
        for path in ["/auth/me", "/rest/v1/account_overview"] {
            assert_eq!(right.get(path).status(), 200, "{path}");
        }
        assert_eq!(
            neighbours.person(0, 0).get("/rest/v1/accounts").status(),
            200
        );
        drop(holder);
        for one in leaving {
            let status = one.join().unwrap();
            assert!(status == 204 || status == 503, "{status}");
        }
    });
}
