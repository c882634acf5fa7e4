//! The container of old Office files (compound file): chains of sectors.

use std::collections::HashSet;

/// Marks the end of a chain; greater numbers are no sectors either.
const END: u32 = 0xFFFF_FFFE;
/// Longer chains than the largest file has sectors are circles.
const MOST: usize = 100_000;

/// Shorter streams lie in the small sectors.
const SMALL: u32 = 4_096;

/// True if every chain of sectors ends and the tables name each sector once. calamine follows a circle until the
/// memory is full.
pub fn is_sound(bytes: &[u8]) -> bool {
    let Some(file) = File::open(bytes) else { return false };
    let small = file.double(64).unwrap_or_default() == 0 || file.double(60).is_some_and(|at| file.ends(at));
    small && file.distinct && !has_circle(&file.table) && !has_circle(&file.small_table)
}

/// True if from some entry the way leads back to itself.
fn has_circle(table: &[u32]) -> bool {
    let mut walked = vec![0_usize; table.len()];
    for start in 0..table.len() {
        let mut at = start;
        while let Some(by) = walked.get_mut(at).filter(|by| **by != start + 1) {
            if *by != 0 {
                break;
            }
            *by = start + 1;
            at = usize::try_from(table[at]).unwrap_or(usize::MAX);
        }
        if walked.get(at).is_some_and(|by| *by == start + 1) {
            return true;
        }
    }
    false
}

/// The stream of one of these names, the first names first.
pub fn stream(bytes: &[u8], names: &[&str]) -> Option<Vec<u8>> {
    let file = File::open(bytes)?;
    let directory = file.chain(file.double(48)?)?;
    let entries: Vec<&[u8]> = directory.chunks_exact(128).collect();
    let root = entries.first()?;
    let named = |wanted: &&str| entries.iter().find(|entry| name(entry).eq_ignore_ascii_case(wanted));
    let entry = names.iter().find_map(named)?;
    let (start, size) = place(entry)?;
    if size >= SMALL {
        return file.chain(start).map(|data| cut(data, size));
    }
    let small = file.chain(place(root)?.0)?;
    file.small_chain(start, &small).map(|data| cut(data, size))
}

fn cut(mut data: Vec<u8>, size: u32) -> Vec<u8> {
    data.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    data
}

/// Where a stream begins and how long it is.
fn place(entry: &[u8]) -> Option<(u32, u32)> {
    Some((double(entry, 116)?, double(entry, 120)?))
}

fn name(entry: &[u8]) -> String {
    let length =
        entry.get(64..66).map_or(0, |length| usize::from(u16::from_le_bytes([length[0], length[1]])));
    let bytes = entry.get(..length.saturating_sub(2).min(62)).unwrap_or_default();
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

fn double(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

struct File<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// The sector behind each sector.
    table: Vec<u32>,
    small_table: Vec<u32>,
    /// No sector of the tables is named twice.
    distinct: bool,
}

impl<'a> File<'a> {
    fn open(bytes: &'a [u8]) -> Option<File<'a>> {
        let shift = bytes.get(30).copied().filter(|shift| (9..=12).contains(shift))?;
        let (table, small_table) = (Vec::new(), Vec::new());
        let mut file = File { bytes, sector: 1 << shift, table, small_table, distinct: true };
        let mut sectors: Vec<u32> = (0..109).filter_map(|index| file.double(76 + 4 * index)).collect();
        let mut next = file.double(68)?;
        let mut seen = HashSet::new();
        while next < END && seen.insert(next) && seen.len() < MOST {
            let more = file.sector(next)?;
            let last = more.len() - 4;
            sectors.extend((0..last / 4).filter_map(|index| double(more, 4 * index)));
            next = double(more, last)?;
        }
        let named = |sector: &&u32| **sector < END;
        let once: HashSet<&u32> = sectors.iter().filter(named).collect();
        file.distinct = next >= END && once.len() == sectors.iter().filter(named).count();
        for sector in sectors.into_iter().filter(|sector| *sector < END) {
            let entries = file.sector(sector)?;
            let entries: Vec<u32> =
                (0..entries.len() / 4).filter_map(|index| double(entries, 4 * index)).collect();
            file.table.extend(entries);
        }
        let small = file.chain(file.double(60)?).unwrap_or_default();
        file.small_table = (0..small.len() / 4).filter_map(|index| double(&small, 4 * index)).collect();
        Some(file)
    }

    fn double(&self, at: usize) -> Option<u32> {
        double(self.bytes, at)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let from = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        let end = from.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(from..end).filter(|sector| sector.len() >= 4)
    }

    fn ends(&self, start: u32) -> bool {
        self.chain(start).is_some()
    }

    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let (mut data, mut next, mut seen) = (Vec::new(), start, HashSet::new());
        while next < END {
            if !seen.insert(next) || seen.len() > MOST {
                return None;
            }
            data.extend_from_slice(self.sector(next)?);
            next = *self.table.get(usize::try_from(next).ok()?)?;
        }
        Some(data)
    }

    fn small_chain(&self, start: u32, small: &[u8]) -> Option<Vec<u8>> {
        let (mut data, mut next, mut seen) = (Vec::new(), start, HashSet::new());
        while next < END {
            if !seen.insert(next) || seen.len() > MOST {
                return None;
            }
            let from = usize::try_from(next).ok()?.checked_mul(64)?;
            data.extend_from_slice(small.get(from..from.checked_add(64)?)?);
            next = *self.small_table.get(usize::try_from(next).ok()?)?;
        }
        Some(data)
    }
}
