//! The register of systems.

use crate::common::{NOW, TODAY, World, actor, places};
use store::StoreError;
use store::system::{add, end, hand_over, list};
use time::macros::date;

#[tokio::test]
async fn a_system_has_one_owner_at_a_time_and_its_name_is_free_after_the_end() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, shiina) = (&place.db, actor(&place.db, world.shiina).await);
        let april = date!(2026 - 04 - 01);
        let id = add(db, &shiina, "文書管理", world.joho, april, NOW).await.unwrap();
        let twice = add(db, &shiina, "文書管理", world.jinji, april, NOW).await;
        assert!(matches!(twice, Err(StoreError::Refused(_))), "{twice:?}");
        let same = hand_over(db, &shiina, id, world.joho, TODAY, NOW).await;
        assert!(matches!(same, Err(StoreError::Refused(_))));
        hand_over(db, &shiina, id, world.jinji, TODAY, NOW).await.unwrap();
        let lines = list(db, &shiina, TODAY).await.unwrap().lines;
        assert_eq!((lines.len(), lines[0].department_id), (1, world.jinji));
        let again = hand_over(db, &shiina, id, world.kaikei, TODAY, NOW).await;
        assert!(matches!(again, Err(StoreError::Refused(_))), "that ownership has ended");
        end(db, &shiina, lines[0].id, TODAY, NOW).await.unwrap();
        assert!(list(db, &shiina, TODAY).await.unwrap().lines.is_empty());
        add(db, &shiina, "文書管理", world.joho, TODAY, NOW).await.unwrap();
        let head = actor(db, world.tachibana).await;
        assert!(matches!(list(db, &head, TODAY).await, Err(StoreError::Forbidden)));
        assert!(matches!(end(db, &head, id, TODAY, NOW).await, Err(StoreError::Forbidden)));
    }
}
