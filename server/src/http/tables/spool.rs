//! Files that have to be finished before they can be sent: they lie beside the data, without a name, and are gone with
//! whoever reads them.

use super::listed::Portions;
use app::error::AppError;
use axum::body::Body;
use documents::table::plain::lines;
use documents::table::sheets::Sheets;
use documents::table::shift_jis::ShiftJis;
use futures_util::StreamExt;
use futures_util::stream::try_unfold;
use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::path::Path;
use tempfile::tempfile_in;
use tokio::io::AsyncReadExt;

/// So much is read and sent at once, in bytes.
const PORTION: usize = 64 * 1024;

/// What went wrong while writing; the cause goes to the log.
pub fn machine(error: impl std::fmt::Display) -> AppError {
    tracing::error!(%error, "writing a table failed");
    AppError::Machine
}

/// Work on the processor and the disk that holds up nobody else.
async fn blocking<T, E>(work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, AppError>
where
    T: Send + 'static,
    E: std::fmt::Display + Send + 'static,
{
    tokio::task::spawn_blocking(work).await.map_err(machine)?.map_err(machine)
}

/// The table as a workbook.
pub async fn workbook(
    title: &str,
    headings: &[String],
    mut rows: Portions,
    folder: &Path,
) -> Result<File, AppError> {
    let mut book = Sheets::begin(title, headings, folder).map_err(machine)?;
    while let Some(portion) = rows.next().await {
        let portion = portion?;
        book = blocking(move || book.rows(&portion).map(|()| book)).await?;
    }
    let folder = folder.to_path_buf();
    blocking(move || {
        let mut file = tempfile_in(folder)?;
        book.finish(BufWriter::new(&file)).map_err(io::Error::other)?;
        file.rewind()?;
        Ok::<_, io::Error>(file)
    })
    .await
}

/// The table in Shift_JIS, and what of it could not be written.
pub async fn shift_jis(
    headings: &[String],
    mut rows: Portions,
    folder: &Path,
) -> Result<(File, ShiftJis), AppError> {
    let (mut writer, line) = ShiftJis::begin(headings).map_err(machine)?;
    let mut file = tempfile_in(folder).map_err(machine)?;
    file.write_all(&line).map_err(machine)?;
    while let Some(portion) = rows.next().await {
        let portion = portion?;
        (writer, file) = blocking(move || {
            let lines = writer.lines(&portion).map_err(io::Error::other)?;
            file.write_all(&lines)?;
            Ok::<_, io::Error>((writer, file))
        })
        .await?;
    }
    file.rewind().map_err(machine)?;
    Ok((file, writer))
}

/// The table in UTF-8.
pub async fn utf8(first: String, mut rows: Portions, folder: &Path) -> Result<File, AppError> {
    let mut file = tempfile_in(folder).map_err(machine)?;
    file.write_all(first.as_bytes()).map_err(machine)?;
    while let Some(portion) = rows.next().await {
        let portion = portion?;
        file = blocking(move || {
            let lines = lines(&portion).map_err(io::Error::other)?;
            file.write_all(lines.as_bytes())?;
            Ok::<_, io::Error>(file)
        })
        .await?;
    }
    file.rewind().map_err(machine)?;
    Ok(file)
}

/// The content of a file as it is read.
pub fn body(file: File) -> Body {
    let file = tokio::fs::File::from_std(file);
    Body::from_stream(try_unfold(file, |mut file| async move {
        let mut buffer = vec![0; PORTION];
        let read = file.read(&mut buffer).await?;
        buffer.truncate(read);
        Ok::<_, io::Error>((read > 0).then_some((buffer, file)))
    }))
}
