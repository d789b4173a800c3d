//! Owns the shape of a component and its parts, as they are computed and explained. Pure.

use super::clock::Moment;
use super::formula::{round_half_up, weighted};
use std::borrow::Cow;

/// One part of a component, or what a kind of usage adds to a part.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its name within the component.
    pub name: &'static str,
    /// The kind of usage, where a part is made of several.
    pub metric: Option<&'static str>,
    /// Weight among its siblings.
    pub weight: f64,
    /// 0 to 100; `None` where there is nothing to score.
    pub score: Option<f64>,
    /// Why there is nothing to score.
    pub absent: Option<Cow<'static, str>>,
    /// What was measured.
    pub raw: Option<f64>,
    /// What gives 100.
    pub target: Option<f64>,
    /// What it is compared with.
    pub baseline: Option<f64>,
    /// Measured after this moment ...
    pub from: Option<Moment>,
    /// ... and up to this.
    pub to: Option<Moment>,
    /// The number of rows it was measured from.
    pub rows: u32,
    /// What a part is made of.
    pub details: Vec<Part>,
    sentence: Sentence,
}

/// What makes the sentence of a part. It follows from the part's name, so it is left out of comparisons.
#[derive(Clone, Copy)]
struct Sentence(fn(&Part) -> String);

impl PartialEq for Sentence {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl std::fmt::Debug for Sentence {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Sentence")
    }
}

impl Part {
    /// A part without anything in it yet. `sentence` says what was measured and what gives 100 and 0, by the numbers of
    /// the formula beside it.
    pub const fn new(name: &'static str, weight: f64, sentence: fn(&Self) -> String) -> Self {
        Self {
            name,
            metric: None,
            weight,
            score: None,
            absent: None,
            raw: None,
            target: None,
            baseline: None,
            from: None,
            to: None,
            rows: 0,
            details: Vec::new(),
            sentence: Sentence(sentence),
        }
    }

    /// With what was measured and the score it gives.
    #[must_use]
    pub const fn scored(mut self, raw: f64, score: f64) -> Self {
        self.raw = Some(raw);
        self.score = Some(score);
        self
    }

    /// With a score, though there was nothing to measure.
    #[must_use]
    pub const fn unmeasured(mut self, score: f64) -> Self {
        self.score = Some(score);
        self
    }

    /// As what a kind of usage adds to a part.
    #[must_use]
    pub const fn of_metric(mut self, metric: &'static str, weight: f64) -> Self {
        self.metric = Some(metric);
        self.weight = weight;
        self
    }

    /// Without a score, for this reason.
    #[must_use]
    pub fn absent(mut self, why: impl Into<Cow<'static, str>>) -> Self {
        self.absent = Some(why.into());
        self
    }

    /// What gives 100.
    #[must_use]
    pub const fn target(mut self, target: f64) -> Self {
        self.target = Some(target);
        self
    }

    /// What it is compared with.
    #[must_use]
    pub const fn baseline(mut self, baseline: Option<f64>) -> Self {
        self.baseline = baseline;
        self
    }

    /// The time it was measured over.
    #[must_use]
    pub const fn over(mut self, from: Moment, to: Moment) -> Self {
        self.from = Some(from);
        self.to = Some(to);
        self
    }

    /// The number of rows it was measured from.
    #[must_use]
    pub const fn rows(mut self, rows: u32) -> Self {
        self.rows = rows;
        self
    }

    /// Made of these, by weight.
    #[must_use]
    pub fn made_of(mut self, details: Vec<Self>, why_absent: &'static str) -> Self {
        self.score = weighted(details.iter().map(|it| (it.weight, it.score)));
        let known = || details.iter().filter(|it| it.score.is_some());
        self.rows = known().map(|it| it.rows).sum();
        self.from = known().filter_map(|it| it.from).min();
        self.to = known().filter_map(|it| it.to).max();
        if self.score.is_none() {
            self.absent = Some(why_absent.into());
        }
        self.details = details;
        self
    }

    /// What was measured and what would give 100, in a sentence.
    pub fn reading(&self) -> String {
        match &self.absent {
            Some(why) => why.to_string(),
            None if self.details.is_empty() => (self.sentence.0)(self),
            None => "the weighted mean of what follows".to_owned(),
        }
    }
}

/// One of the four components.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// Its name.
    pub name: &'static str,
    /// 0 to 100; `None` where no part has a score.
    pub score: Option<i32>,
    /// The most it can be at the moment, with the reason, whether or not that holds it down.
    pub limit: Option<(i32, String)>,
    /// What it is made of.
    pub parts: Vec<Part>,
}

impl Component {
    /// The weighted mean of its parts, rounded half up.
    pub fn new(name: &'static str, parts: Vec<Part>) -> Self {
        Self {
            name,
            score: weighted(parts.iter().map(|it| (it.weight, it.score))).map(round_half_up),
            limit: None,
            parts,
        }
    }

    /// Its score if this part were at 100, whatever else holds it down.
    pub fn with_full_part(&self, index: usize) -> Option<i32> {
        let parts = self.parts.iter().enumerate();
        let scores = parts.map(|(place, it)| match it.score {
            Some(_) if place == index => (it.weight, Some(100.0)),
            score => (it.weight, score),
        });
        let score = weighted(scores).map(round_half_up)?;
        Some(
            self.limit
                .as_ref()
                .map_or(score, |(most, _)| score.min(*most)),
        )
    }

    /// Never above `most`.
    #[must_use]
    pub fn limited(mut self, most: i32, why: impl FnOnce() -> String) -> Self {
        if let Some(score) = self.score {
            self.score = Some(score.min(most));
            self.limit = Some((most, why()));
        }
        self
    }

    /// Whether its limit is what holds it down.
    pub fn is_held(&self) -> bool {
        let mean = weighted(self.parts.iter().map(|it| (it.weight, it.score))).map(round_half_up);
        mean > self.score
    }
}
