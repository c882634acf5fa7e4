//! Short words for the columns that all steps use, so that a step reads like the list of its tables.

use sea_orm_migration::prelude::*;

/// Creates a table with the key `id` (UUIDv7), the columns and the references.
pub async fn create(
    manager: &SchemaManager<'_>,
    table: &str,
    columns: Vec<ColumnDef>,
    references: &[(&str, &str)],
) -> Result<(), DbErr> {
    let mut statement = Table::create();
    statement.table(Alias::new(table)).col(ColumnDef::new(Alias::new("id")).uuid().not_null().primary_key());
    for column in columns {
        statement.col(column);
    }
    for (column, target) in references {
        statement.foreign_key(
            ForeignKey::create()
                .name(format!("fk_{table}_{column}"))
                .from(Alias::new(table), Alias::new(*column))
                .to(Alias::new(*target), Alias::new("id")),
        );
    }
    manager.create_table(statement.to_owned()).await
}

/// A unique index: the last word about doubles is the database's.
pub async fn unique(manager: &SchemaManager<'_>, table: &str, columns: &[&str]) -> Result<(), DbErr> {
    let mut statement = named_index("uq", table, columns);
    manager.create_index(statement.unique().to_owned()).await
}

/// An index for looking up.
pub async fn index(manager: &SchemaManager<'_>, table: &str, columns: &[&str]) -> Result<(), DbErr> {
    manager.create_index(named_index("ix", table, columns)).await
}

/// Adds a column to a table; one statement each, as SQLite wants it.
pub async fn add(manager: &SchemaManager<'_>, table: &str, column: ColumnDef) -> Result<(), DbErr> {
    let mut statement = Table::alter();
    manager.alter_table(statement.table(Alias::new(table)).add_column(column).to_owned()).await
}

fn named_index(kind: &str, table: &str, columns: &[&str]) -> IndexCreateStatement {
    let mut statement = Index::create();
    statement.name(format!("{kind}_{table}_{}", columns.join("_"))).table(Alias::new(table));
    for column in columns {
        statement.col(Alias::new(*column));
    }
    statement
}

fn column(name: &str) -> ColumnDef {
    let mut column = ColumnDef::new(Alias::new(name));
    column.not_null();
    column
}

/// The same column, but it may be empty.
pub fn optional(mut column: ColumnDef) -> ColumnDef {
    column.null();
    column
}

pub fn uuid(name: &str) -> ColumnDef {
    column(name).uuid().to_owned()
}

pub fn text(name: &str) -> ColumnDef {
    column(name).text().to_owned()
}

/// A text that is empty in rows from before.
pub fn default_text(name: &str) -> ColumnDef {
    column(name).text().default("").to_owned()
}

/// A number that is 0 in rows from before.
pub fn default_number(name: &str) -> ColumnDef {
    column(name).integer().default(0).to_owned()
}

/// The same for large numbers.
pub fn default_big_number(name: &str) -> ColumnDef {
    column(name).big_integer().default(0).to_owned()
}

pub fn integer(name: &str) -> ColumnDef {
    column(name).integer().to_owned()
}

pub fn big_integer(name: &str) -> ColumnDef {
    column(name).big_integer().to_owned()
}

pub fn boolean(name: &str) -> ColumnDef {
    column(name).boolean().to_owned()
}

/// A yes or no that is no in rows from before.
pub fn default_no(name: &str) -> ColumnDef {
    column(name).boolean().default(false).to_owned()
}

pub fn double(name: &str) -> ColumnDef {
    column(name).double().to_owned()
}

pub fn date(name: &str) -> ColumnDef {
    column(name).date().to_owned()
}

/// An instant, always UTC.
pub fn instant(name: &str) -> ColumnDef {
    column(name).timestamp_with_time_zone().to_owned()
}

/// The bytes of a file.
pub fn binary(name: &str) -> ColumnDef {
    column(name).blob().to_owned()
}
