#!/usr/bin/env python3
"""Makes the rosters of five invented cities and what is true of each. Run here; needs LibreOffice for .ods and .xls.

The rows are written by hand below: what the file shows, then what a careful officer would take from it.
"""
import csv, io, json, subprocess, zipfile
from xml.sax.saxutils import escape

FIELDS = ["row", "status", "org_code", "bu", "ka", "kakari", "staff_no", "name", "kana", "position", "employment",
          "start_date", "mail", "concurrent", "rules"]
ERRORS = {"missing_name", "missing_staff_no", "duplicate_staff_no", "retired_department", "unknown_org_code", "retired_person"}
WARNINGS = {"bad_date", "bad_kana", "bad_mail", "blank_mail", "future_start", "lost_character", "shared_mail",
            "unknown_employment", "org_name_mismatch"}


def status(rules):
    if "exact_duplicate" in rules: return "ignored"
    if ERRORS & set(rules): return "rejected"
    return "valid_with_warning" if WARNINGS & set(rules) else "valid"


def truth(name, file, as_of, employment, org_list, rows):
    """rows: (row, org_code, bu, ka, kakari, staff_no, name, kana, position, employment, start, mail, concurrent, rules)"""
    out = [[r[0], status(r[13])] + list(r[1:13]) + [sorted(r[13])] for r in rows]
    body = {"file": file, "as_of": as_of, "employment_values": employment, "org_list": org_list, "row_fields": FIELDS}
    text = json.dumps(body, ensure_ascii=False, indent=1)[:-2] + ',\n "rows": [\n  '
    text += ",\n  ".join(json.dumps(r, ensure_ascii=False) for r in out) + "\n ]\n}\n"
    open(f"{name}.truth.json", "w", encoding="utf-8").write(text)


def write_csv(file, rows, encoding, delimiter=","):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    open(file, "wb").write(buffer.getvalue().encode(encoding))


