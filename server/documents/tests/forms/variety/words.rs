//! Wordings of the field.

/// Numbers by chance, the same for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// 0 to below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    /// True so many times of a hundred.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        let index = self.below(from.len() as u64) as usize;
        from[index].clone()
    }
}

pub const TITLES: [&str; 8] = [
    "令和７年度　情報セキュリティ自己点検票",
    "情報セキュリティ点検シート（令和7年度）",
    "情報セキュリティ自己点検チェックシート",
    "R7年度情報セキュリティ対策点検表",
    "自　己　点　検　票",
    "情報セキュリティ　セルフチェック",
    "情報セキュリティポリシー遵守状況点検票",
    "令和７年度 情報セキュリティ対策の実施状況について（回答票）",
];
pub const INSTRUCTIONS: [&str; 5] = [
    "該当する欄に記入し、令和７年１１月２８日（金）までに情報政策課へ提出してください。",
    "各項目について、回答欄に記入してください。",
    "実施していない場合は、理由及び改善予定を備考欄に記入すること。",
    "提出期限：令和７年１１月２８日（金）　提出先：情報政策課（内線1234）",
    "※所属長の確認を受けてから提出してください。",
];
pub const ENDINGS: [&str; 5] = [
    "※ご不明な点は情報政策課（内線1234）まで",
    "（注）番号３については、人事課が別に照会する。",
    "ご協力ありがとうございました。",
    "以上",
    "所属長確認印",
];
pub const NOTES: [&str; 4] = [
    "※ 以下は窓口を所管する課のみ回答すること。",
    "（注）個人番号を扱わない課は回答不要",
    "※該当しない場合は「－」としてください。",
    "＊次の項目は端末の管理者が回答してください。",
];
pub const QUESTION: [&str; 14] = [
    "点検項目",
    "点検内容",
    "設問",
    "質問事項",
    "確認事項",
    "チェック項目",
    "点検事項",
    "項　　目",
    "内　容",
    "遵守事項",
    "点検する事項",
    "質問項目",
    "自己点検項目",
    "確認内容",
];
pub const NO: [&str; 8] = ["No.", "番号", "項番", "№", "NO", "問", "設問番号", "Ｎｏ"];
pub const CATEGORY: [&str; 6] = ["区分", "分類", "大項目", "分野", "対策区分", "カテゴリー"];
pub const ANSWER: [&str; 12] = [
    "回答",
    "評価",
    "点検結果",
    "実施状況",
    "回答欄",
    "チェック",
    "判定",
    "自己評価",
    "結果",
    "遵守状況",
    "対応状況",
    "回　答",
];
pub const LEVEL: [&str; 5] = ["水準", "成熟度", "レベル（1～5）", "水準（1～5）", "成熟度（１～５）"];
pub const COMMENT: [&str; 12] = [
    "備考",
    "理由・改善予定",
    "コメント",
    "改善策",
    "特記事項",
    "備　考",
    "「×」の場合の理由",
    "未実施の理由及び改善予定",
    "対応策・備考",
    "改善に向けた取組",
    "メモ",
    "理由・対応時期",
];
pub const EVIDENCE: [&str; 4] = ["証跡", "根拠資料", "確認資料", "証跡（文書名）"];
pub const CATEGORIES: [&str; 6] =
    ["組織・体制", "情報資産の管理", "物理的対策", "人的対策", "技術的対策", "運用・委託"];
pub const COMMENTS: [&str; 8] = [
    "来月までに対応する",
    "担当者を決めて取り組む",
    "書庫の鍵が壊れている。\n修繕を依頼済み",
    "一部の係で未対応",
    "訓練は11月に実施予定",
    "前年度から継続",
    "1名が未受講",
    "該当する文書を持っていない",
];
const QUESTIONS: [&str; 34] = [
    "離席するとき、端末の画面をロックしているか。",
    "パスワードを他人に知られないように管理していますか。",
    "課の情報資産を台帳に漏れなく記載している。",
    "重要な書類は施錠できる書庫に保管すること。",
    "不審なメールを開かずに報告していますか？",
    "情報セキュリティ研修を受講した。",
    "USBメモリの使用を記録簿に書いている",
    "許可を受けていないソフトウェアを導入していない",
    "24時間以内に事故を報告できる体制がある。",
    "1日1回、定義ファイルの更新を確認している。",
    "委託先から秘密保持の誓約書を受け取っているか",
    "退職者の利用者登録を、退職日の翌日までに抹消している。",
    "プリンタの出力紙を速やかに回収している。",
    "来訪者には職員が必ず付き添うこと。",
    "個人情報を含むファイルに、\n閲覧の制限をかけているか。",
    "サーバ室の入退室を記録しているか。",
    "前回「△」又は「×」とした項目を改善したか。",
    "バックアップから戻せることを年に一度は試している。",
    "実施手順書の所在を全員が知っている。",
    "宛先をBCCに入れて送信していますか。",
    "私物の機器を庁内のネットワークに接続していないか。",
    "廃棄する媒体のデータを復元できない方法で消去しているか。",
    "会計年度任用職員にも研修を受けさせているか。",
    "クラウドサービスの利用を届け出ているか（該当する場合）。",
    "ノート型端末を退庁時に施錠できる場所へしまっている。",
    "緊急時の連絡網を年度当初に更新している。",
    "対策基準5.1(1)②に定める許可を得ているか。",
    "管理者権限を持つ者を必要最小限に限っている。",
    "ウイルス対策ソフトの警告が出たときの手順を知っている。",
    "庁外で書類を持ち歩くときは、常に手元に置いている。",
    "机の上に書類を置いたまま帰宅していない。",
    "電子メールを外部へ送るとき、宛先を二人で確かめている。",
    "ログを一年以上保存しているか。",
    "共有フォルダのアクセス権を見直しているか。",
];

/// Questions in some order.
pub fn questions(dice: &mut Dice) -> Vec<String> {
    let mut all: Vec<String> = QUESTIONS.iter().map(|text| (*text).to_string()).collect();
    for index in (1..all.len()).rev() {
        all.swap(index, dice.below(index as u64 + 1) as usize);
    }
    all
}

/// The heading of a part.
pub fn part(dice: &mut Dice, part: u64, category: &str) -> String {
    let roman = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ"][part as usize - 1];
    match dice.below(5) {
        0 => format!("第{part} {category}"),
        1 => format!("【{category}】"),
        2 => format!("{roman}　{category}"),
        3 => format!("{part}．{category}"),
        _ => category.to_string(),
    }
}

pub fn wide(no: &str) -> String {
    let wide = |c: char| char::from_u32(u32::from(c) - 0x30 + 0xFF10).expect("digit");
    no.chars().map(|c| if c == '-' { '－' } else { wide(c) }).collect()
}

pub fn circled(no: &str) -> String {
    let number: u32 = no.parse().expect("number");
    let code = if number <= 20 { 0x2460 + number - 1 } else { 0x3251 + number - 21 };
    char::from_u32(code).expect("circled").to_string()
}

/// A question with its number before it.
pub fn numbered(dice: &mut Dice, no: &str, question: &str) -> String {
    match dice.below(4) {
        0 => format!("({no}) {question}"),
        1 => format!("{no}．{question}"),
        2 => format!("（{}）{question}", wide(no)),
        _ => format!("問{no}　{question}"),
    }
}
