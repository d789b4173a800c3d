//! Owns the circles that playbooks can close with each other: one moves an account to a stage, which another waits for. Pure.
//! They cannot run away, since no playbook fires twice for one account in one chain; but nobody means them.

use super::action::Action;
use super::awaited_event::AwaitedEvent;
use pgrx::Uuid;

/// A playbook, as far as circles go.
pub struct Link<'a> {
    pub id: Uuid,
    pub name: &'a str,
    pub event: &'a AwaitedEvent,
    pub actions: &'a [Action],
}

impl Link<'_> {
    /// Whether what this one does may be what the other waits for.
    fn leads_to(&self, other: &Self) -> bool {
        let stages = self.actions.iter().filter_map(Action::stage_entered);
        let mut stages = stages.peekable();
        match other.event {
            AwaitedEvent::StageEnter { stage } => {
                stages.any(|entered| stage.as_ref().is_none_or(|it| it == entered))
            }
            // Another stage is left than is entered.
            AwaitedEvent::StageExit { stage } => {
                stages.any(|entered| stage.as_ref().is_none_or(|it| it != entered))
            }
            // The end stage changes the status too.
            AwaitedEvent::AttributeChange { field, .. } => {
                field.name() == "status" && stages.peek().is_some()
            }
            _ => false,
        }
    }
}

/// The shortest circles through the playbook with this id, each as the names of the playbooks in it, this one first.
pub fn name_circles(all: &[Link<'_>], id: Uuid) -> Vec<Vec<String>> {
    let Some(start) = all.iter().position(|it| it.id == id) else {
        return Vec::new();
    };
    let mut circles = Vec::new();
    for first in 0..all.len() {
        if !all[start].leads_to(&all[first]) {
            continue;
        }
        if let Some(path) = shortest_path(all, first, start) {
            let names = path.iter().map(|place| all[*place].name.to_owned());
            let before = (first != start).then(|| all[start].name.to_owned());
            circles.push(before.into_iter().chain(names).collect());
        }
    }
    circles
}

/// The places on the shortest way from one playbook to another, without the last; `None` where there is no way.
fn shortest_path(all: &[Link<'_>], from: usize, to: usize) -> Option<Vec<usize>> {
    if from == to {
        return Some(vec![from]);
    }
    let mut came_from = vec![None; all.len()];
    let mut waiting = std::collections::VecDeque::from([from]);
    while let Some(here) = waiting.pop_front() {
        for next in 0..all.len() {
            if next == from || came_from[next].is_some() || !all[here].leads_to(&all[next]) {
                continue;
            }
            came_from[next] = Some(here);
            if next == to {
                return Some(walk_back(&came_from, to));
            }
            waiting.push_back(next);
        }
    }
    None
}

fn walk_back(came_from: &[Option<usize>], to: usize) -> Vec<usize> {
    let mut path = Vec::new();
    let mut here = to;
    while let Some(before) = came_from[here] {
        path.push(before);
        here = before;
    }
    path.reverse();
    path
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    struct Given(&'static str, Option<&'static str>, &'static [&'static str]);

    fn circles(given: &[Given]) -> Vec<String> {
        let events = given.iter().map(|it| AwaitedEvent::StageEnter {
            stage: it.1.map(str::to_owned),
        });
        let events = events.collect::<Vec<_>>();
        let moves = |it: &Given| {
            let stage = |stage: &&str| Action::Stage {
                stage: (*stage).to_owned(),
            };
            it.2.iter().map(stage).collect::<Vec<_>>()
        };
        let actions = given.iter().map(moves).collect::<Vec<_>>();
        let link = |place: usize| Link {
            id: Uuid::from_bytes([u8::try_from(place).unwrap(); 16]),
            name: given[place].0,
            event: &events[place],
            actions: &actions[place],
        };
        let all = (0..given.len()).map(link).collect::<Vec<_>>();
        let found = name_circles(&all, all[0].id);
        found.iter().map(|it| it.join(" > ")).collect()
    }

    #[test]
    fn a_circle_is_named_from_the_playbook_on() {
        let none: [String; 0] = [];
        assert_eq!(circles(&[Given("a", Some("x"), &["x"])]), ["a"]);
        assert_eq!(circles(&[Given("a", None, &["x"])]), ["a"]);
        assert_eq!(circles(&[Given("a", Some("x"), &["y"])]), none);
        assert_eq!(
            circles(&[Given("a", Some("x"), &["y"]), Given("b", Some("y"), &["x"])]),
            ["a > b"]
        );
        assert_eq!(
            circles(&[
                Given("a", Some("x"), &["y"]),
                Given("b", Some("y"), &["z"]),
                Given("c", Some("z"), &["x"]),
                Given("d", Some("z"), &["v"]),
            ]),
            ["a > b > c"]
        );
        assert_eq!(
            circles(&[Given("a", Some("x"), &["v"]), Given("b", Some("y"), &["y"])]),
            none
        );
    }
}
