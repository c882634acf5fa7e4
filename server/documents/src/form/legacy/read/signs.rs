//! Where the legend of a sheet stands.

use super::super::grid::Grid;
use super::super::legend::Legend;

/// The legend stands above the table or in its headings, seldom below.
pub fn legend(grid: &Grid) -> Legend {
    let heading = grid
        .rows_from(1)
        .find(|row| super::super::columns::names_questions(grid, *row))
        .unwrap_or(usize::MAX);
    let above: Vec<usize> = grid.rows_from(1).take_while(|row| *row < heading).take(200).collect();
    let headings = grid.rows_from(heading).take(2);
    let texts: Vec<&str> =
        above.iter().copied().chain(headings).flat_map(|row| texts_of(grid, row)).collect();
    let found = Legend::read(&texts, &above.iter().flat_map(|row| pairs(grid, *row)).collect::<Vec<_>>());
    if !found.signs.is_empty() || found.levels || heading == usize::MAX {
        return found;
    }
    let all: Vec<usize> = grid.rows_from(heading + 1).collect();
    let alone = all.iter().rev().take(12).map(|row| texts_of(grid, *row)).filter(|texts| texts.len() == 1);
    let below = Legend::read(&alone.flatten().collect::<Vec<_>>(), &[]);
    // One sign below the table is part of a sentence.
    if below.signs.len() >= 2 { Legend { levels: false, ..below } } else { Legend::default() }
}

fn texts_of<'a>(grid: &'a Grid, row: usize) -> Vec<&'a str> {
    grid.cells(row).iter().map(|(_, text)| text.as_str()).collect()
}

/// A sign in one cell and its meaning in the next.
fn pairs(grid: &Grid, row: usize) -> Vec<(String, String)> {
    let texts = texts_of(grid, row);
    let is_sign = |text: &str| {
        let mut chars = text.chars();
        matches!((chars.next(), chars.next()), (Some(c), None) if super::super::legend::is_sign(c))
    };
    let pairs = texts.windows(2).filter_map(|pair| match pair {
        [sign, words] if is_sign(sign) && words.chars().count() >= 2 => {
            Some((super::super::super::value::fold(sign), words.to_string()))
        }
        _ => None,
    });
    pairs.collect()
}
