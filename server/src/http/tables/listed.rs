//! A table on its way into a file: its headings, and its rows in portions.

use app::error::AppError;
use documents::table::{Cell, Columns, Table};
use futures_util::Stream;
use futures_util::stream::{once, try_unfold};
use std::future::Future;
use std::pin::Pin;
use uuid::Uuid;

/// Rows in portions, each small enough for memory.
pub type Portions = Pin<Box<dyn Stream<Item = Result<Vec<Vec<Cell>>, AppError>> + Send>>;

/// A table that is being made.
pub struct Listed {
    pub headings: Vec<String>,
    pub rows: Portions,
    /// What it is of, for the name of the file: the inspection, the department.
    pub of: String,
    /// Whose entry in the record its taking out becomes: noun and key. None for that of who takes it.
    pub stream: Option<(&'static str, Uuid)>,
    /// The taking out is recorded already, by the use case itself.
    pub recorded: bool,
    /// It is read from one state of the database, which whoever takes it slowly may not hold on to.
    pub held: bool,
}

impl From<Table> for Listed {
    fn from(table: Table) -> Listed {
        let rows = table.rows;
        Listed::portions(table.headings, Box::pin(once(async move { Ok(rows) })))
    }
}

impl Listed {
    fn portions(headings: Vec<String>, rows: Portions) -> Listed {
        Listed { headings, rows, of: String::new(), stream: None, recorded: false, held: false }
    }

    /// What is read portion by portion; an empty one ends it.
    pub fn read<S, T, F, R>(columns: Columns<T>, source: S, next: F) -> Listed
    where
        S: Send + 'static,
        T: Send + 'static,
        F: Fn(S) -> R + Send + 'static,
        R: Future<Output = Result<(Vec<T>, S), AppError>> + Send,
    {
        let headings = columns.headings();
        let start = (columns, source, next);
        let rows = try_unfold(start, |(columns, source, next)| async move {
            let (values, source) = next(source).await?;
            let rows = columns.rows(&values);
            Ok((!rows.is_empty()).then_some((rows, (columns, source, next))))
        });
        Listed::portions(headings, Box::pin(rows))
    }

    /// Says what it is of.
    pub fn of(mut self, name: impl Into<String>) -> Listed {
        self.of = name.into();
        self
    }

    /// Says in whose entry it is recorded.
    pub fn about(mut self, noun: &'static str, id: Uuid) -> Listed {
        self.stream = Some((noun, id));
        self
    }

    /// Says that it is read from one state of the database: read to the end before anything is sent.
    pub fn held(mut self) -> Listed {
        self.held = true;
        self
    }

    /// Says that the use case has recorded it.
    pub fn recorded(mut self) -> Listed {
        self.recorded = true;
        self
    }
}
