//! README is short, and every link within the project leads to a file and a heading that are there.

use std::fs;

use cs_tests::tree;

use super::page::{Page, all};

/// What a newcomer reads in one go, in bytes.
const README_AT_MOST: u64 = 9_000;

#[test]
fn readme_is_short() {
    let size = fs::metadata(tree::root().join("README.md")).unwrap().len();
    assert!(size <= README_AT_MOST, "README.md has {size} bytes");
}

#[test]
fn links_lead_somewhere() {
    let pages = all();
    let dead: Vec<_> = pages.iter().flat_map(dead_links).collect();
    assert!(dead.is_empty(), "{dead:#?}");
    let links: usize = pages.iter().map(|page| links(page).len()).sum();
    assert!(links > 30, "only {links} links found");
}

/// The targets of links and pictures, with their lines.
fn links(page: &Page) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (line, text) in &page.prose {
        for part in text.split("](").skip(1) {
            if let Some((target, _)) = part.split_once(')') {
                found.push((*line, target.to_owned()));
            }
        }
    }
    found
}

fn dead_links(page: &Page) -> Vec<String> {
    let folder = page.path.parent().unwrap();
    let is_dead = |target: &str| {
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        let path = match path {
            "" => page.path.clone(),
            path => folder.join(path),
        };
        !path.exists()
            || !anchor.is_empty() && !Page::read(&path).anchors().iter().any(|it| it == anchor)
    };
    let own = links(page)
        .into_iter()
        .filter(|(_, it)| !it.contains("://"));
    own.filter(|(_, target)| is_dead(target))
        .map(|(line, target)| format!("{}:{line}: {target}", page.name()))
        .collect()
}
