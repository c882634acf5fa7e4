//! Annexes (別表, 様式, 別紙): they stand behind the clauses and are none.

use super::label::{Series, labels};
use super::lines::{Line, Mark};
use domain::clause::fold;
use domain::policy::Remark;

/// The lines without annexes, and a remark for each annex. An annex ends at 附則 or at the next chapter.
pub(super) fn without(lines: Vec<Line>) -> (Vec<Line>, Vec<Remark>) {
    let (mut kept, mut remarks) = (Vec::new(), Vec::new());
    let (mut begun, mut inside) = (false, false);
    for line in lines {
        if begun && is_head(&line) {
            inside = true;
            let text = format!("「{}」は条項に含めていません。", line.text.trim());
            remarks.push(Remark { line: line.number, text });
            continue;
        }
        let series = labels(&line.text).first().filter(|label| !label.glued).map(|label| label.series);
        inside &= !matches!(series, Some(Series::Supplement | Series::Part | Series::Chapter));
        begun |= series.is_some() && !matches!(line.mark, Mark::Row(_));
        if !inside {
            kept.push(line);
        }
    }
    (kept, remarks)
}

/// 別表第１（第10条関係）, 様式第3号, 第2号様式, 別記様式, 別紙
fn is_head(line: &Line) -> bool {
    if line.text.chars().count() > 60 || line.text.ends_with('。') || matches!(line.mark, Mark::Row(_)) {
        return false;
    }
    let key = fold(&line.text);
    let named = ["別記様式", "別記第", "別表", "別図", "別紙", "別記", "様式第", "様式"]
        .iter()
        .find_map(|name| key.strip_prefix(name).map(|rest| rest.trim_start_matches('第')))
        .or_else(|| key.strip_prefix('第').filter(|rest| rest.contains("号様式")));
    let Some(rest) = named else { return false };
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十号様式の-".contains(c);
    let rest = rest.trim_start_matches(number);
    rest.is_empty() || (rest.starts_with('(') && rest.ends_with(')')) || line.mark == Mark::Heading
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::lines::lines;

    #[test]
    fn an_annex_is_left_out_with_a_remark_until_the_next_part() {
        let text = "第１条　別表のとおりとする。\n別表第１（第１条関係）\n| 区分 | 内容 |\n１　重要なもの\n附　則\nこの規則は、施行する。\n様式第３号（第２条関係）\n氏名\n";
        let (kept, remarks) = without(lines(text));
        let texts: Vec<&str> = kept.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["第１条　別表のとおりとする。", "附　則", "この規則は、施行する。"]);
        assert_eq!(remarks.len(), 2);
        assert_eq!(remarks[0].text, "「別表第１（第１条関係）」は条項に含めていません。");
    }
}
