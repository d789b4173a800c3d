//! The natives that act beyond their caller: the table in extension/docs/security.md is what the sources say.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use cs_tests::tree;

use super::source::{self, Function};

/// Any native may ask who is calling; the answer speaks of the caller alone, and is what every policy asks.
/// Those that ask it through here are not beyond their caller for it.
const ASKING: &[(&str, &str)] = &[
    ("identity", "current"),
    ("identity", "tenant_if_allowed"),
    ("identity", "caller_sees_account"),
    ("identity", "require"),
    ("identity", "require_in_trigger"),
    ("identity", "require_somewhere"),
    ("identity", "require_current"),
];

/// What the worker does for all tenants; no native may come here.
const WORKER: &[(&str, &str)] = &[
    ("daily_pass", "find_due_passes"),
    ("daily_pass", "begin_pass"),
    ("daily_pass", "begin_pass_by_former_norms"),
    ("daily_pass", "take_norms"),
    ("daily_pass", "run_pass_step"),
    ("daily_pass", "skip_pass_slice"),
    ("daily_pass", "end_pass"),
    ("daily_pass", "ask_for_pass"),
    ("marked_accounts", "find_marked_tenants"),
    ("marked_accounts", "compute_marked"),
    ("marked_accounts", "compute_account"),
    ("marked_accounts", "remove_marks"),
    ("overrides", "find_expired_overrides"),
    ("overrides", "end_expired_overrides"),
    ("due", "find_due_passes"),
    ("pass", "run_pass_step"),
    ("purge", "step"),
    ("purge", "find_tenants"),
    ("unknown_accounts", "tidy_waiting"),
    ("failures", "forget_failures"),
    ("failures", "write_failure"),
    ("failures", "forget_failure"),
];

type Node = (String, String);

/// The functions that a body may reach by one call. A name without a module is one of the own file, or imported.
fn reached(function: &Function, all: &BTreeMap<Node, &Function>) -> Vec<Node> {
    let mut next = Vec::new();
    for (module, name) in &function.calls {
        let own = (function.module.clone(), name.clone());
        let candidates: Vec<Node> = match module.as_str() {
            "" if all.contains_key(&own) => vec![own],
            "" => all.keys().filter(|key| key.1 == *name).cloned().collect(),
            "Self" | "self" => vec![own],
            module => vec![(module.to_owned(), name.clone())],
        };
        next.extend(candidates.into_iter().filter(|node| {
            let asks = ASKING.contains(&(node.0.as_str(), node.1.as_str()));
            all.contains_key(node) && !(asks && node.0 != function.module)
        }));
    }
    next
}

fn entered_from(start: &Function, all: &BTreeMap<Node, &Function>) -> BTreeSet<Node> {
    let first: Node = (start.module.clone(), start.name.clone());
    let (mut seen, mut open) = (BTreeSet::from([first.clone()]), vec![first]);
    while let Some(node) = open.pop() {
        for next in reached(all[&node], all) {
            if seen.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    seen.retain(|node| all[node].enters);
    seen
}

/// The names in the first column of the table below the sentence about them.
fn documented() -> BTreeSet<String> {
    let text = fs::read_to_string(tree::root().join("extension/docs/security.md")).unwrap();
    let table = text
        .split("act beyond their caller")
        .nth(1)
        .expect("security.md says which natives act beyond their caller");
    table
        .lines()
        .skip_while(|line| !line.starts_with("|---"))
        .skip(1)
        .take_while(|line| line.starts_with('|'))
        .flat_map(|line| {
            let column = line.split('|').nth(1).unwrap_or_default();
            column.split('`').skip(1).step_by(2).map(str::to_owned)
        })
        .collect()
}

#[test]
fn readme_lists_the_natives_that_act_beyond_their_caller() {
    let functions = source::functions(&tree::root().join("extension/src"));
    let all: BTreeMap<Node, &Function> = functions
        .iter()
        .map(|function| ((function.module.clone(), function.name.clone()), function))
        .collect();
    assert_eq!(
        all.values().filter(|function| function.enters).count(),
        functions.iter().filter(|function| function.enters).count(),
        "two functions of one name in files of one name: one would hide the other"
    );
    let mut natives = BTreeSet::new();
    let mut explained = BTreeSet::new();
    for native in &functions {
        let Some(name) = &native.native else { continue };
        let entered = entered_from(native, &all);
        if !entered.is_empty() {
            natives.insert(name.clone());
        }
        explained.extend(entered);
    }
    let unexplained: Vec<_> = all
        .iter()
        .filter(|(node, function)| {
            let is_of_worker = WORKER.contains(&(node.0.as_str(), node.1.as_str()));
            function.enters && explained.contains(*node) == is_of_worker
        })
        .map(|(node, _)| node)
        .collect();
    assert!(
        unexplained.is_empty(),
        "system sections that no native is seen to reach, or one of the worker's that one does: {unexplained:?}"
    );
    let listed = documented();
    let missing: Vec<_> = natives.difference(&listed).collect();
    let idle: Vec<_> = listed.difference(&natives).collect();
    assert!(
        missing.is_empty() && idle.is_empty(),
        "the table lacks {missing:?} and has {idle:?} for nothing"
    );
}
