//! Ctrl-C and SIGTERM: whatever `up` is doing, the parts are stopped in order, then we leave.

use std::process::{Child, Command, exit};
use std::sync::Mutex;
use std::thread;

use anyhow::{Result, anyhow};
use cs_tests::process;
use tokio::signal::unix::{SignalKind, signal};

use crate::down;
use crate::folder::Folder;

/// Held while a part is started, and for good once we stop: nothing is started behind our back.
static STARTING: Mutex<()> = Mutex::new(());

/// From now on a signal stops the demo.
pub fn stops_the_demo() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let (mut interrupt, mut terminate, mut hang_up) = {
        let _inside = runtime.enter();
        (
            signal(SignalKind::interrupt())?,
            signal(SignalKind::terminate())?,
            signal(SignalKind::hangup())?,
        )
    };
    thread::spawn(move || {
        runtime.block_on(async {
            tokio::select! {
                _ = interrupt.recv() => (),
                _ = terminate.recv() => (),
                _ = hang_up.recv() => (),
            }
        });
        let _for_good = STARTING.lock();
        say!("");
        let status = match Folder::open().and_then(|folder| down::stop_and_say(&folder)) {
            Ok(()) => 0,
            Err(error) => {
                eprintln!("{error:#}");
                1
            }
        };
        exit(status);
    });
    Ok(())
}

/// Starts a part in a session of its own, unless we are stopping.
pub fn start_part(command: Command) -> Result<Child> {
    let _turn = STARTING
        .lock()
        .map_err(|_| anyhow!("the demo is stopping"))?;
    process::spawn_detached(command)
}
