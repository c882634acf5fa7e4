//! An empty roster to fill in, with an explained example.

use crate::table::WriteError;
use crate::table::style::{heading, height, lines, page_number, plain, text, workbook};
use rust_xlsxwriter::{Format, Worksheet};

struct Line {
    heading: &'static str,
    need: &'static str,
    example: &'static str,
    meaning: &'static str,
    width: f64,
}

const fn line(
    heading: &'static str,
    need: &'static str,
    example: &'static str,
    meaning: &'static str,
    width: f64,
) -> Line {
    Line { heading, need, example, meaning, width }
}

const LINES: [Line; 11] = [
    line("所属コード", "任意", "010200", "所属の並び順に使います。先頭の0も入力してください。", 13.0),
    line(
        "部",
        "任意",
        "総務部",
        "部・局の名称です。課を置かない部・局は、「所属」を空欄にしてください。",
        18.0,
    ),
    line(
        "所属",
        "必須",
        "人事課",
        "課・室・所などの名称です。1つの列に「総務部　人事課」のように入力することもできます。",
        22.0,
    ),
    line(
        "職員番号",
        "必須",
        "001248",
        "先頭の0も入力してください。同じ番号を2人に使うことはできません。",
        13.0,
    ),
    line(
        "氏名",
        "必須",
        "髙橋　花子",
        "字体はそのまま取り込みます。兼務のある職員は、所属ごとに1行ずつ入力してください。",
        20.0,
    ),
    line("ふりがな", "任意", "たかはし　はなこ", "並べ替えと検索に使います。", 22.0),
    line(
        "職名",
        "任意",
        "課長",
        "課長、室長、所長、館長、園長、事務局長などは所属長とみなします（課長補佐などは除きます。）。",
        14.0,
    ),
    line("雇用区分", "任意", "正規", "正規、再任用、会計年度などを入力してください。", 12.0),
    line("メールアドレス", "任意", "takahashi@city.example.jp", "案内と催促の送り先です。", 32.0),
    line(
        "役割",
        "任意",
        "所属長",
        "職名から所属長と分からない場合に、「所属長」又は「情報セキュリティ管理者」と入力してください。",
        16.0,
    ),
    line(
        "所管システム",
        "任意",
        "人事給与システム",
        "情報システム管理者である場合に、そのシステムの名称を入力してください。",
        22.0,
    ),
];

/// An empty roster: headings on the first sheet, what to write into each column on the second.
pub fn template() -> Result<Vec<u8>, WriteError> {
    let mut book = workbook("職員名簿")?;
    blank_roster(book.add_worksheet().set_name("職員名簿")?)?;
    example(book.add_worksheet().set_name("記入例")?)?;
    book.save_to_buffer()
}

/// Columns are text, so that Excel keeps leading zeros.
fn blank_roster(sheet: &mut Worksheet) -> Result<(), WriteError> {
    let typed = plain().set_num_format("@");
    for (column, line) in (0..).zip(&LINES) {
        sheet.set_column_width(column, line.width)?;
        sheet.set_column_format(column, &typed)?;
        sheet.write_string_with_format(0, column, line.heading, &heading())?;
    }
    sheet.set_row_height(0, 24)?.set_freeze_panes(1, 0)?;
    print_setup(sheet)
}

fn example(sheet: &mut Worksheet) -> Result<(), WriteError> {
    for (column, (text, width)) in
        (0..).zip([("列の見出し", 18.0), ("必須・任意", 12.0), ("記入例", 28.0), ("説明", 62.0)])
    {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, text, &heading())?;
    }
    let (normal, bold): (Format, Format) = (text(), text().set_bold());
    for (row, line) in (1..).zip(&LINES) {
        sheet.write_string_with_format(row, 0, line.heading, &bold)?;
        sheet.write_string_with_format(
            row,
            1,
            line.need,
            if line.need == "必須" { &bold } else { &normal },
        )?;
        sheet.write_string_with_format(row, 2, line.example, &normal)?;
        sheet.write_string_with_format(row, 3, line.meaning, &normal)?;
        sheet.set_row_height(row, height(lines(line.meaning, 62.0)))?;
    }
    sheet.set_row_height(0, 24)?.set_freeze_panes(1, 0)?;
    print_setup(sheet)
}

fn print_setup(sheet: &mut Worksheet) -> Result<(), WriteError> {
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    sheet.set_footer(page_number());
    Ok(())
}
