//! Says a probe as some caller, in a transaction that is rolled back, and judges what comes.

use std::sync::{Arc, Mutex};

use postgres::Client;
use proptest::strategy::ValueTree as _;

use super::caller::Caller;
use super::dice::{self, Dice};
use super::judge::Foreign;
use super::mode::{Mode, execute, prepare};
use super::schema::Schema;
use super::session::connect;
use super::speech::{Speaker, Speech};
use super::tally::{End, Tally};
use super::twin;
use crate::world::{World, text_of};

/// Between looks at whether all is as it was.
const LOOK_EVERY: u32 = 500;

pub struct Prober {
    pub client: Client,
    pub world: World,
    pub schema: Schema,
    pub notices: Arc<Mutex<String>>,
    /// The rows of each tenant, before any probe.
    pub before: [String; 2],
    pub tally: Tally,
    pub said: u32,
}

impl Prober {
    pub fn new(world: World) -> Self {
        let (mut client, notices) = connect(&world);
        let schema = Schema::read(&mut client, &world);
        client
            .batch_execute("set statement_timeout = '20s'")
            .unwrap();
        for (side, tenant) in world.tenants.iter().enumerate() {
            client
                .batch_execute(&schema.prepare_sum(side, &tenant.id))
                .unwrap();
        }
        let before = [0, 1].map(|side| sum(&mut client, side));
        Self {
            client,
            world,
            schema,
            notices,
            before,
            tally: Tally::default(),
            said: 0,
        }
    }

    /// Makes and says one probe. A leak is shrunk to the least statement that still shows it.
    pub fn probe(&mut self, seed: u64, number: u32) -> Result<(), String> {
        let mut tree = dice::tree(seed, number);
        let Err(mut leak) = self.try_once(&tree.current()) else {
            return Ok(());
        };
        for _ in 0..500 {
            let smaller = tree.simplify();
            match self.try_once(&tree.current()) {
                Err(still) if smaller => leak = still,
                _ if !smaller || !tree.complicate() => break,
                _ => (),
            }
        }
        Err(leak)
    }

    /// What was done, and what was there to be reached.
    pub fn finish(mut self) -> (Tally, [Vec<String>; 2]) {
        self.look().unwrap_or_else(|leak| panic!("{leak}"));
        (self.tally, self.schema.within_reach())
    }

    fn look(&mut self) -> Result<(), String> {
        for side in 0..2 {
            if sum(&mut self.client, side) != self.before[side] {
                return Err("rows outlived a transaction that was rolled back".to_owned());
            }
        }
        Ok(())
    }

    fn try_once(&mut self, numbers: &[u32]) -> Result<(), String> {
        let mut dice = Dice::new(numbers);
        let caller = Caller::draw(&mut dice, &self.world);
        let mode = *dice.one(&[Mode::Plain, Mode::Prepared, Mode::Generic, Mode::Inherited]);
        let speaker = Speaker::new(&self.schema, dice, caller.side, mode != Mode::Plain);
        let speech = speaker.speak();
        let judged = self.say(&caller, mode, &speech);
        // The first may fail only where the connection is gone, and then so does the next probe.
        let _ = self.client.batch_execute("rollback");
        if mode != Mode::Plain {
            // Not there where it could not be prepared.
            let _ = self.client.batch_execute("deallocate p");
        }
        self.said += 1;
        let judged = judged.and_then(|()| match self.said.is_multiple_of(LOOK_EVERY) {
            true => self.look(),
            false => Ok(()),
        });
        judged.map_err(|leak| {
            format!(
                "{leak}\nas {}, {mode:?}: {}\nwith {:?}",
                caller.name, speech.text, speech.parameters
            )
        })
    }

    fn say(&mut self, caller: &Caller, mode: Mode, speech: &Speech) -> Result<(), String> {
        let begin = self.begin(caller, mode, speech);
        self.notices.lock().unwrap().clear();
        let answer = self
            .client
            .simple_query(&format!("{begin}; {}", execute(mode, speech)));
        let (end, code) = match &answer {
            Ok(_) => (End::Succeeded, ""),
            Err(error) => {
                let code = error.code().map_or("no code", |code| code.code());
                (End::of_code(code), code)
            }
        };
        self.tally
            .count(speech.kind, caller.name, end, code, &speech.text);
        let schema = &self.schema;
        let foreign = Foreign {
            markers: caller
                .foreign
                .iter()
                .map(|side| self.world.tenants[*side].marker)
                .collect(),
            ids: caller
                .foreign
                .iter()
                .map(|side| &schema.ids[*side])
                .collect(),
        };
        let said = speech.said().to_lowercase();
        if let Some(found) = foreign.find(&self.notices.lock().unwrap(), &said) {
            return Err(format!("a notice tells {found}"));
        }
        let learnt = twin::learnt(speech, &answer);
        match answer {
            Err(error) => {
                // Its Debug has all fields: message, detail, hint, context, constraint.
                let Some(why) = error.as_db_error().map(|error| format!("{error:?}")) else {
                    return Err(format!("no answer: {error:?}"));
                };
                match foreign.find(&why, &said) {
                    Some(found) => Err(format!("an error tells {found}: {why}")),
                    None => Ok(()),
                }?;
            }
            Ok(messages) => {
                let text = text_of(&messages);
                let echo = if speech.says_nothing { "" } else { &said };
                if let Some(found) = foreign.find(&text, echo) {
                    return Err(format!("a row shows {found}: {text}"));
                }
                self.check_count(caller, speech, &text)?;
                self.check_rows(caller, speech, &messages)?;
            }
        }
        match mode {
            Mode::Plain => self.compare_twin(caller, speech, &learnt),
            _ => Ok(()),
        }
    }

    /// Begins the transaction; what is answered takes the caller's place.
    fn begin(&mut self, caller: &Caller, mode: Mode, speech: &Speech) -> String {
        let (enter, prepare) = (&caller.enter, prepare(speech));
        match mode {
            Mode::Plain => format!("begin; {enter}"),
            Mode::Prepared => format!("begin; {enter}; {prepare}"),
            Mode::Generic => {
                format!("begin; set local plan_cache_mode = force_generic_plan; {enter}; {prepare}")
            }
            Mode::Inherited => {
                let other = self.world.tenants[1 - caller.side].identity(0);
                let first = format!(
                    "begin; set local plan_cache_mode = force_generic_plan; {other}; set local role cs_member; {prepare}"
                );
                // Refused ones are told again, to the caller, by the missing statement.
                if self.client.batch_execute(&first).is_ok() {
                    let _ = self.client.batch_execute("savepoint before");
                    let _ = self.client.simple_query(&execute(mode, speech));
                    let _ = self.client.batch_execute("rollback to before");
                    return format!("reset role; {enter}");
                }
                let _ = self.client.batch_execute("rollback");
                format!("begin; {enter}; {prepare}")
            }
        }
    }
}

pub fn sum(client: &mut Client, side: usize) -> String {
    text_of(&client.simple_query(&format!("execute sum{side}")).unwrap())
}
