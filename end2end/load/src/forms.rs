//! A thousand filled forms: how many are read in a second and in how much memory, beside a plain calamine loop over
//! the same files, and beside openpyxl where there is one. Each reader is a process of its own.

mod make;

use anyhow::{Context, Result, bail};
use calamine::{Data, Reader, Xlsx};
use clap::ValueEnum;
use documents::form::legacy::read_form;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Each reader runs so many times; the best counts, for the machine has other work too.
const RUNS: usize = 3;

/// Who reads.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// The product: every answer with its origin.
    Product,
    /// Every cell of every sheet by calamine, and nothing made of it.
    Calamine,
}

/// Makes the forms, lets each reader read them and prints what it took.
pub fn run(files: usize, questions: usize) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let begun = Instant::now();
    let bytes = make::forms(folder.path(), files, questions)?;
    println!(
        "forms made            {files} files of {questions} questions, {} KiB each, in {:.1} s",
        bytes / 1024 / u64::try_from(files.max(1))?,
        begun.elapsed().as_secs_f64()
    );
    let product = best(folder.path(), "product", "form read, in process")?;
    let plain = best(folder.path(), "calamine", "plain calamine loop")?;
    println!(
        "                      {:.2} times the loop (aim: at most 2)",
        product.as_secs_f64() / plain.as_secs_f64()
    );
    openpyxl(folder.path(), files, product)
}

fn best(folder: &Path, by: &str, name: &str) -> Result<Duration> {
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        let output = Command::new(std::env::current_exe()?)
            .arg("read-forms")
            .arg("--by")
            .arg(by)
            .arg(folder)
            .output()?;
        if !output.status.success() {
            bail!("{by}: {}", String::from_utf8_lossy(&output.stderr));
        }
        let text = String::from_utf8(output.stdout)?;
        let numbers: Vec<u64> = text.split_whitespace().filter_map(|number| number.parse().ok()).collect();
        let [files, answers, micros, kib] = numbers[..] else { bail!("{by} said {text}") };
        runs.push((micros, files, answers, kib));
    }
    let (micros, files, answers, kib) = runs.into_iter().min().context("no run")?;
    let took = Duration::from_micros(micros);
    println!(
        "{name:<22}{:.0} files/s, {answers} cells or answers, at most {} MiB",
        files as f64 / took.as_secs_f64(),
        kib / 1024
    );
    Ok(took)
}

/// Reads a folder and prints files, answers (or cells), microseconds and the most memory in KiB.
pub fn read(folder: &PathBuf, by: By) -> Result<()> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.sort();
    let begun = Instant::now();
    let mut answers = 0;
    for path in &paths {
        let bytes = std::fs::read(path)?;
        answers += match by {
            By::Product => by_product(path, &bytes)?,
            By::Calamine => by_calamine(&bytes)?,
        };
    }
    let micros = begun.elapsed().as_micros();
    println!("{} {answers} {micros} {}", paths.len(), peak()?);
    Ok(())
}

fn by_product(path: &Path, bytes: &[u8]) -> Result<usize> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let file = read_form(&name, bytes).map_err(|unreadable| anyhow::anyhow!("{name}: {unreadable}"))?;
    Ok(file.forms.iter().flat_map(|form| &form.items).filter(|item| item.answer.is_some()).count())
}

fn by_calamine(bytes: &[u8]) -> Result<usize> {
    let mut book: Xlsx<Cursor<&[u8]>> = Xlsx::new(Cursor::new(bytes))?;
    let mut cells = 0;
    for name in book.sheet_names() {
        cells += book.worksheet_range(&name)?.used_cells().filter(|(.., data)| **data != Data::Empty).count();
    }
    Ok(cells)
}

/// The most memory this process had, in KiB.
fn peak() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no peak of memory")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

const OPENPYXL: &str = "
import sys, os, time, resource, openpyxl
begun, cells = time.monotonic(), 0
for name in sorted(os.listdir(sys.argv[1])):
    book = openpyxl.load_workbook(os.path.join(sys.argv[1], name), data_only=True)
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            cells += sum(value is not None for value in row)
print(cells, time.monotonic() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
";

fn openpyxl(folder: &Path, files: usize, product: Duration) -> Result<()> {
    let there = Command::new("python3")
        .args(["-c", "import openpyxl"])
        .output()
        .is_ok_and(|done| done.status.success());
    if !there {
        println!("openpyxl              not on this machine");
        return Ok(());
    }
    let output = Command::new("python3").arg("-c").arg(OPENPYXL).arg(folder).output()?;
    let text = String::from_utf8(output.stdout)?;
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    let [cells, seconds, kib] = numbers[..] else { bail!("openpyxl said {text}") };
    println!(
        "openpyxl, bare read   {:.0} files/s, {cells} cells, at most {:.0} MiB: {:.1} times as long (aim: at least 2.5)",
        files as f64 / seconds,
        kib / 1024.0,
        seconds / product.as_secs_f64()
    );
    Ok(())
}
