//! Pages of other origins: none, unless they are named, and never with a cookie.

use super::{Visit, header};
use cs_tests::gateway::Gateway;
use reqwest::Method;
use reqwest::blocking::Response;

const ALLOWED: &str = "access-control-allow-origin";

fn asked(visit: &Visit, gateway: &Gateway, method: Method, path: &str, origin: &str) -> Response {
    let request = visit
        .client
        .request(method, format!("{}{path}", gateway.url));
    let request = request
        .header("origin", origin)
        .header("access-control-request-method", "POST");
    request.send().unwrap()
}

#[test]
fn pages_of_named_origins_alone_may_read_and_call() {
    let visit = Visit::new();
    let settings = [
        "--cors-origins",
        "https://app.example/, http://localhost:3000",
    ];
    let open = Gateway::start_with(&visit.database.gateway_url(), &settings).unwrap();
    let (own, other) = ("https://app.example", "https://evil.example");
    for path in [
        "/rest/v1/accounts",
        "/rest/v1/rpc/me",
        "/openapi.json",
        "/events",
    ] {
        let allowed = asked(&visit, &open, Method::OPTIONS, path, own);
        assert_eq!(
            (allowed.status().as_u16(), header(&allowed, ALLOWED)),
            (200, own),
            "{path}"
        );
        assert!(header(&allowed, "access-control-allow-headers").contains("authorization"));
        assert_eq!(header(&allowed, "access-control-allow-credentials"), "");
        let refused = asked(&visit, &open, Method::OPTIONS, path, other);
        assert_eq!(header(&refused, ALLOWED), "", "{path}");
        let without = asked(&visit, &visit.gateway, Method::OPTIONS, path, own);
        assert_eq!(
            (without.status().as_u16(), header(&without, ALLOWED)),
            (405, ""),
            "{path}"
        );
    }
    for (origin, expected) in [
        (own, own),
        ("http://localhost:3000", "http://localhost:3000"),
        (other, ""),
    ] {
        let read = asked(&visit, &open, Method::GET, "/rest/v1/accounts", origin);
        assert_eq!(
            (header(&read, ALLOWED), header(&read, "vary")),
            (expected, "origin")
        );
    }
    for path in ["/auth/login", "/auth/me", "/"] {
        let refused = asked(&visit, &open, Method::OPTIONS, path, own);
        assert_eq!(
            (refused.status().as_u16(), header(&refused, ALLOWED)),
            (405, ""),
            "{path}"
        );
    }
}
