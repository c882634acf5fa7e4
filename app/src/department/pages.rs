//! A department of hundreds in pages: nobody scrolls through a thousand rows, and no browser has to draw them.

/// So many sheets stand on one page.
const PER_PAGE: usize = 200;

/// One page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// From 1; a page that does not exist is the nearest that does.
    pub number: usize,
    pub of: usize,
}

impl Part {
    /// The page asked for of so many rows.
    pub fn new(asked: usize, rows: usize) -> Part {
        let of = rows.div_ceil(PER_PAGE).max(1);
        Part { number: asked.clamp(1, of), of }
    }

    /// Its rows.
    pub fn cut<T>(self, rows: Vec<T>) -> Vec<T> {
        rows.into_iter().skip((self.number - 1) * PER_PAGE).take(PER_PAGE).collect()
    }
}


#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_stands_on_exactly_one_page() {
        for (rows, pages) in [(0, 1), (1, 1), (200, 1), (201, 2), (1_100, 6)] {
            let all: Vec<usize> = (0..rows).collect();
            assert_eq!(Part::new(1, rows).of, pages, "{rows}");
            let shown: Vec<usize> =
                (1..=pages).flat_map(|number| Part::new(number, rows).cut(all.clone())).collect();
            assert_eq!(shown, all, "{rows}");
        }
        assert_eq!((Part::new(0, 500).number, Part::new(99, 500).number), (1, 3));
    }
}
