//! The server as a process: started, looked at from outside, killed.

use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// A running server.
pub struct Machine {
    child: Child,
    /// Host and port.
    pub address: String,
}

impl Machine {
    /// Starts the executable on a free port and waits for its address.
    pub async fn start(program: &Path, data: &Path, url: Option<&str>, listen: &str) -> Result<Machine> {
        let mut command = Command::new(program);
        command.arg("serve").arg("--data").arg(data).args(["--listen", listen, "--plain-http"]);
        if let Some(url) = url {
            command.args(["--database-url", url]);
        }
        command.stdout(Stdio::piped()).stderr(Stdio::inherit()).kill_on_drop(true);
        command.env("RUST_LOG", "warn");
        let mut child = command.spawn().with_context(|| format!("{} does not start", program.display()))?;
        let mut lines = BufReader::new(child.stdout.take().context("no output")?).lines();
        while let Some(line) = lines.next_line().await? {
            if let Some((_, rest)) = line.split_once("http://") {
                let address = rest.split(|c: char| c == '/' || c.is_whitespace()).next().unwrap_or(rest);
                // Somebody has to read what it goes on to say.
                let address = address.to_string();
                tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                return Ok(Machine { child, address });
            }
        }
        bail!("the server ended before it said its address")
    }

    /// `kill -9`.
    pub async fn kill(mut self) -> Result<()> {
        Ok(self.child.kill().await?)
    }

    fn pid(&self) -> Result<u32> {
        self.child.id().context("the server has ended")
    }

    /// Seconds of processor time so far, in user and system mode.
    pub fn processor(&self) -> Result<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid()?))?;
        // After the name in parentheses; utime and stime are the 14th and 15th of the whole line.
        let (_, rest) = stat.rsplit_once(')').context("unreadable stat")?;
        let ticks = rest.split_whitespace().skip(11).take(2).map(str::parse::<f64>);
        Ok(ticks.sum::<Result<f64, _>>()? / 100.0)
    }

    /// The most memory it had in RAM, in MiB.
    pub fn memory(&self) -> Result<usize> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid()?))?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).context("no VmHWM")?;
        let kib = line.split_whitespace().nth(1).context("no number")?;
        Ok(kib.parse::<usize>()? / 1024)
    }
}
