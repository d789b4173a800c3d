//! Processes: started as the server's user, tied to our life or detached from it, found again in /proc, stopped.

use std::fs;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::{LazyLock, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::wait;

/// The user that the server runs as when we are root.
const SERVER_USER: &str = "postgres";

type Reply = mpsc::Sender<io::Result<Child>>;

/// Starts processes on a thread that lives as long as we do: the kernel's parent-death signal follows the thread.
static KEEPER: LazyLock<Mutex<mpsc::Sender<(Command, Reply)>>> = LazyLock::new(|| {
    let (sender, jobs) = mpsc::channel::<(Command, Reply)>();
    thread::spawn(move || {
        for (mut command, reply) in jobs {
            // Whoever asked waits for the answer; when it is gone there is nobody to tell.
            let _ = reply.send(command.spawn());
        }
    });
    Mutex::new(sender)
});

/// Are we root?
pub fn is_root() -> bool {
    // SAFETY: geteuid has no preconditions.
    unsafe { libc::geteuid() == 0 }
}

/// The server's user and group ids when we are root, else nothing: its files are ours then.
pub fn server_user() -> Result<Option<(u32, u32)>> {
    if !is_root() {
        return Ok(None);
    }
    let passwd = fs::read_to_string("/etc/passwd")?;
    passwd
        .lines()
        .map(|line| line.split(':').collect::<Vec<_>>())
        .find(|fields| fields.first() == Some(&SERVER_USER))
        .and_then(|fields| Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?)))
        .map(Some)
        .with_context(|| format!("no user {SERVER_USER} for the server to run as"))
}

/// A command that runs as the server's user, in a folder it can enter, without our PostgreSQL settings.
/// A parent-death signal is lost at a change of user, so `setpriv` sets it after that.
pub fn as_server_user(program: &Path, death_signal: Option<i32>) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("setpriv");
        command
            .arg(format!("--reuid={SERVER_USER}"))
            .arg(format!("--regid={SERVER_USER}"))
            .arg("--init-groups");
        if let Some(signal) = death_signal {
            // setpriv takes names only; these two are asked for.
            command.args([
                "--pdeathsig",
                if signal == libc::SIGINT {
                    "INT"
                } else {
                    "TERM"
                },
            ]);
        }
        command.arg("--").arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir("/");
    without_pg_settings(&mut command);
    command
}

/// Takes away what would point a PostgreSQL program elsewhere or put stacks into errors.
pub fn without_pg_settings(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PG") {
            command.env_remove(name);
        }
    }
    command
        // As in many a developer's shell: no frame of it may reach a client.
        .env("RUST_BACKTRACE", "1")
        .env("LC_ALL", "C.UTF-8");
}

/// Starts a process that gets `signal` when we end, however we end.
pub fn spawn_tied(mut command: Command, signal: i32) -> Result<Child> {
    let signal = libc::c_ulong::try_from(signal)?;
    let death_signal = move || {
        // SAFETY: prctl is async-signal-safe and takes plain numbers here.
        let done = unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, signal) };
        if done == 0 {
            Ok(())
        } else {
            Err(io::Error::last_os_error())
        }
    };
    // SAFETY: the hook makes one async-signal-safe system call.
    unsafe { command.pre_exec(death_signal) };
    let (reply, answer) = mpsc::channel();
    KEEPER
        .lock()
        .map_err(|_| anyhow::anyhow!("the keeper is gone"))?
        .send((command, reply))?;
    Ok(answer.recv()??)
}

/// Starts a process in a session of its own, with none of our open files but its three standard ones.
pub fn spawn_detached(mut command: Command) -> Result<Child> {
    let detach = || {
        // SAFETY: both calls are async-signal-safe and take plain numbers.
        unsafe {
            if libc::setsid() < 0 {
                return Err(io::Error::last_os_error());
            }
            // Not on kernels before 5.11; then only what others left open stays open.
            libc::syscall(
                libc::SYS_close_range,
                3,
                libc::c_uint::MAX,
                libc::CLOSE_RANGE_CLOEXEC,
            );
        }
        Ok(())
    };
    // SAFETY: the hook makes async-signal-safe system calls only.
    unsafe { command.pre_exec(detach) };
    Ok(command.spawn()?)
}

/// Sends a signal; true when the process was there.
pub fn signal(pid: u32, signal: i32) -> bool {
    // SAFETY: kill takes plain numbers.
    libc::pid_t::try_from(pid).is_ok_and(|pid| unsafe { libc::kill(pid, signal) } == 0)
}

/// Is a process of this id running (a zombie is not)?
pub fn is_running(pid: u32) -> bool {
    let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else {
        return false;
    };
    // The state stands after the name, which is in parentheses and may hold anything.
    stat.rsplit_once(") ")
        .is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

/// Asks processes to end with `first`, then after `patience` with SIGKILL, until none is left.
pub fn end_all(find: impl Fn() -> Vec<u32>, first: i32, patience: Duration) -> Result<()> {
    for pid in find() {
        signal(pid, first);
    }
    let gone = || Ok(find().is_empty());
    if wait::until_true("end of processes", patience, gone).is_ok() {
        return Ok(());
    }
    wait::until_true("end of killed processes", Duration::from_secs(10), || {
        let left = find();
        left.iter().for_each(|pid| {
            signal(*pid, libc::SIGKILL);
        });
        Ok(left.is_empty())
    })
}

/// The running processes whose program file has this name and that were given this argument.
pub fn find(program: &str, argument: &str) -> Vec<u32> {
    pids()
        .filter(|pid| is_running(*pid))
        .filter(|pid| {
            let exe = fs::read_link(format!("/proc/{pid}/exe")).unwrap_or_default();
            let name = exe
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            // A program that was built anew since shows as deleted.
            name.trim_end_matches(" (deleted)") == program
        })
        .filter(|pid| {
            let arguments = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            arguments
                .split(|byte| *byte == 0)
                .any(|found| found == argument.as_bytes())
        })
        .collect()
}

/// The running processes that work in this folder: for a data folder, the server's.
pub fn working_in(folder: &Path) -> Vec<u32> {
    pids()
        .filter(|pid| is_running(*pid))
        .filter(|pid| fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd == folder))
        .collect()
}

fn pids() -> impl Iterator<Item = u32> {
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_string_lossy().parse().ok())
}

/// A folder that only the server's user can enter, as it wants its data folder to be.
pub fn make_private_folder(path: &PathBuf) -> Result<()> {
    use std::os::unix::fs::{PermissionsExt as _, chown};
    fs::create_dir_all(path)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
    if let Some((user, group)) = server_user()? {
        chown(path, Some(user), Some(group))?;
    }
    Ok(())
}
