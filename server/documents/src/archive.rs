//! A zip of files that leaves while it is made: what was added is handed over and forgotten.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// A zip under way.
pub struct Archive {
    writer: ZipWriter<StreamWriter<Sink>>,
    sink: Sink,
}

/// What was written and not handed over yet.
#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Sink {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Default for Archive {
    fn default() -> Archive {
        let sink = Sink::default();
        Archive { writer: ZipWriter::new_stream(sink.clone()), sink }
    }
}

impl Archive {
    /// Adds a file; gives the bytes that are ready to be sent.
    ///
    /// # Errors
    /// When a name is too long.
    pub fn add(&mut self, name: &str, content: &[u8]) -> io::Result<Vec<u8>> {
        // Workbooks are packed already; a reader that goes through a zip from the front can't skip what is only stored.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(1));
        self.writer.start_file(name, options)?;
        self.writer.write_all(content)?;
        self.writer.flush()?;
        Ok(self.sink.take())
    }

    /// The end of the zip: its list of files.
    ///
    /// # Errors
    /// When the zip can't be ended.
    pub fn finish(self) -> io::Result<Vec<u8>> {
        self.writer.finish()?;
        Ok(self.sink.take())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn the_pieces_handed_over_are_one_zip_with_all_files() {
        let mut archive = Archive::default();
        let mut whole = Vec::new();
        for (name, content) in [("総務部.xlsx", &b"one"[..]), ("市民部（1）.xlsx", b"two")] {
            let piece = archive.add(name, content).expect("added");
            assert!(!piece.is_empty(), "nothing is kept back");
            whole.extend(piece);
        }
        whole.extend(archive.finish().expect("ended"));
        let mut zip = zip::ZipArchive::new(io::Cursor::new(whole)).expect("a zip");
        let mut text = String::new();
        zip.by_name("市民部（1）.xlsx").expect("file").read_to_string(&mut text).expect("content");
        assert_eq!((zip.len(), text.as_str()), (2, "two"));
    }
}
