//! Owns which rows of an import can have the parents they name, whatever the order of the rows: their parents are there, nobody stands
//! below itself, nothing is too deep. Pure.

use super::row::ImportRow;
use crate::hierarchy::DEEPEST_LEVEL;
use crate::pg::rejected_rows::{Reason, Rejected};
use pgrx::Uuid;
use std::collections::{HashMap, HashSet};

const UNKNOWN_PARENT: Reason = "must be an account of this tenant, or a good row of this import";
const CIRCLE: Reason =
    "leads in a circle: the account would stand below itself, or below one of its own subsidiaries";
const TOO_DEEP: Reason = "is too deep: accounts can be nested at most 10 levels below a root, with all that stands below them";

/// Where an account stands before the import.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Its parent.
    pub parent: Option<Uuid>,
    /// Its level, from 0.
    pub level: i32,
    /// Whether a row moves it, or one above it.
    pub is_carried: bool,
}

/// What is known of the tree: the accounts that are named, and all that stands below one that a row moves.
#[derive(Debug, Default)]
pub struct KnownTree {
    /// Ids of the accounts that rows are about, or name as parents.
    pub ids: HashMap<String, Uuid>,
    /// Where they stand.
    pub places: HashMap<Uuid, Place>,
}

/// Whether any row cannot have the parent it names.
pub fn has_faults(tree: &KnownTree, rows: &[ImportRow]) -> bool {
    !TreePlan::new(tree, rows).faults().is_empty()
}

/// Takes out the rows that cannot have their parents, until all that are left can.
pub fn reject_misplaced(tree: &KnownTree, rows: &mut Vec<ImportRow>, rejected: &mut Vec<Rejected>) {
    loop {
        let faults = TreePlan::new(tree, rows).faults();
        if faults.is_empty() {
            return;
        }
        let mut at = 0;
        rows.retain(|row| {
            let fault = faults.get(&at);
            at += 1;
            if let Some(reason) = fault {
                rejected.push(Rejected::new(row.index, "parent_external_id", *reason));
            }
            fault.is_none()
        });
    }
}

/// Whether new accounts would be too deep as long as what stands above them has not moved yet.
pub fn is_too_deep_meanwhile(tree: &KnownTree, rows: &[ImportRow]) -> bool {
    let plan = TreePlan::new(tree, rows);
    (0..rows.len()).any(|row| {
        let mut node = plan.node(row);
        let mut below = 0;
        while let Node::New(_) = node {
            match plan.above(node) {
                Above::Account(parent) => (node, below) = (parent, below + 1),
                Above::Nothing | Above::Level(_) => return false,
            }
        }
        matches!(node, Node::Known(id) if below > 0 && tree.level(id) + below > DEEPEST_LEVEL)
    })
}

impl KnownTree {
    fn level(&self, id: Uuid) -> i32 {
        self.places.get(&id).map_or(0, |it| it.level)
    }
}

/// An account of the tree as it will be: one that is there, or a row that makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Node {
    Known(Uuid),
    New(usize),
}

/// What is above an account.
enum Above {
    Nothing,
    Account(Node),
    /// What does not move; the account itself is at this level.
    Level(i32),
}

/// The tree as rows that are all good would make it.
struct TreePlan<'a> {
    tree: &'a KnownTree,
    rows: &'a [ImportRow],
    row_of: HashMap<Node, usize>,
    new: HashMap<&'a str, usize>,
}

impl<'a> TreePlan<'a> {
    fn new(tree: &'a KnownTree, rows: &'a [ImportRow]) -> Self {
        let mut plan = Self {
            tree,
            rows,
            row_of: HashMap::new(),
            new: HashMap::new(),
        };
        for (at, row) in rows.iter().enumerate() {
            if !tree.ids.contains_key(&row.external_id) {
                plan.new.insert(&row.external_id, at);
            }
            plan.row_of.insert(plan.node(at), at);
        }
        plan
    }

    fn node(&self, row: usize) -> Node {
        match self.tree.ids.get(&self.rows[row].external_id) {
            Some(id) => Node::Known(*id),
            None => Node::New(row),
        }
    }

    fn find(&self, external_id: &str) -> Option<Node> {
        let known = self.tree.ids.get(external_id).copied().map(Node::Known);
        known.or_else(|| self.new.get(external_id).copied().map(Node::New))
    }

