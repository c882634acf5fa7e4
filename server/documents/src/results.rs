//! Results of an inspection as a workbook: by division, by department, by question, and the formulas.

use crate::table::{Cell, Column, Page, WriteError, write_pages};
use domain::rate::Scoring;
use domain::topic::Topic;

/// Results ready to be written; every figure was computed elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultsBook {
    /// Name of the inspection: 「令和8年度　情報セキュリティ自己点検」.
    pub inspection_name: String,
    /// As of when, as it is to be printed: 「令和8年11月28日現在」. May be empty.
    pub as_of: String,
    /// 部, in the order of the organisation; `department` is empty.
    pub divisions: Vec<UnitResult>,
    /// 課, in the order of the organisation.
    pub departments: Vec<UnitResult>,
    /// Questions, in the order of the sheets.
    pub questions: Vec<QuestionResult>,
    /// The formulas behind the figures, one row each.
    pub formulas: Vec<FormulaText>,
}

/// Figures of a division or a department. Rates run from 0 to 1; `None` is an empty denominator.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitResult {
    /// 部.
    pub division: String,
    /// 課; empty in the table of divisions.
    pub department: String,
    /// 対象: sheets owed.
    pub targets: u32,
    /// 回答: sheets handed in.
    pub responses: u32,
    /// 把握率.
    pub coverage: Option<f64>,
    /// 実施率 of chapters 1 to 9, in the order of `Topic::ALL`.
    pub topics: [Option<f64>; 9],
    /// 実施率 of all chapters.
    pub overall: Option<f64>,
}

/// Figures of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionResult {
    /// Number on its sheet.
    pub no: u32,
    /// 点検項目.
    pub text: String,
    /// Who was asked.
    pub role: String,
    /// Answers 実施.
    pub done: u32,
    /// Answers 一部実施.
    pub partial: u32,
    /// Answers 未実施.
    pub not_done: u32,
    /// Answers 該当なし.
    pub not_applicable: u32,
    /// 無回答.
    pub unanswered: u32,
    /// 実施率.
    pub rate: Option<f64>,
    /// 得点率.
    pub score: Option<f64>,
    /// 根拠条項.
    pub clause: String,
    /// 必須.
    pub gate: bool,
    /// 重み in 加重得点率.
    pub weight: f64,
    /// 把握のみ: answers that count in no rate.
    pub told: u32,
    /// 対象外: sheets on which the question was not shown.
    pub omitted: u32,
    /// What the answers on another scale were, and what counts as 実施; empty for ○△×.
    pub distribution: String,
    /// 前年度比 in points; `None` if it can't be compared.
    pub change: Option<f64>,
}

/// A formula in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormulaText {
    /// Name of the figure.
    pub name: String,
    /// How it is computed.
    pub formula: String,
    /// What to mind.
    pub remark: String,
}

impl FormulaText {
    /// The formulas of 把握率, 実施率 and 得点率 as this product computes them, by the rule of the inspection.
    pub fn standard(scoring: Scoring) -> Vec<FormulaText> {
        let partial = scoring.partial_text();
        let score = format!("（実施×1＋一部実施×{partial}）÷（実施＋一部実施＋未実施）");
        let counted =
            format!("一部実施を{partial}と数える参考の数値です。「該当なし」と無回答は分母に含みません。");
        let weighted = format!("Σ 重み×（実施×1＋一部実施×{partial}）÷ Σ 重み×（実施＋一部実施＋未実施）");
        let texts = [
            (
                "把握率",
                "回答 ÷ 対象",
                "点検票を提出した割合です。実施の状況とは別の数値であり、実施率と合算しません。",
            ),
            (
                "実施率",
                "実施 ÷（実施＋一部実施＋未実施）",
                "「該当なし」と無回答は分母に含みません。一部実施は実施に数えません。",
            ),
            ("得点率", &score, &counted),
            ("加重得点率", &weighted, "得点率に設問の重みを掛けた参考の数値です。画面の集計欄に示します。"),
            ("1.～9.の欄", "分野ごとの実施率", "各分野の設問だけで計算した実施率です。"),
            (
                "―（横線）",
                "分母が0",
                "該当する回答がないため、率を計算できないことを示します。0%ではありません。",
            ),
            (
                "端数",
                "小数第2位を四捨五入",
                "表示は小数第1位までです。セルには四捨五入する前の数値が入っています。",
            ),
        ];
        texts
            .map(|(name, formula, remark)| FormulaText {
                name: name.to_string(),
                formula: formula.to_string(),
                remark: remark.to_string(),
            })
            .to_vec()
    }
}