def column(n):
    return (column(n // 26 - 1) if n >= 26 else "") + chr(65 + n % 26)


def write_xlsx(file, sheets):
    """sheets: [(name, rows, merges)]; numbers stay numbers, ("date", serial) is a cell with a date format."""
    parts = {}
    for index, (name, rows, merges) in enumerate(sheets, 1):
        lines = []
        for r, row in enumerate(rows, 1):
            cells = []
            for c, value in enumerate(row):
                at = f"{column(c)}{r}"
                if value is None or value == "": continue
                if isinstance(value, tuple): cells.append(f'<c r="{at}" s="1"><v>{value[1]}</v></c>')
                elif isinstance(value, (int, float)): cells.append(f'<c r="{at}"><v>{value}</v></c>')
                else: cells.append(f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>')
            if cells: lines.append(f'<row r="{r}">{"".join(cells)}</row>')
        joined = "".join(f'<mergeCell ref="{m}"/>' for m in merges)
        joined = f'<mergeCells count="{len(merges)}">{joined}</mergeCells>' if merges else ""
        parts[f"xl/worksheets/sheet{index}.xml"] = (
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            + "".join(lines) + f"</sheetData>{joined}</worksheet>")
    n = range(1, len(sheets) + 1)
    parts["xl/workbook.xml"] = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        + "".join(f'<sheet name="{escape(sheets[i-1][0])}" sheetId="{i}" r:id="rId{i}"/>' for i in n) + "</sheets></workbook>")
    parts["xl/_rels/workbook.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(f'<Relationship Id="rId{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in n)
        + f'<Relationship Id="rId{len(sheets)+1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>')
    parts["xl/styles.xml"] = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>')
    parts["_rels/.rels"] = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>')
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    parts["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{kind}styles+xml"/>'
        + "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{kind}worksheet+xml"/>' for i in n) + "</Types>")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, body in parts.items():
            book.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), '<?xml version="1.0" encoding="UTF-8"?>' + body)


def convert(source, kind):
    subprocess.run(["soffice", "--headless", "--convert-to", kind, source], check=True, capture_output=True)
    subprocess.run(["rm", source], check=True)


def kirishima():
    """UTF-8 with BOM; two lines above; 部・課・係 in one column, apart by blanks; era dates as seven digits and others; 退職年月日."""
    head = ["No.", "職員コード", "漢字氏名", "カナ氏名", "所属コード", "所属", "補職名", "任用区分", "現所属発令日", "電子メール", "退職年月日", "備考"]
    m = lambda who: f"{who}@city.kirishima-minami.example.jp"
    raw, want, at = [["令和7年度　職員一覧表（令和7年4月1日現在）"], ["霧島南市総務部人事課作成"], head], [], 4

    def add(cells, values):
        nonlocal at
        raw.append([str(at - 3)] + cells)
        if values: want.append((at,) + values)
        at += 1
    S, J, K = ("110100", "総務部", "総務課"), ("110200", "総務部", "人事課"), ("210100", "市民生活部", "市民課")
    add(["012001", "東條　一郎", "ﾄｳｼﾞｮｳ ｲﾁﾛｳ", "110100", "総務部　総務課　庶務係", "課長", "正規職員", "5070401", m("tojo"), "", ""],
        (*S, "庶務係", "012001", "東條 一郎", "トウジョウ イチロウ", "課長", "正規職員", "2025-04-01", m("tojo"), False, ["halfwidth_kana"]))
    add(["012002", "髙野　花", "ﾀｶﾉ ﾊﾅ", "110100", "総務部　総務課　庶務係", "主査", "正規職員", "4300401", m("takano"), "", ""],
        (*S, "庶務係", "012002", "髙野 花", "タカノ ハナ", "主査", "正規職員", "2018-04-01", m("takano"), False, ["halfwidth_kana", "variant_character"]))
    add(["０１２００３", "森　ひろし", "ﾓﾘ ﾋﾛｼ", "110100", "総務部　総務課　法制係", "主事", "正規職員", "令和6年10月1日", m("mori"), "", ""],
        (*S, "法制係", "012003", "森 ひろし", "モリ ヒロシ", "主事", "正規職員", "2024-10-01", m("mori"), False, ["halfwidth_kana", "fullwidth_digits"]))
    add(["12004", "林　次郎", "ﾊﾔｼ ｼﾞﾛｳ", "110200", "総務部　人事課　人事係", "係長", "正規職員", "R6.4.1", m("hayashi"), "", ""],
        (*J, "人事係", "012004", "林 次郎", "ハヤシ ジロウ", "係長", "正規職員", "2024-04-01", m("hayashi"), False, ["halfwidth_kana", "lost_leading_zero"]))
    add(["012005", "原　三郎", "ﾊﾗ ｻﾌﾞﾛｳ", "110200", "総務部　人事課　人事係", "主事", "会計年度任用職員", "20250401", "", "", ""],
        (*J, "人事係", "012005", "原 三郎", "ハラ サブロウ", "主事", "会計年度任用職員", "2025-04-01", None, False, ["halfwidth_kana", "blank_mail"]))
    add(["012006", "", "ﾅﾅｼ", "110200", "総務部　人事課　給与係", "主事", "正規職員", "R6.4.1", m("nanashi"), "", ""],
        (*J, "給与係", "012006", None, "ナナシ", "主事", "正規職員", "2024-04-01", m("nanashi"), False, ["halfwidth_kana", "missing_name"]))
    add(["", "名無　番号", "ﾅﾅｼ ﾊﾞﾝｺﾞｳ", "110200", "総務部　人事課　給与係", "主事", "正規職員", "R6.4.1", m("bango"), "", ""],
        (*J, "給与係", None, "名無 番号", "ナナシ バンゴウ", "主事", "正規職員", "2024-04-01", m("bango"), False, ["halfwidth_kana", "missing_staff_no"]))
    add(["012008", "去年　辞め", "ｷｮﾈﾝ ﾔﾒ", "210100", "市民生活部　市民課　戸籍係", "主査", "正規職員", "H20.4.1", m("kyonen"), "R7.3.31", "退職"],
        (*K, "戸籍係", "012008", "去年 辞め", "キョネン ヤメ", "主査", "正規職員", "2008-04-01", m("kyonen"), False, ["halfwidth_kana", "retired_person"]))
    add(["012009", "来年　辞め", "ﾗｲﾈﾝ ﾔﾒ", "210100", "市民生活部　市民課　戸籍係", "主査", "再任用職員", "H20.4.1", m("rainen"), "R8.3.31", "退職予定"],
        (*K, "戸籍係", "012009", "来年 辞め", "ライネン ヤメ", "主査", "再任用職員", "2008-04-01", m("rainen"), False, ["halfwidth_kana"]))
    add(["012010", "葛\U000e0100城　薫", "ｶﾂﾗｷﾞ ｶｵﾙ", "210100", "市民生活部　市民課　戸籍係", "主任", "正規職員", "H31.4.31", m("katsuragi"), "", ""],
        (*K, "戸籍係", "012010", "葛\U000e0100城 薫", "カツラギ カオル", "主任", "正規職員", None, m("katsuragi"), False, ["halfwidth_kana", "variant_character", "bad_date"]))
    raw.append(["", "", "", "", "", "市民生活部　計", "", "", "", "", "", ""]); at += 1
    raw.append([]); at += 1
    add(["012011", "𠮷村　実", "ﾖｼﾑﾗ ﾐﾉﾙ", "999901", "市民生活部　電算課", "主任", "正規職員", "H31.4.1", m("yoshimura"), "", ""],
        ("999901", "市民生活部", "電算課", None, "012011", "𠮷村 実", "ヨシムラ ミノル", "主任", "正規職員", "2019-04-01", m("yoshimura"), False, ["halfwidth_kana", "variant_character", "retired_department"]))
    add(["012012", "国見　晴", "ｸﾆﾐ ﾊﾙ", "888888", "市民生活部　市民課", "主任", "正規職員", "H31.4.1", m("kunimi"), "", ""],
        ("888888", "市民生活部", "市民課", None, "012012", "国見 晴", "クニミ ハル", "主任", "正規職員", "2019-04-01", m("kunimi"), False, ["halfwidth_kana", "unknown_org_code"]))
    add(["012013", "間違　所属", "ﾏﾁｶﾞｲ ｼｮｿﾞｸ", "110200", "市民生活部　市民課　窓口係", "主任", "パート", "R7.5.1", m("machigai"), "", ""],
        ("110200", "市民生活部", "市民課", "窓口係", "012013", "間違 所属", "マチガイ ショゾク", "主任", "パート", "2025-05-01", m("machigai"), False, ["halfwidth_kana", "org_name_mismatch", "unknown_employment", "future_start"]))
    add(["012001", "東條　一郎", "ﾄｳｼﾞｮｳ ｲﾁﾛｳ", "210100", "市民生活部　市民課", "課長事務取扱（兼務）", "正規職員", "5070401", m("tojo"), "", ""],
        (*K, None, "012001", "東條 一郎", "トウジョウ イチロウ", "課長事務取扱", "正規職員", "2025-04-01", m("tojo"), True, ["halfwidth_kana", "concurrent_post"]))
    add(["012003", "森　ひろし", "ﾓﾘ ﾋﾛｼ", "110100", "総務部　総務課　法制係", "主事", "正規職員", "令和6年10月1日", m("mori"), "", ""],
        (*S, "法制係", "012003", "森 ひろし", "モリ ヒロシ", "主事", "正規職員", "2024-10-01", m("mori"), False, ["halfwidth_kana", "exact_duplicate"]))
    raw.append(["", "", "", "", "", "合計　16名", "", "", "", "", "", ""])
    raw.append(["※育児休業中の職員を含む。"])
    write_csv("kirishima.csv", raw, "utf-8-sig")
    write_csv("kirishima_orgs.csv", [["所属コード", "部局名", "課名", "設置年月日", "廃止年月日"], [*S, "H10.4.1", ""], [*J, "H10.4.1", ""],
        [*K, "H10.4.1", ""], ["999901", "市民生活部", "電算課", "S60.4.1", "R5.3.31"]], "utf-8-sig")
    truth("kirishima", "kirishima.csv", "2025-04-01", ["正規職員", "再任用職員", "会計年度任用職員"], "kirishima_orgs.csv", want)


def hamanaka():
    """xlsx; two heading rows, merged; 部 and 課 merged over their people; 姓 and 名 apart; hiragana; true dates; its own list of departments."""
    rows = [["浜中市職員名簿"], [None] * 4 + ["2026年4月1日現在"], [],
            ["職員", None, "所属", None, None, None, "氏名", None, "ふりがな", None, "職", "雇用", "着任", "アドレス"],
            ["番号", "区分", "コード", "部", "課", "係", "姓", "名", "せい", "めい", "名称", "形態", "年月日", "（E-mail）"]]
    merges = ["A4:B4", "C4:F4", "G4:H4", "I4:J4"]
    want, at, m = [], 6, (lambda who: f"{who}@hamanaka.example.jp")
    people = [
        # number, code, bu, ka, kakari, 姓, 名, せい, めい, 職, 形態, date, mail, (truth: number, kana, employment, date, mail, rules, concurrent, position)
        ("000101", "100100", "企画総務部", "総務課", "総務係", "青木", "健太", "あおき", "けんた", "課長", "常勤", ("date", 45383), m("aoki"), ["2024-04-01", "アオキ ケンタ", []]),
        (102, "100100", None, None, None, "石田", "美保", "いしだ", "みほ", "係長", "常勤", ("date", 45748), m("ishida"), ["2025-04-01", "イシダ ミホ", ["lost_leading_zero"]]),
        ("000103", "100100", None, None, "財産係", "﨑山", "悟", "さきやま", "さとる", "主事", "常勤", 46113, m("sakiyama"), ["2026-04-01", "サキヤマ サトル", ["variant_character"]]),
        ("000104", "100100", None, None, "財産係", " 上野 ", "葵", "うえの", "あおい", "主事", "任期付", "2026/4/1", m("ueno").replace("@", "＠"), ["2026-04-01", "ウエノ アオイ", ["mail_width", "name_spacing"]]),
        ("000105", "100200", "企画総務部", "情報政策課", "デジタル推進係", "江崎", "進", "えざき", "すすむ", "課長", "常勤", "令和８年４月１日", m("ezaki"), ["2026-04-01", "エザキ ススム", []]),
        ("000106", "100200", None, None, None, "大谷", "翼", "おおたに", "つばさ", "主任", "常勤", "R元.5.7", m("ezaki"), ["2019-05-07", "オオタニ ツバサ", ["shared_mail"]]),
        ("000107", "200100", "健康福祉部", "福祉課", "障害福祉係", "梶", "恵", "かじ", "めぐみ", "課長", "常勤", "平成二十九年四月一日", "kaji.hamanaka", ["2017-04-01", "カジ メグミ", ["bad_mail"]]),
        ("000108", "200100", None, None, None, "木〓", "誠", "きど", "まこと", "主査", "常勤", "2026.13.1", m("kido"), [None, "キド マコト", ["lost_character", "bad_date"]]),
        ("000109", "200100", None, None, "保護係", "工藤", "歩", "Kudo", "Ayumi", "主査", "常勤", "", m("kudo"), [None, "Kudo Ayumi", ["bad_kana"]]),
        ("000110", "300100", "議会事務局", None, None, "近藤", "学", "こんどう", "まなぶ", "局長", "常勤", ("date", 45383), m("kondo"), ["2024-04-01", "コンドウ マナブ", []]),
        ("000107", "200100", "健康福祉部", "福祉課", "保護係", "梶", "恵", "かじ", "めぐみ", "保護係長", "常勤", ("date", 45383), "kaji.hamanaka", ["2024-04-01", "カジ メグミ", ["bad_mail", "concurrent_post"]]),
        ("000111", "200100", None, None, None, "佐野", "光", "さの", "ひかる", "主事", "常勤", ("date", 45383), m("sano"), ["2024-04-01", "サノ ヒカル", ["duplicate_staff_no"]]),
        ("000111", "200100", None, None, None, "芝", "翔", "しば", "しょう", "主事", "常勤", ("date", 45383), m("shiba"), ["2024-04-01", "シバ ショウ", ["duplicate_staff_no"]]),
    ]
    bu = ka = kakari = None
    starts = {}
    for p in people:
        no, code, b, k, s, family, given, fk, gk, title, form, date, mail, (day, kana, rules) = p
        if b: bu, ka, kakari = b, k or b, s
        elif s: kakari = s
        rows.append([no, "一般", code, b, k, s, family, given, fk, gk, title, form, date, mail])
        starts.setdefault((bu, ka), []).append(at)
        if code == "100200": kakari_here = "デジタル推進係"
        else: kakari_here = kakari
        number = f"{int(no):06d}"
        mail_want = None if "bad_mail" in rules else mail.replace("＠", "@")
        if number == "000105": rules = rules + ["shared_mail"]
        want.append((at, code, bu, ka, kakari_here, number, f"{family.strip()} {given}", kana, title, form, day, mail_want, "concurrent_post" in rules, rules))
        at += 1
    # The areas over several people; within them the 係 as well.
    merges += ["D6:D9", "E6:E9", "F6:F7", "F8:F9", "D10:D11", "E10:E11", "F10:F11", "D12:D14", "E12:E14", "F12:F13", "D16:D18", "E16:E18", "F16:F18"]
    rows[8][5] = None  # the second cell of a merged area holds nothing
    orgs = [["組織マスタ"], ["コード", "部", "課", "廃止日"], ["100100", "企画総務部", "総務課", ""], ["100200", "企画総務部", "情報政策課", ""],
            ["200100", "健康福祉部", "福祉課", ""], ["300100", "議会事務局", "", ""], ["900100", "企画総務部", "電算室", ("date", 43921)]]
    write_xlsx("hamanaka.xlsx", [("表紙", [["取扱注意"]], []), ("名簿", rows, merges), ("組織マスタ", orgs, [])])
    truth("hamanaka", "hamanaka.xlsx", "2026-04-01", ["常勤", "任期付", "会計年度任用"], "sheet 組織マスタ (廃止日)", want)


def tsukimi():
    """Tab and Shift_JIS; codes and names of 部, 課, 係 apart; 本務/兼務 in a column; the second post stands first."""
    head = ["職番", "氏　　名", "フリガナ", "部コード", "部名称", "組織コード", "課室名", "係コード", "係名", "本兼区分", "職位", "職員区分", "配属年月日", "生年月日", "mailアドレス"]
    m = lambda who: f"{who}@tsukimi.example.jp"
    A, B = ("010", "経営部", "010300", "財政課"), ("040", "上下水道局", "040100", "経営総務課")
    data = [
        (["203344", "片岡　遼", "カタオカ　リョウ", *B, "01", "庶務係", "兼務", "主査", "一般", "2024/4/1", "S55.1.1", m("kataoka")],
         ("040100", "上下水道局", "経営総務課", "庶務係", "203344", "片岡 遼", "カタオカ リョウ", "主査", "一般", "2024-04-01", m("kataoka"), True, ["concurrent_post"])),
        (["203344", "片岡　遼", "カタオカ　リョウ", *A, "02", "予算係", "本務", "主査", "一般", "2022/4/1", "S55.1.1", m("kataoka")],
         ("010300", "経営部", "財政課", "予算係", "203344", "片岡 遼", "カタオカ リョウ", "主査", "一般", "2022-04-01", m("kataoka"), False, [])),
        (["203345", "﨑田　海", "サキタ　カイ", *A, "02", "予算係", "本務", "主事", "一般", "R08/04/01", "H12.3.3", m("sakita")],
         ("010300", "経営部", "財政課", "予算係", "203345", "﨑田 海", "サキタ カイ", "主事", "一般", "2026-04-01", m("sakita"), False, ["variant_character"])),
        (["203346", "?田　空", "ヨシダ　ソラ", *A, "03", "管財係", "本務", "主事", "臨時", "令和6年2月30日", "H12.3.3", m("yoshida")],
         ("010300", "経営部", "財政課", "管財係", "203346", "?田 空", "ヨシダ ソラ", "主事", "臨時", None, m("yoshida"), False, ["lost_character", "bad_date", "unknown_employment"])),
        (["２０３３４７", "月野　　明", "ツキノ　アキラ", *A, "03", "管財係", "本務", "係長", "再任用", "平成31年4月1日", "S40.3.3", m("tsukino") + "　"],
         ("010300", "経営部", "財政課", "管財係", "203347", "月野 明", "ツキノ アキラ", "係長", "再任用", "2019-04-01", m("tsukino"), False, ["fullwidth_digits", "name_spacing", "mail_width"])),
        (["203348", "北山　陸", "山田ろく", *B, "01", "庶務係", "本務", "主事", "一般", "R9.4.1", "H12.3.3", "-"],
         ("040100", "上下水道局", "経営総務課", "庶務係", "203348", "北山 陸", "山田ろく", "主事", "一般", "2027-04-01", None, False, ["bad_kana", "future_start", "blank_mail"])),
        (["203349", "南　海", "ミナミ　カイ", *B, "", "", "本務", "課長", "一般", "令和8年4月1日付", "S45.3.3", m("minami")],
         ("040100", "上下水道局", "経営総務課", None, "203349", "南 海", "ミナミ カイ", "課長", "一般", "2026-04-01", m("minami"), False, [])),
        (["203350", "西　大和", "ニシ　ヤマト", "010", "経営部", "019900", "行革推進室", "", "", "本務", "室長", "一般", "R6.4.1", "S45.3.3", m("nishi")],
         ("019900", "経営部", "行革推進室", None, "203350", "西 大和", "ニシ ヤマト", "室長", "一般", "2024-04-01", m("nishi"), False, ["retired_department"])),
    ]
    raw, want = [head], []
    for at, (cells, values) in enumerate(data, 2):
        raw.append(cells); want.append((at,) + values)
    write_csv("tsukimi.tsv", raw, "cp932", "\t")
    write_csv("tsukimi_orgs.csv", [["廃止年月日", "組織コード", "課室名", "部名称"], ["", "010300", "財政課", "経営部"], ["", "040100", "経営総務課", "上下水道局"],
        ["令和8年3月31日", "019900", "行革推進室", "経営部"], ["", "050100", "会計課", ""]], "cp932")
    truth("tsukimi", "tsukimi.tsv", "2026-04-01", ["一般", "再任用", "会計年度"], "tsukimi_orgs.csv", want)


def sakurai():
    """ods; no merged cells, but 部, 課, 係 only in the first row of each; subtotals and the headings again; several mail notations."""
    head = ["所属ｺｰﾄﾞ", "部・局", "課・室・所", "係・担当", "職　名", "職員番号", "氏名", "よみがな", "雇用形態", "異動年月日", "E-mail"]
    m = lambda who: f"{who}@sakurai.example.jp"
    raw = [["桜井台市　職員配置表"], [], head]
    want = []

    def add(cells, values=None):
        raw.append(cells)
        if values: want.append((len(raw),) + values)
    V = ("031000", "都市整備部", "建築指導課")
    add(["031000", "都市整備部", "建築指導課", "審査担当", "課長", "051001", "渡邉　隼人", "わたなべ　はやと", "フルタイム", "令和7年4月1日", m("watanabe")],
        (*V, "審査担当", "051001", "渡邉 隼人", "ワタナベ ハヤト", "課長", "フルタイム", "2025-04-01", m("watanabe"), False, []))
    add(["031000", "", "", "", "主幹", "051002", "德永　宏", "とくなが　ひろし", "フルタイム", "R7.4.1", m("tokunaga")],
        (*V, "審査担当", "051002", "德永 宏", "トクナガ ヒロシ", "主幹", "フルタイム", "2025-04-01", m("tokunaga"), False, ["variant_character"]))
    add(["031000", "", "", "指導担当", "主事", "051003", "小田　雫", "おだ　しずく", "短時間", "2025-04-01", ""],
        (*V, "指導担当", "051003", "小田 雫", "オダ シズク", "主事", "短時間", "2025-04-01", None, False, ["blank_mail"]))
    add(["", "", "小計", "", "", "", "3人"])
    add(head)
    P = ("041000", "教育委員会事務局", "学校教育課")
    add(["041000", "教育委員会事務局", "学校教育課", "学務係", "課長", "051004", "安西　燈", "あんざい　あかり", "フルタイム", "H30.4.1", m("anzai")],
        (*P, "学務係", "051004", "安西 燈", "アンザイ アカリ", "課長", "フルタイム", "2018-04-01", m("anzai"), False, []))
    add(["041000", "", "", "", "主査", 51005, "馬場　凪", "ばば　なぎ", "フルタイム", "昭和63年10月1日", m("baba")],
        (*P, "学務係", "051005", "馬場 凪", "ババ ナギ", "主査", "フルタイム", "1988-10-01", m("baba"), False, ["lost_leading_zero"]))
    add(["041000", "", "", "", "主事", "051006", "千田　律", "ちだ　りつ", "短時間", "R7.4.1", "ＣＨＩＤＡ@sakurai.example.jp"],
        (*P, "学務係", "051006", "千田 律", "チダ リツ", "主事", "短時間", "2025-04-01", "CHIDA@sakurai.example.jp", False, ["mail_width"]))
    add(["041000", "", "", "", "主事", "051007", "出口　奏", "でぐち　かなで", "日々雇用", "不詳", m("deguchi")],
        (*P, "学務係", "051007", "出口 奏", "デグチ カナデ", "主事", "日々雇用", None, m("deguchi"), False, ["unknown_employment", "bad_date"]))
    add(["041000", "", "", "", "主事", "051006", "千田　律", "ちだ　りつ", "短時間", "R7.4.1", "ＣＨＩＤＡ@sakurai.example.jp"],
        (*P, "学務係", "051006", "千田 律", "チダ リツ", "主事", "短時間", "2025-04-01", "CHIDA@sakurai.example.jp", False, ["mail_width", "exact_duplicate"]))
    add(["", "", "小計", "", "", "", "5人"])
    add(["", "", "総　計", "", "", "", "8人"])
    add(["以上"])
    orgs = [["所属ｺｰﾄﾞ", "部・局", "課・室・所", "廃止年月日"], [*V, ""], [*P, ""]]
    write_xlsx("sakurai.xlsx", [("配置表", raw, []), ("所属一覧", orgs, [])])
    convert("sakurai.xlsx", "ods")
    truth("sakurai", "sakurai.ods", "2025-06-01", ["フルタイム", "短時間"], "sheet 所属一覧 (廃止年月日)", want)


def oniwa():
    """xls; 部課係 in one word; numbers without a single zero kept; no mail column; a remark tells of leave and retirement."""
    head = ["職員番号", "氏名", "氏名（カナ）", "所属名称", "所属CD", "役職名", "任用形態", "発令年月日", "備考"]
    raw, want = [["大庭市職員名簿", None, None, None, None, None, None, "R8.10.1現在"], head], []

    def add(cells, values):
        raw.append(cells); want.append((len(raw),) + values)
    G, H, K = ("100100", "総務部", "総務課"), ("200200", "福祉部", "こども課"), ("700100", "消防本部", "警防課")
    add([3001, "赤城　巌", "アカギ　イワオ", "総務部総務課文書係", 100100, "課長", "正職員", "2026年4月1日", ""],
        (*G, "文書係", "003001", "赤城 巌", "アカギ イワオ", "課長", "正職員", "2026-04-01", None, False, ["lost_leading_zero"]))
    add([3002, "内部　監", "ウチベ　カン", "総務部総務課管財係", 100100, "主任", "正職員", ("date", 46113), "育休中（R8.5.1～R9.4.30）"],
        (*G, "管財係", "003002", "内部 監", "ウチベ カン", "主任", "正職員", "2026-04-01", None, False, ["lost_leading_zero"]))
    add([3003, "尾上　緑", "オノウエ　ミドリ", "福祉部こども課", 200200, "保育士", "会計年度任用職員（パートタイム）", "令和8年4月1日", ""],
        (*H, None, "003003", "尾上 緑", "オノウエ ミドリ", "保育士", "会計年度任用職員（パートタイム）", "2026-04-01", None, False, ["lost_leading_zero"]))
    add([3004, "加賀　澪", "カガ　ミオ", "福祉部こども課保育係", 200200, "係長", "正職員", "R8.11.1", ""],
        (*H, "保育係", "003004", "加賀 澪", "カガ ミオ", "係長", "正職員", "2026-11-01", None, False, ["lost_leading_zero", "future_start"]))
    add([3005, "消野　防", "ケスノ　マモル", "消防本部警防課警防第一係", 700100, "消防司令", "正職員", "H31.4.1", ""],
        (*K, "警防第一係", "003005", "消野 防", "ケスノ マモル", "消防司令", "正職員", "2019-04-01", None, False, ["lost_leading_zero"]))
    add([3004, "加賀　澪", "カガ　ミオ", "総務部総務課", 100100, "主幹（兼）", "正職員", "R8.4.1", "兼務"],
        (*G, None, "003004", "加賀 澪", "カガ ミオ", "主幹", "正職員", "2026-04-01", None, True, ["lost_leading_zero", "concurrent_post"]))
    add([3006, "桂　舞", "カツラ　マイ", "福祉部こども課保育係", 200100, "主事", "正職員", "S.4.1", ""],
        ("200100", "福祉部", "こども課", "保育係", "003006", "桂 舞", "カツラ マイ", "主事", "正職員", None, None, False, ["lost_leading_zero", "bad_date", "org_name_mismatch"]))
    orgs = [["組織一覧表"], [], ["所属CD", "所属名称", "廃止日"], [100100, "総務部総務課", ""], [200200, "福祉部こども課", ""], [200100, "福祉部社会福祉課", ""], [700100, "消防本部警防課", ""]]
    write_xlsx("oniwa.xlsx", [("名簿", raw, []), ("組織一覧表", orgs, [])])
    convert("oniwa.xlsx", "xls")
    truth("oniwa", "oniwa.xls", "2026-10-01", ["正職員", "会計年度任用職員（パートタイム）", "再任用"], "sheet 組織一覧表 (廃止日)", want)


kirishima(); hamanaka(); tsukimi(); sakurai(); oniwa()
