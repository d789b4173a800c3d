//! Where another application of the cluster uses the names, ours begin otherwise.

use cs_tests::database::Database;
use cs_tests::gateway::{Gateway, http_client};
use cs_tests::stack;
use postgres::error::SqlState;
use reqwest::header::ORIGIN;
use serde_json::json;

use crate::support::number;

#[test]
fn another_prefix_leaves_the_names_to_others() {
    let prefix = (
        "customer_success.identity_prefix".to_owned(),
        "cs_app".to_owned(),
    );
    let cluster = stack::own_cluster(&[prefix]).unwrap();
    let database = Database::clone_template(&cluster).unwrap();
    database.load_sample_data("http://127.0.0.1:9").unwrap();
    let mut admin = database.connect().unwrap();
    admin
        .batch_execute("create role other login; create role bare login in role cs_member")
        .unwrap();

    // Another application's are free, whoever sets them to whatever; ours are not.
    let mut other = database.connect_as("other").unwrap();
    other
        .batch_execute("set app.current_user_id = '42'; set app.current_tenant_id = 'acme'")
        .unwrap();
    let denied = other
        .batch_execute("set cs_app.current_user_id = ''")
        .unwrap_err();
    assert_eq!(denied.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE));

    // Theirs say nothing of who is calling here.
    let ada = "(select id::text from cs.users where email = 'admin@acme.com')";
    let user: String = admin
        .query_one(&format!("select {ada}"), &[])
        .unwrap()
        .get(0);
    let mut bare = database.connect_as("bare").unwrap();
    bare.batch_execute(&format!("set app.current_user_id = '{user}'"))
        .unwrap();
    assert_eq!(number(&mut bare, "select count(*) from cs.accounts"), 0);
    admin
        .batch_execute(&format!(
            "set cs_app.current_user_id = '{user}'; set role cs_member"
        ))
        .unwrap();
    assert!(number(&mut admin, "select count(*) from cs.accounts") > 0);
    admin.batch_execute("reset role").unwrap();
    let failed = "select count(*) from cs.isolation_selftest() where not ok";
    assert_eq!(number(&mut admin, failed), 0);

    // The gateway asks which they are.
    let gateway = Gateway::start(&database).unwrap();
    let client = http_client().unwrap();
    let me = json!({"email": "admin@acme.com", "password": "password123"});
    let post = client.post(format!("{}/auth/login", gateway.url));
    let answer = post.header(ORIGIN, &gateway.url).json(&me).send().unwrap();
    assert_eq!(answer.status(), 200);
    let rows = client.get(format!("{}/rest/v1/accounts?select=name", gateway.url));
    let rows: Vec<serde_json::Value> = rows.send().unwrap().json().unwrap();
    assert!(!rows.is_empty());
}
