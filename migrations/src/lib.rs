//! The database's steps, one file each. They only ever go forward and are never changed once released.

mod m0001_people;
mod m0002_record;
mod m0003_policy;
mod m0004_sheet;
mod m0005_inspection;
mod m0006_audit;
mod m0007_workbench;
mod m0008_sheet;
mod m0009_lineage;
mod m0010_bank;
mod m0013_guidance;
mod m0014_sign_in;
mod m0015_directory;
mod m0016_organisation;
mod m0017_record;
mod m0018_target;
mod m0018_target_proxy;
mod m0019_retention;
mod m0020_evidence;
mod m0030_sending;
mod m0040_confirming;
mod m0040_draft;
mod m0050_intake;
mod m0052_layout;
mod m0054_original;
mod m0056_handing_out;
mod table;

use sea_orm_migration::prelude::*;

/// All steps in their order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_people::Migration),
            Box::new(m0002_record::Migration),
            Box::new(m0003_policy::Migration),
            Box::new(m0004_sheet::Migration),
            Box::new(m0005_inspection::Migration),
            Box::new(m0006_audit::Migration),
            Box::new(m0007_workbench::Migration),
            Box::new(m0008_sheet::Migration),
            Box::new(m0009_lineage::Migration),
            Box::new(m0010_bank::Migration),
            Box::new(m0013_guidance::Migration),
            Box::new(m0014_sign_in::Migration),
            Box::new(m0015_directory::Migration),
            Box::new(m0016_organisation::Migration),
            Box::new(m0017_record::Migration),
            Box::new(m0018_target::Migration),
            Box::new(m0018_target_proxy::Migration),
            Box::new(m0019_retention::Migration),
            Box::new(m0020_evidence::Migration),
            Box::new(m0030_sending::Migration),
            Box::new(m0040_confirming::Migration),
            Box::new(m0040_draft::Migration),
            Box::new(m0050_intake::Migration),
            Box::new(m0052_layout::Migration),
            Box::new(m0054_original::Migration),
            Box::new(m0056_handing_out::Migration),
        ]
    }
}

pub use sea_orm_migration::MigratorTrait;