    /// The row that says what is above a node.
    fn telling_row(&self, node: Node) -> Option<usize> {
        let row = *self.row_of.get(&node)?;
        self.rows[row].parent.is_some().then_some(row)
    }

    fn above(&self, node: Node) -> Above {
        if let Some(row) = self.telling_row(node) {
            let parent = self.rows[row].parent.as_ref().and_then(Option::as_deref);
            let parent = parent.and_then(|it| self.find(it));
            return parent.map_or(Above::Nothing, Above::Account);
        }
        let Node::Known(id) = node else {
            return Above::Nothing;
        };
        let parent = self.tree.places.get(&id).and_then(|it| it.parent);
        match parent.filter(|it| self.tree.places.get(it).is_some_and(|it| it.is_carried)) {
            Some(parent) => Above::Account(Node::Known(parent)),
            None => Above::Level(self.tree.level(id)),
        }
    }

    /// The rows at fault, by their places, and why: first those whose parents are missing, then circles, then depth, since what
    /// is taken out for the one changes the others.
    fn faults(&self) -> HashMap<usize, Reason> {
        let is_orphan = |row: &usize| {
            let parent = self.rows[*row].parent.as_ref().and_then(Option::as_deref);
            parent.is_some_and(|it| self.find(it).is_none())
        };
        let orphans = (0..self.rows.len()).filter(is_orphan);
        let orphans: HashMap<_, _> = orphans.map(|it| (it, UNKNOWN_PARENT)).collect();
        if !orphans.is_empty() {
            return orphans;
        }
        let (levels, circles) = self.levels();
        let circles = circles.into_iter().filter_map(|it| self.telling_row(it));
        let circles: HashMap<_, _> = circles.map(|it| (it, CIRCLE)).collect();
        if !circles.is_empty() {
            return circles;
        }
        let deep = levels
            .into_iter()
            .filter(|(_, level)| *level > DEEPEST_LEVEL);
        let deep = deep.filter_map(|(node, _)| self.row_at_fault(node));
        deep.map(|it| (it, TOO_DEEP)).collect()
    }

    /// The nearest row at or above a node that places it.
    fn row_at_fault(&self, mut node: Node) -> Option<usize> {
        loop {
            if let Some(row) = self.telling_row(node) {
                return Some(row);
            }
            match self.above(node) {
                Above::Account(above) => node = above,
                Above::Nothing | Above::Level(_) => return None,
            }
        }
    }

    /// The level of each account that has a row or is carried, and those that stand in circles.
    fn levels(&self) -> (HashMap<Node, i32>, HashSet<Node>) {
        let rows = (0..self.rows.len()).map(|row| self.node(row));
        let carried = self.tree.places.iter().filter(|(_, it)| it.is_carried);
        let carried = carried.map(|(id, _)| Node::Known(*id));
        let (mut levels, mut circles) = (HashMap::new(), HashSet::new());
        for node in rows.chain(carried) {
            self.place(node, &mut levels, &mut circles);
        }
        (levels, circles)
    }

