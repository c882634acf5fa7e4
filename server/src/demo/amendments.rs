//! What the experience of both years changes in the policy.

use super::days::{instant, weekday_before};
use super::rows::{By, Rows};
use super::source::StoryLine;
use super::stories::Stage;
use anyhow::Result;
use serde_json::json;
use std::collections::BTreeMap;
use store::entity::{amendment, amendment_ground, decision};
use time::Duration;
use uuid::Uuid;

/// Makes the amendments: the first one adopted by the committee, the others open.
///
/// # Errors
/// When a story names an unknown clause.
pub fn build(stage: &Stage, findings: &BTreeMap<String, Uuid>, rows: &mut Rows) -> Result<()> {
    for (number, story) in stage.stories("amendment").enumerate() {
        let id = draft(stage, story, number, rows)?;
        ground(stage, story, (id, number == 0), findings, rows);
        if number == 0 {
            adopt(stage, story, id, rows)?;
        }
    }
    Ok(())
}

fn draft(stage: &Stage, story: &StoryLine, number: usize, rows: &mut Rows) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let officer = &stage.city.named("椎名 航平")?.person;
    let day = weekday_before(stage.days.today - Duration::days(13 - 9 * number as i64));
    let by = By { person: officer, at: stage.days.at(day.max(stage.days.april), 11, 10) };
    let clause = stage.policy.clause(&story.clause_path)?;
    let payload = json!({
        "clause": story.clause_path, "before": { "text": clause.text }, "after": { "text": story.recommendation },
    });
    rows.note(&by, "amendment", id, "amendment.drafted", payload);
    rows.amendment.push(amendment::Model {
        id,
        revision_id: stage.policy.revision,
        clause_id: clause.id,
        old_text: clause.text.clone(),
        new_text: story.recommendation.clone(),
        reason: story.effect.clone(),
        at: by.at,
        by_person_id: officer.id,
    });
    Ok(id)
}

/// The first one goes back to the finding about the same rules.
fn ground(
    stage: &Stage,
    story: &StoryLine,
    (amendment_id, from_finding): (Uuid, bool),
    findings: &BTreeMap<String, Uuid>,
    rows: &mut Rows,
) {
    let same_rules = |finding: &&StoryLine| {
        let article = |path: &str| path.rsplit_once('-').map(|(article, _)| article.to_string());
        article(&finding.clause_path) == article(&story.clause_path)
    };
    let finding = stage.stories("finding").find(same_rules).filter(|_| from_finding);
    rows.amendment_ground.push(amendment_ground::Model {
        id: Uuid::now_v7(),
        amendment_id,
        finding_id: finding.and_then(|finding| findings.get(&finding.title)).copied(),
        improvement_id: None,
        note: stage.days.moved(&story.criterion),
    });
}

fn adopt(stage: &Stage, story: &StoryLine, amendment_id: Uuid, rows: &mut Rows) -> Result<()> {
    let days = stage.days;
    let officer = &stage.city.named("椎名 航平")?.person;
    let decided_on = weekday_before(days.today - Duration::days(5)).max(days.april);
    let at = days.past(instant(decided_on, 17, 0));
    let meeting = "第2回情報セキュリティ委員会".to_string();
    let payload = json!({
        "after": { "adopted": true, "meeting": meeting, "decided_on": decided_on.to_string() },
    });
    rows.note(&By { person: officer, at }, "amendment", amendment_id, "amendment.decided", payload);
    rows.decision.push(decision::Model {
        id: Uuid::now_v7(),
        amendment_id,
        adopted: true,
        decided_on,
        meeting,
        note: days
            .moved(&story.measure)
            .replace("情報セキュリティ委員会の審議を経て、", "原案のとおり可決。"),
        at,
        by_person_id: officer.id,
    });
    Ok(())
}
