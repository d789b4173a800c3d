//! A superuser's session whose notices are kept: whoever it becomes, it can come back and look.

use std::sync::{Arc, Mutex};

use postgres::{Client, Config, NoTls};

use crate::world::World;

pub fn connect(world: &World) -> (Client, Arc<Mutex<String>>) {
    let notices = Arc::new(Mutex::new(String::new()));
    let heard = Arc::clone(&notices);
    let client = Config::new()
        .host("127.0.0.1")
        .port(world.database.port)
        .user("postgres")
        .dbname(&world.database.name)
        .notice_callback(move |notice| {
            let mut heard = heard.lock().unwrap();
            heard.push_str(notice.message());
            heard.push_str(notice.detail().unwrap_or_default());
        })
        .connect(NoTls)
        .unwrap();
    (client, notices)
}