    fn place(&self, node: Node, levels: &mut HashMap<Node, i32>, circles: &mut HashSet<Node>) {
        let (mut way, mut on_way) = (Vec::new(), HashSet::new());
        let mut here = node;
        // The level of what is above the last one on the way; below 0: nothing is.
        let mut level = loop {
            if let Some(level) = levels.get(&here) {
                break *level;
            }
            if circles.contains(&here) {
                return;
            }
            if !on_way.insert(here) {
                let start = way.iter().position(|it| *it == here).unwrap_or(0);
                circles.extend(&way[start..]);
                return;
            }
            way.push(here);
            match self.above(here) {
                Above::Nothing => break -1,
                Above::Level(level) => break level - 1,
                Above::Account(above) => here = above,
            }
        };
        for node in way.into_iter().rev() {
            level += 1;
            levels.insert(node, level);
        }
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::accounts::patch::AccountPatch;

    fn id(number: u8) -> Uuid {
        Uuid::from_bytes([number; 16])
    }

    /// Accounts K0 and so on that stand as in `parents`, all of them carried.
    fn tree(parents: &[Option<u8>]) -> KnownTree {
        let mut tree = KnownTree::default();
        for (number, parent) in (0..).zip(parents) {
            let level = parent.map_or(0, |it: u8| tree.level(id(it)) + 1);
            tree.ids.insert(format!("K{number}"), id(number));
            tree.places.insert(
                id(number),
                Place {
                    parent: parent.map(id),
                    level,
                    is_carried: true,
                },
            );
        }
        tree
    }

    fn rows(told: &[(&str, Option<&str>)]) -> Vec<ImportRow> {
        let row = |(index, (external_id, parent)): (usize, &(&str, Option<&str>))| ImportRow {
            index,
            external_id: (*external_id).to_owned(),
            patch: AccountPatch::default(),
            parent: Some(parent.map(str::to_owned)),
            as_of: None,
        };
        told.iter().enumerate().map(row).collect()
    }

    /// The same whichever way round the rows are.
    fn refused(tree: &KnownTree, told: &[(&str, Option<&str>)]) -> Vec<String> {
        let one_way = |told: &[(&str, Option<&str>)]| {
            let mut rejected = Vec::new();
            reject_misplaced(tree, &mut rows(told), &mut rejected);
            let mut told = rejected
                .iter()
                .map(|it| {
                    let first = it.reason.split_whitespace().next().unwrap_or_default();
                    format!("{} {first}", told[it.index].0)
                })
                .collect::<Vec<_>>();
            told.sort();
            told
        };
        let mut backwards = told.to_vec();
        backwards.reverse();
        let found = one_way(told);
        assert_eq!(one_way(&backwards), found);
        found
    }

    const NONE: [&str; 0] = [];

    #[test]
    fn parents_may_come_later_and_two_may_change_places() {
        let two = tree(&[None, Some(0)]);
        assert_eq!(refused(&two, &[("B", Some("A")), ("A", None)]), NONE);
        assert_eq!(refused(&two, &[("K0", Some("K1")), ("K1", None)]), NONE);
        let three = tree(&[None, Some(0), Some(1)]);
        let rotated = [("K0", Some("K2")), ("K1", Some("K0")), ("K2", None)];
        assert_eq!(refused(&three, &rotated), NONE);
    }

    #[test]
    fn all_rows_of_a_circle_are_refused_and_no_other() {
        let two = tree(&[None, Some(0)]);
        assert_eq!(
            refused(
                &two,
                &[("A", Some("B")), ("B", Some("A")), ("C", Some("K1"))]
            ),
            ["A leads", "B leads"]
        );
        assert_eq!(refused(&two, &[("K0", Some("K1"))]), ["K0 leads"]);
        assert_eq!(refused(&two, &[("K0", Some("K0"))]), ["K0 leads"]);
        // What stands below a circle of accounts that are there keeps its place; below new ones there is none.
        assert_eq!(
            refused(&two, &[("K0", Some("K1")), ("C", Some("K0"))]),
            ["K0 leads"]
        );
        assert_eq!(
            refused(&two, &[("A", Some("A")), ("C", Some("A"))]),
            ["A leads", "C must"]
        );
    }

    #[test]
    fn depth_counts_at_the_end() {
        let mut chain = vec![None];
        chain.extend((0..10).map(Some));
        let deep = tree(&chain);
        assert_eq!(refused(&deep, &[("N", Some("K10"))]), ["N is"]);
        assert_eq!(refused(&deep, &[("N", Some("K10")), ("K10", None)]), NONE);
        assert_eq!(refused(&deep, &[("N", None), ("K0", Some("N"))]), ["K0 is"]);
        assert_eq!(
            refused(&deep, &[("N", None), ("K1", Some("N")), ("K0", Some("K1"))]),
            NONE
        );
        let new = (0..12).map(|it| (format!("N{it}"), format!("N{}", it - 1)));
        let new = new.collect::<Vec<_>>();
        let told = new.iter().map(|(name, above)| {
            (
                name.as_str(),
                Some(above.as_str()).filter(|it| *it != "N-1"),
            )
        });
        assert_eq!(refused(&deep, &told.collect::<Vec<_>>()), ["N11 is"]);
    }

    #[test]
    fn what_moves_up_first_makes_room() {
        let mut chain = vec![None];
        chain.extend((0..10).map(Some));
        let deep = tree(&chain);
        let make_room = rows(&[("N", Some("K10")), ("K10", None)]);
        assert!(is_too_deep_meanwhile(&deep, &make_room));
        assert!(!is_too_deep_meanwhile(&deep, &rows(&[("N", Some("K9"))])));
        assert!(!is_too_deep_meanwhile(&deep, &rows(&[("K10", Some("K1"))])));
    }
}