/// Writes the four sheets.
pub fn write(book: &ResultsBook) -> Result<Vec<u8>, WriteError> {
    let pages = [
        by_unit(book, "部別×分野", false),
        by_unit(book, "課別×分野", true),
        by_question(book),
        formulas(book),
    ];
    write_pages(&format!("{}　結果", book.inspection_name), &pages)
}

fn page(book: &ResultsBook, name: &str, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Page {
    let head = [book.inspection_name.as_str(), name, book.as_of.as_str()];
    let head: Vec<&str> = head.into_iter().filter(|text| !text.is_empty()).collect();
    Page { name: name.to_string(), head: head.join("　"), columns, rows }
}

fn by_unit(book: &ResultsBook, name: &str, departments: bool) -> Page {
    let mut columns = vec![Column::fitting("部")];
    columns.extend(departments.then(|| Column::fitting("課")));
    columns.extend(["対象", "回答", "把握率"].map(|heading| Column::fixed(heading, 9.5)));
    let topics = Topic::ALL.map(|topic| format!("{}.{}", topic.number(), topic.short()));
    columns.extend(topics.iter().map(|heading| Column::fixed(heading, 11.5)));
    columns.push(Column::fixed("全章実施率", 12.0));
    let units = if departments { &book.departments } else { &book.divisions };
    page(book, name, columns, units.iter().map(|unit| unit_row(unit, departments)).collect())
}

fn unit_row(unit: &UnitResult, departments: bool) -> Vec<Cell> {
    let mut cells = vec![Cell::from(unit.division.as_str())];
    cells.extend(departments.then(|| Cell::from(unit.department.as_str())));
    cells.extend([Cell::from(unit.targets), Cell::from(unit.responses), Cell::Rate(unit.coverage)]);
    cells.extend(unit.topics.map(Cell::Rate));
    cells.push(Cell::Rate(unit.overall));
    cells
}

fn by_question(book: &ResultsBook) -> Page {
    let mut columns = vec![
        Column::fixed("No.", 7.0),
        Column::fixed("点検項目", 56.0),
        Column::fitting("対象となる役割"),
        Column::fixed("根拠", 16.0),
        Column::fixed("必須", 7.0),
        Column::fixed("重み", 7.0),
    ];
    let figures = [
        "実施",
        "一部実施",
        "未実施",
        "該当なし",
        "把握のみ",
        "対象外",
        "無回答",
        "実施率",
        "得点率",
        "前年度比（pt）",
    ];
    columns.extend(figures.map(|heading| Column::fixed(heading, 11.5)));
    columns.push(Column::fixed("回答の分布と基準", 44.0));
    page(book, "設問別", columns, book.questions.iter().map(question_row).collect())
}

fn question_row(question: &QuestionResult) -> Vec<Cell> {
    let counts = [
        question.done,
        question.partial,
        question.not_done,
        question.not_applicable,
        question.told,
        question.omitted,
        question.unanswered,
    ];
    let texts = [&question.text, &question.role, &question.clause];
    let mut cells = vec![Cell::from(question.no)];
    cells.extend(texts.map(|text| Cell::from(text.as_str())));
    cells.extend([Cell::from(if question.gate { "必須" } else { "" }), Cell::Decimal(Some(question.weight))]);
    cells.extend(counts.map(Cell::from));
    cells.extend([Cell::Rate(question.rate), Cell::Rate(question.score), Cell::Decimal(question.change)]);
    cells.push(Cell::from(question.distribution.as_str()));
    cells
}

fn formulas(book: &ResultsBook) -> Page {
    let columns =
        vec![Column::fixed("数値", 14.0), Column::fixed("計算式", 56.0), Column::fixed("説明", 62.0)];
    let row =
        |text: &FormulaText| [&text.name, &text.formula, &text.remark].map(|text| Cell::from(text.as_str()));
    page(book, "計算式", columns, book.formulas.iter().map(|text| row(text).to_vec()).collect())
}

#[cfg(test)]
mod tests;
