//! A copy of the database holds everything; a foreign or altered file is refused.

use crate::common::{NOW, World, actor, places};
use serde_json::json;
use store::backup::{check, write};
use store::ledger::{NewEvent, record};
use store::{Db, StoreError};

#[tokio::test]
async fn a_copy_is_whole_and_a_bad_file_is_refused() {
    let place = places().await.remove(0);
    let world = World::build(&place.db).await;
    let officer = actor(&place.db, world.shiina).await;
    let txn = place.db.begin().await.unwrap();
    let event = NewEvent::new("inspection", world.inspection, "table.exported", json!({}));
    record(&txn, &officer, NOW, event).await.unwrap();
    txn.commit().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("控え.db");
    write(&place.db, &copy).await.unwrap();
    assert!(matches!(write(&place.db, &copy).await, Err(StoreError::Refused(_))), "never overwritten");
    assert_eq!(check(&copy).await.unwrap().events, 1);
    let db = Db::sqlite(&copy).await.unwrap();
    db.execute("UPDATE event SET actor_name = '別人'").await.unwrap();
    db.close().await.unwrap();
    assert!(matches!(check(&copy).await, Err(StoreError::Refused(_))), "altered");
    for (name, content) in [("empty.db", &b""[..]), ("text.db", &b"not a database, only a text file"[..])] {
        let file = folder.path().join(name);
        std::fs::write(&file, content).unwrap();
        assert!(matches!(check(&file).await, Err(StoreError::Refused(_))), "{name}");
    }
}
