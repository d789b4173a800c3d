//! What is asked of an answer beside that it shows nothing foreign.

use postgres::SimpleQueryMessage;

use super::caller::Caller;
use super::run::{Prober, sum};
use super::speech::{Check, Speech};
use super::twin;

impl Prober {
    /// A count says how many rows there are, without showing one.
    pub fn check_count(&self, caller: &Caller, speech: &Speech, text: &str) -> Result<(), String> {
        let most = match &speech.check {
            Check::Shown => return Ok(()),
            Check::Zero => 0,
            Check::AtMostOwn(relation) => match caller.foreign.len() {
                1 => self.schema.counts[caller.side]
                    .get(relation)
                    .copied()
                    .unwrap_or(0),
                _ => 0,
            },
        };
        let count: i64 = text.trim_end().trim_end_matches('|').parse().unwrap();
        match count <= most {
            true => Ok(()),
            false => Err(format!(
                "counted {count} rows where at most {most} are the caller's"
            )),
        }
    }

    /// After a write that did something: are the others' rows as they were, seen from within?
    pub fn check_rows(
        &mut self,
        caller: &Caller,
        speech: &Speech,
        messages: &[SimpleQueryMessage],
    ) -> Result<(), String> {
        let done = messages.iter().rev().find_map(|message| match message {
            SimpleQueryMessage::CommandComplete(rows) => Some(*rows),
            _ => None,
        });
        if !speech.writes || (done == Some(0) && speech.kind != "call") {
            return Ok(());
        }
        self.client
            .batch_execute("reset role; reset session authorization; set local role postgres")
            .unwrap();
        for side in &caller.foreign {
            if sum(&mut self.client, *side) != self.before[*side] {
                return Err("rows of another tenant changed".to_owned());
            }
        }
        Ok(())
    }

    /// Says the same of things that exist nowhere.
    pub fn compare_twin(
        &mut self,
        caller: &Caller,
        speech: &Speech,
        learnt: &str,
    ) -> Result<(), String> {
        let foreign = 1 - caller.side;
        let ids = &self.schema.ids[foreign];
        let twin = twin::of(
            &speech.text,
            |id| ids.contains(id),
            self.world.tenants[foreign].marker,
        );
        if twin == speech.text {
            return Ok(());
        }
        let _ = self.client.batch_execute("rollback");
        let answer = self
            .client
            .simple_query(&format!("begin; {}; {twin}", caller.enter));
        let of_twin = twin::learnt(speech, &answer);
        if of_twin == learnt {
            return Ok(());
        }
        // How long something has lasted differs from one transaction to the next.
        match self.told_at_one_moment(caller, speech, &twin) {
            [of_this, of_twin] if of_this == of_twin => Ok(()),
            [of_this, of_twin] => Err(format!(
                "answers tell what exists: {of_this}\nbut of things that do not: {of_twin}"
            )),
        }
    }

    /// What a caller learns of both in one transaction, where now() is the same.
    fn told_at_one_moment(&mut self, caller: &Caller, speech: &Speech, twin: &str) -> [String; 2] {
        self.client
            .batch_execute(&format!(
                "rollback; begin; {}; savepoint before",
                caller.enter
            ))
            .unwrap();
        [&speech.text, twin].map(|text| {
            let answer = self.client.simple_query(text);
            let _ = self.client.batch_execute("rollback to before");
            twin::learnt(speech, &answer)
        })
    }
}
