//! Heads of forms: labels and values in every arrangement.

use super::Build;

const DEPARTMENT: [&str; 8] = ["所属", "所　属", "部署名", "課名", "所属名", "所属課名", "担当課", "部課名"];
const NAME: [&str; 8] =
    ["氏名", "氏　名", "記入者", "点検者", "回答者", "記入者氏名", "点検者氏名", "回答者名"];
const POSITION: [&str; 5] = ["職名", "職　名", "役職", "役　職", "補職名"];
const DATE: [&str; 6] = ["点検日", "実施日", "記入日", "点検年月日", "作成日", "回答日"];
const DEPARTMENTS: [&str; 8] = [
    "企画政策課",
    "市民生活部　戸籍住民課",
    "つきのは公民館",
    "水道局営業課",
    "会計課",
    "第三保育園",
    "総務部 防災危機管理課",
    "議会事務局",
];
const NAMES: [&str; 8] = [
    "佐伯　美咲",
    "長谷部　亮",
    "髙橋　﨑子",
    "𠮷田 健",
    "新堂　あかね",
    "大槻 健",
    "葛󠄀城　文",
    "部家　長司",
];
const POSITIONS: [&str; 8] =
    ["主査", "課長補佐", "係長", "主任主事", "館長", "技師", "会計年度任用職員", "部長"];
/// Days as written, all 2025-11-05.
const DAYS: [&str; 8] = [
    "令和７年１１月５日",
    "R7.11.5",
    "2025/11/05",
    "令和 7年11月 5日",
    "令7・11・5",
    "㋿7年11月5日",
    "2025年11月5日（水）",
    "R07/11/05",
];

/// A label and its value.
type Field = (&'static str, &'static str);

impl Build<'_> {
    /// The head, its fields in some order.
    pub fn head(&mut self, last: u16) {
        let fields = self.fields();
        match self.dice.below(4) {
            0 => self.beside(&fields, 1),
            1 => self.beside(&fields, 2),
            2 => self.inside(&fields, last),
            _ => self.below(&fields),
        }
    }

    fn fields(&mut self) -> Vec<Field> {
        let department = self.dice.pick(&DEPARTMENTS);
        let name = self.dice.pick(&NAMES);
        let mut fields = vec![(self.dice.pick(&DEPARTMENT), department), (self.dice.pick(&NAME), name)];
        self.truth.department = Some(department.to_string());
        self.truth.respondent = Some(name.to_string());
        if self.dice.chance(80) {
            let position = self.dice.pick(&POSITIONS);
            fields.push((self.dice.pick(&POSITION), position));
            self.truth.position = Some(position.to_string());
        }
        if self.dice.chance(80) {
            fields.push((self.dice.pick(&DATE), self.dice.pick(&DAYS)));
            self.truth.date = Some("2025-11-05".to_string());
        }
        if self.dice.chance(30) {
            fields.reverse();
        }
        fields
    }

    /// Label and value beside each other, so many pairs in a row.
    fn beside(&mut self, fields: &[Field], pairs: usize) {
        for row in fields.chunks(pairs) {
            let mut column = self.left;
            for (label, value) in row {
                let label = if self.dice.chance(20) { format!("{label}：") } else { (*label).to_string() };
                self.text(self.row, column, &label);
                self.text(self.row, column + 1, value);
                column += 3;
            }
            self.row += 1;
        }
    }

    /// Label and value in one cell.
    fn inside(&mut self, fields: &[Field], last: u16) {
        if self.dice.chance(30) {
            let texts: Vec<String> =
                fields.iter().map(|(label, value)| format!("{label}：{value}")).collect();
            self.merge(self.row, self.left, self.row, last, &texts.join("　　"));
            self.row += 1;
            return;
        }
        for (label, value) in fields {
            self.text(self.row, self.left, &format!("{label}：{value}"));
            self.row += 1;
        }
    }

    /// A small table: labels above values.
    fn below(&mut self, fields: &[Field]) {
        for (column, (label, value)) in (self.left..).zip(fields) {
            self.text(self.row, column, label);
            self.text(self.row + 1, column, value);
        }
        self.row += 2;
    }
}
