//! Numbers from which a probe is made. All zero is the simplest probe, so proptest shrinks towards that.

use proptest::prelude::any;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// More than any probe draws.
const LENGTH: usize = 64;

/// The numbers of a probe, and how to make them smaller.
pub fn tree(seed: u64, number: u32) -> impl ValueTree<Value = Vec<u32>> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..12].copy_from_slice(&number.to_le_bytes());
    // XorShift is linear: seeds that differ little give probes that do.
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    let numbers = proptest::collection::vec(any::<u32>(), LENGTH);
    numbers.new_tree(&mut runner).expect("numbers always come")
}

pub struct Dice<'a> {
    numbers: std::slice::Iter<'a, u32>,
}

impl<'a> Dice<'a> {
    pub fn new(numbers: &'a [u32]) -> Self {
        Self {
            numbers: numbers.iter(),
        }
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        let number = self.numbers.next().copied().unwrap_or(0);
        usize::try_from((u64::from(number) * bound as u64) >> 32).unwrap_or(0)
    }

    /// True in `percent` of the cases; false is the simpler.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    pub fn one<'b, T>(&mut self, of: &'b [T]) -> &'b T {
        &of[self.below(of.len())]
    }
}
