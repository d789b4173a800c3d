//! Health scores: against a second implementation in plain SQL (the twin) over random accounts, and against numbers
//! worked out by hand.

mod compare;
mod expected;
mod personas;
mod random;
mod readings;
mod stage;
mod stories;
mod tenants;
mod usual;

/// The twin, and the random accounts.
const TWIN: [&str; 9] = [
    include_str!("twin/primitives.sql"),
    include_str!("twin/tables.sql"),
    include_str!("twin/clocks.sql"),
    include_str!("twin/rows.sql"),
    include_str!("twin/parts.sql"),
    include_str!("twin/adoption.sql"),
    include_str!("twin/answer.sql"),
    include_str!("twin/dice.sql"),
    include_str!("twin/population.sql"),
];
