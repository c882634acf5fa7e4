//! A browser as far as the server can tell: one kept connection, a session cookie, forms and calls.

use anyhow::{Context, Result, bail};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{ACCEPT, CONTENT_TYPE, COOKIE, HOST, HeaderMap};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// What a browser takes, with every request.
pub const PACKED: (&str, &str) = ("accept-encoding", "br, gzip");

/// One connection.
pub struct Browser {
    address: String,
    sender: SendRequest<Full<Bytes>>,
}

/// What came back.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Browser {
    pub async fn connect(address: &str) -> Result<Browser> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // It ends with the connection; what goes wrong shows in the next request.
        tokio::spawn(async move { drop(connection.await) });
        Ok(Browser { address: address.to_string(), sender })
    }

    pub async fn get(&mut self, path: &str, token: &str, more: &[(&str, &str)]) -> Result<Reply> {
        let mut request = Request::builder()
            .method(Method::GET)
            .uri(path)
            .header(HOST, &self.address)
            .header(ACCEPT, "text/html")
            .header(COOKIE, format!("minaoshi={token}"));
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        self.send(request.body(Full::default())?).await
    }

    /// Sends a form; with `call` as the island does, without as the browser's own.
    pub async fn post(&mut self, path: &str, token: &str, form: String, call: bool) -> Result<Reply> {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(HOST, &self.address)
            .header("sec-fetch-site", "same-origin")
            .header(PACKED.0, PACKED.1)
            .header(ACCEPT, if call { "application/json" } else { "text/html" })
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(COOKIE, format!("minaoshi={token}"))
            .body(Full::new(Bytes::from(form)))?;
        self.send(request).await
    }

    async fn send(&mut self, request: Request<Full<Bytes>>) -> Result<Reply> {
        self.sender.ready().await.context("the connection is gone")?;
        let response = self.sender.send_request(request).await.context("no answer")?;
        let (parts, body) = response.into_parts();
        let body = body.collect().await.context("the answer broke off")?.to_bytes();
        Ok(Reply { status: parts.status, headers: parts.headers, body })
    }
}

impl Reply {
    /// The answer, if it is what was expected.
    pub fn with(self, status: StatusCode) -> Result<Reply> {
        if self.status != status {
            let text: String = String::from_utf8_lossy(&self.body).chars().take(300).collect();
            bail!("{} instead of {status}: {text}", self.status);
        }
        Ok(self)
    }
}
