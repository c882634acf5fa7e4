//! What pages may do with workbooks: look at a sheet, begin to read what waits. They never open one themselves.

use super::intake::read_waiting;
use crate::http::Service;
use documents::form::legacy;
use std::sync::Arc;
use store::layout::{Look, Looks, Workbooks};

/// What the person reads when looking itself broke down.
const BROKEN: &str = "ファイルを開けませんでした。Excelで開いて保存し直し、もう一度取り込んでください。";

/// For the pages of a request.
pub fn workbooks(service: &Service) -> Workbooks {
    let service = service.clone();
    Workbooks {
        look: Arc::new(look),
        wake: Arc::new(move || {
            let service = service.clone();
            tokio::spawn(async move {
                if let Err(error) = read_waiting(&service).await {
                    tracing::error!(%error, "reading workbooks failed");
                }
            });
        }),
    }
}

fn look(look: Look) -> Looks {
    Box::pin(async move {
        let seen = tokio::task::spawn_blocking(move || {
            legacy::look(&look.file_name, &look.content, &look.sheet, &look.habits, &look.pointing)
        });
        match seen.await {
            Ok(seen) => seen.map_err(|unreadable| unreadable.text),
            Err(error) => {
                tracing::error!(%error, "looking at a workbook broke down");
                Err(BROKEN.to_string())
            }
        }
    })
}
