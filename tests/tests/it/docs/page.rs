//! A page of the docs as its fenced blocks, links and headings.

use std::fs;
use std::path::{Path, PathBuf};

use cs_tests::tree;

/// A fenced block.
#[derive(Debug)]
pub struct Block {
    /// The line its fence is on, from 1.
    pub line: usize,
    /// The word after the fence.
    pub language: String,
    /// The words after that: how it is to be run.
    pub how: String,
    pub text: String,
}

#[derive(Debug)]
pub struct Page {
    pub path: PathBuf,
    pub blocks: Vec<Block>,
    /// What stands outside the blocks, with the number of its line.
    pub prose: Vec<(usize, String)>,
}

impl Page {
    pub fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let (mut blocks, mut prose) = (Vec::new(), Vec::new());
        let mut open: Option<Block> = None;
        for (line, content) in (1..).zip(text.lines()) {
            match (content.strip_prefix("```"), open.take()) {
                (Some(_), Some(block)) => blocks.push(block),
                (Some(info), None) => {
                    let (language, how) = info.split_once(' ').unwrap_or((info, ""));
                    open = Some(Block {
                        line,
                        language: language.to_owned(),
                        how: how.to_owned(),
                        text: String::new(),
                    });
                }
                (None, Some(mut block)) => {
                    block.text.push_str(content);
                    block.text.push('\n');
                    open = Some(block);
                }
                (None, None) => prose.push((line, content.to_owned())),
            }
        }
        assert!(open.is_none(), "{}: a block is not closed", path.display());
        Self {
            path: path.to_owned(),
            blocks,
            prose,
        }
    }

    /// Its name for messages.
    pub fn name(&self) -> String {
        let root = tree::root();
        let path = self.path.strip_prefix(&root).unwrap_or(&self.path);
        path.display().to_string()
    }

    /// The anchors of its headings, as GitHub makes them.
    pub fn anchors(&self) -> Vec<String> {
        let headings = self.prose.iter().filter(|(_, line)| line.starts_with('#'));
        headings
            .map(|(_, line)| {
                let title = line.trim_start_matches('#').trim().to_lowercase();
                let kept = title
                    .chars()
                    .filter(|it| it.is_alphanumeric() || " -_".contains(*it));
                kept.map(|it| if it == ' ' { '-' } else { it }).collect()
            })
            .collect()
    }
}

/// README and all pages of the docs.
pub fn all() -> Vec<Page> {
    let root = tree::root();
    let mut paths = vec![root.join("README.md"), root.join(".github/CONTRIBUTING.md")];
    for folder in ["extension/docs", "gateway/docs", "gateway/web/docs"] {
        find(&root.join(folder), &mut paths);
    }
    paths.iter().map(|path| Page::read(path)).collect()
}

fn find(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            find(&path, found);
        } else if path.extension().is_some_and(|it| it == "md") {
            found.push(path);
        }
    }
}
