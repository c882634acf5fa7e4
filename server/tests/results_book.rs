//! The workbook of the results holds exactly what the screen shows.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail loudly")]

#[path = "../store/tests/cases/common/mod.rs"]
mod common;
#[path = "../store/tests/cases/results_common/mod.rs"]
mod results_common;

use common::{NOW, World, actor, places};
use documents::workbook::{Cell, Sheet, open};
use domain::answer::Value::{Done, NotApplicable, NotDone, Partial};
use results_common::{answered, crowd, totals_only};
use server::http::results_book::book;
use store::results::{Filter, Line, Results, results};

fn rate(sheet: &Sheet, row: usize, column: usize) -> Option<f64> {
    match sheet.cell(row, column) {
        Some(Cell::Number(number)) => Some(*number),
        _ => {
            assert_eq!(sheet.text(row, column), "―");
            None
        }
    }
}

fn same(left: Option<f64>, right: Option<f64>) {
    match (left, right) {
        (Some(left), Some(right)) => assert!((left - right).abs() < 1e-12, "{left} {right}"),
        (left, right) => assert_eq!(left, right),
    }
}

fn compare_line(sheet: &Sheet, row: usize, first: usize, line: &Line) {
    assert_eq!(sheet.text(row, first - 1), line.name);
    assert_eq!(sheet.text(row, first), line.coverage.targets.to_string());
    assert_eq!(sheet.text(row, first + 1), line.coverage.submitted.to_string());
    same(rate(sheet, row, first + 2), line.coverage.rate());
    for (cell, column) in line.topics.iter().zip(first + 3..) {
        same(rate(sheet, row, column), cell.rate());
    }
    same(rate(sheet, row, first + 12), line.all.rate());
}

fn compare(shown: &Results) {
    let bytes = documents::results::write(&book(shown, NOW)).unwrap();
    let sheets = open("結果.xlsx", &bytes).unwrap();
    for (line, row) in shown.divisions.iter().chain([&shown.city]).zip(2..) {
        compare_line(&sheets[0], row, 1, line);
    }
    for (line, row) in shown.departments.iter().zip(2..) {
        compare_line(&sheets[1], row, 2, line);
    }
    for (line, row) in shown.questions.iter().zip(2..) {
        let sheet = &sheets[2];
        assert_eq!(sheet.text(row, 0), line.no.to_string());
        assert_eq!(sheet.text(row, 1), line.text);
        let tally = line.tally;
        let told = [line.told, line.omitted, line.unanswered()];
        let counts = [tally.done, tally.partial, tally.not_done, tally.na].into_iter().chain(told);
        for (count, column) in counts.zip(6..) {
            assert_eq!(sheet.text(row, column), count.to_string());
        }
        same(rate(sheet, row, 13), tally.done_rate());
        same(rate(sheet, row, 14), tally.score_rate(shown.scoring()));
        same(rate(sheet, row, 15), line.change);
        for summary in &line.summary {
            assert!(sheet.text(row, 16).contains(summary.as_str()), "{summary}");
        }
    }
    assert_eq!(sheets[2].text(shown.questions.len() + 2, 0), "", "and nothing more");
}

#[tokio::test]
async fn the_workbook_holds_exactly_what_the_screen_shows() {
    for place in places().await {
        let world = World::build(&place.db).await;
        for (target, value) in
            crowd(&place.db, &world, world.shimin, 4).await.into_iter().zip([Done, Partial, NotDone])
        {
            answered(&place.db, &world, world.shimin, target, &[value, NotApplicable]).await;
        }
        answered(&place.db, &world, world.jinji, world.hirano_target, &[Done, Done]).await;
        let shiina = actor(&place.db, world.shiina).await;
        let shown = results(&place.db, &shiina, world.inspection, Filter::default()).await.unwrap();
        assert_eq!((shown.divisions.len(), shown.departments.len(), shown.questions.len()), (3, 4, 3));
        compare(&shown);
        let filter = Filter { department: Some(world.somu) };
        compare(&results(&place.db, &shiina, world.inspection, filter).await.unwrap());
        totals_only(&place.db).await;
        let head = actor(&place.db, world.tachibana).await;
        let limited = results(&place.db, &head, world.inspection, Filter::default()).await.unwrap();
        assert_eq!(limited.departments.len(), 1);
        compare(&limited);
    }
}
