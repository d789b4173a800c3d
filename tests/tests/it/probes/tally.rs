//! How many probes did what, so that a test that only ever fails to parse cannot pass.

use std::collections::BTreeMap;
use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    Succeeded,
    /// By a grant, a policy, a right, a constraint, or because there is no such row.
    Refused,
    /// The probe made no sense to PostgreSQL, which says nothing about isolation.
    IllFormed,
}

impl End {
    pub fn of_code(code: &str) -> Self {
        match code {
            "42501" | "22023" => Self::Refused,
            // Syntax and names, values that do not fit a type, features that are not there.
            _ if ["42", "22", "0A", "21", "54", "XX"].contains(&&code[..2]) => Self::IllFormed,
            _ => Self::Refused,
        }
    }
}

#[derive(Debug, Default)]
pub struct Tally {
    counts: BTreeMap<(&'static str, End), u32>,
    codes: BTreeMap<String, u32>,
    /// Per kind and code, an ill-formed probe, to mend the generator by.
    ill: BTreeMap<(&'static str, String), String>,
    callers: BTreeMap<&'static str, (u32, u32)>,
    /// How often each relation and function was named, and how often with success.
    named: BTreeMap<String, (u32, u32)>,
}

impl Tally {
    pub fn count(
        &mut self,
        kind: &'static str,
        caller: &'static str,
        end: End,
        code: &str,
        text: &str,
    ) {
        *self.counts.entry((kind, end)).or_default() += 1;
        let of_caller = self.callers.entry(caller).or_default();
        of_caller.0 += 1;
        of_caller.1 += u32::from(end == End::Succeeded);
        for name in text.split("cs.").skip(1) {
            let end_of_name = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let name = &name[..end_of_name.unwrap_or(name.len())];
            let of_name = self.named.entry(name.to_owned()).or_default();
            of_name.0 += 1;
            of_name.1 += u32::from(end == End::Succeeded);
        }
        if end != End::Succeeded {
            *self.codes.entry(code.to_owned()).or_default() += 1;
        }
        if end == End::IllFormed {
            self.ill
                .entry((kind, code.to_owned()))
                .or_insert_with(|| text.to_owned());
        }
    }

    pub fn add(&mut self, other: &Self) {
        for (key, count) in &other.counts {
            *self.counts.entry(*key).or_default() += count;
        }
        for (key, count) in &other.codes {
            *self.codes.entry(key.clone()).or_default() += count;
        }
        self.ill.extend(other.ill.clone());
        for (key, (all, good)) in &other.named {
            let mine = self.named.entry(key.clone()).or_default();
            *mine = (mine.0 + all, mine.1 + good);
        }
        for (key, (all, good)) in &other.callers {
            let mine = self.callers.entry(key).or_default();
            *mine = (mine.0 + all, mine.1 + good);
        }
    }

    fn with(&self, kind: &'static str, end: End) -> u32 {
        self.counts.get(&(kind, end)).copied().unwrap_or(0)
    }

    fn kinds(&self) -> Vec<&'static str> {
        let mut kinds: Vec<_> = self.counts.keys().map(|(kind, _)| *kind).collect();
        kinds.dedup();
        kinds
    }

    /// Everything has to be named, and every relation that members may read has to be read at times.
    pub fn assert_reached(&self, relations: &[String], functions: &[String]) {
        let named = |name: &String| self.named.get(name).copied().unwrap_or((0, 0));
        for name in relations.iter().chain(functions) {
            assert!(named(name).0 > 0, "no probe names {name}");
        }
        for name in relations {
            assert!(named(name).1 > 0, "no probe of {name} succeeds");
        }
        let in_vain: Vec<_> = functions.iter().filter(|name| named(name).1 == 0).collect();
        eprintln!("functions that no probe called with success: {in_vain:?}");
    }

    /// At most half of each kind may be ill-formed, and each kind has to succeed at times; but for deletions, which no member
    /// may do to a table.
    pub fn assert_not_idle(&self) {
        for kind in self.kinds() {
            let ill = self.with(kind, End::IllFormed);
            let good = self.with(kind, End::Succeeded);
            let all = ill + good + self.with(kind, End::Refused);
            assert!(
                ill * 2 <= all,
                "{kind}: {ill} of {all} probes are ill-formed"
            );
            match kind {
                "delete" => assert_eq!(good, 0, "delete: {good} of {all} probes succeed"),
                _ => assert!(
                    good * 50 >= all,
                    "{kind}: only {good} of {all} probes succeed"
                ),
            }
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "probes   succeeded  refused  ill-formed")?;
        for kind in self.kinds() {
            let [good, refused, ill] =
                [End::Succeeded, End::Refused, End::IllFormed].map(|end| self.with(kind, end));
            writeln!(f, "{kind:8} {good:9} {refused:8} {ill:11}")?;
        }
        for (caller, (all, good)) in &self.callers {
            writeln!(f, "{caller}: {good} of {all} succeeded")?;
        }
        for ((_, code), text) in &self.ill {
            writeln!(f, "ill-formed, {code}: {text}")?;
        }
        writeln!(f, "codes: {:?}", self.codes)
    }
}
