//! Owns what people call: saving, switching on and off, previewing and running playbooks.

mod activate_playbook;
mod backtest_playbook;
mod explain_playbook;
mod overview;
mod preview_playbook;
mod problem;
mod release_burst;
mod rotate_webhook_secret;
mod run_playbook;
mod save_playbook;
mod send_test_webhook;
mod switch_off;
