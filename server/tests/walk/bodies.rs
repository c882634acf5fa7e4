//! What a browser would send to each address that changes something. A new one adds its line; names in braces are
//! things of the small city, see `City::thing`.

const BODIES: &[(&str, &str)] = &[
    ("/api/amendment/decide", "amendment={amendment}&adopted=true&decided_on=2026-11-20&meeting=m&note=n"),
    ("/api/amendment/draft", "clause={clause}&new_text=t&reason=r&note="),
    ("/api/audit/issue_report", "audit={audit}&number=1&opinion=o"),
    ("/api/audit/mark", "audit={audit}&item={item}&value=done&note=n"),
    (
        "/api/audit/open",
        "inspection={inspection}&department={joho}&auditor={auditor}&held_on=2026-12-08&purpose=p",
    ),
    ("/api/bank/take", "role=staff"),
    ("/api/bank/take_one", "key={key}&clause="),
    ("/api/clause/reclassify", "sentence={sentence}&class=duty&role=staff"),
    ("/api/clause/withdraw_correction", "correction={correction}"),
    ("/api/department/confirm", "inspection={inspection}&department={department}&note="),
    (
        "/api/department/name_deputy",
        "inspection={inspection}&department={department}&person={person}&from=2026-11-23&to=2026-11-30",
    ),
    ("/api/department/withdraw_deputy", "inspection={inspection}&deputation={deputation}"),
    ("/api/department/remind", "inspection={inspection}&department={department}"),
    ("/api/approval/approve_division", "inspection={inspection}&division={division}"),
    ("/api/approval/withdraw_division", "inspection={inspection}&division={division}&reason=r"),
    ("/api/approval/send_department_back", "inspection={inspection}&department={department}&reason=r"),
    ("/api/approval/approve_city", "inspection={inspection}"),
    ("/api/approval/withdraw_city", "inspection={inspection}&reason=r"),
    ("/api/approval/send_unit_back", "inspection={inspection}&unit={unit}&reason=r"),
    ("/api/department/set_attributes", ""),
    ("/api/department/withdraw_confirmation", "inspection={inspection}&department={department}"),
    (
        "/api/finding/record",
        "audit={audit}&item=&clause=&grade=minor&title=t&fact=f&criterion=c&effect=e&recommendation=r",
    ),
    (
        "/api/finding/revise",
        "finding={finding}&item=&clause=&grade=minor&title=t&fact=f&criterion=c&effect=e&recommendation=r",
    ),
    ("/api/improvement/complete", "improvement={improvement}&report=r"),
    ("/api/improvement/from_answer", "target={target}&item={item}&title=t&fact=f"),
    ("/api/improvement/from_finding", "finding={finding}&title=t&fact=f"),
    ("/api/improvement/plan", "improvement={improvement}&cause=c&measure=m&due_on=2026-12-25"),
    ("/api/improvement/verify", "improvement={improvement}&completion={completion}&effective=true&note=n"),
    ("/api/closed_day/add", "day=2026-12-01&name=n&back=/"),
    ("/api/closed_day/remove", "day={closed_day}&back=/"),
    ("/api/extension/make", "inspection={inspection}&department=&staff_no=&due_on=2027-01-29&reason=r"),
    ("/api/extension/take_back", "extension={extension}&reason=r"),
    (
        "/api/letter/write",
        "inspection={inspection}&document_no=1&dated_on=2026-11-20&addressee=a&sender=s&subject=t&body=b",
    ),
    ("/api/notice/set", "inspection={inspection}&kind=before&active=yes&days=3&subject=s&body=b"),
    ("/api/outbox/retry", "message={message}&pile=failed"),
    (
        "/api/inspection/change_target",
        "inspection={inspection}&act=withdraw&staff_no=000000&role=staff&department=&reason=r",
    ),
    ("/api/draft/discard", "draft={draft}"),
    ("/api/draft/rehearse", "draft={draft}&staff_nos=000102&rehearsal_due_on=2026-12-01"),
    ("/api/inspection/add_department", "inspection={inspection}&department={joho}&reason=r"),
    ("/api/inspection/close", "inspection={inspection}"),
    ("/api/inspection/pulse", "inspection={inspection}"),
    ("/api/inspection/remind", "inspection={inspection}&departments=&query="),
    (
        "/api/inspection/start",
        "fiscal_year=2026&name=n&base_on=2026-10-01&opens_on=2026-11-02&due_on=2026-11-27&visibility=named&way[contact]=c&sheets[staff]={edition}&sheets[manager]=&sheets[system_manager]=",
    ),
    ("/api/inspection/transfers", "inspection={inspection}&then=take&reason="),
    ("/api/lineage/correct", "revision={revision}&act=cut&old={clause}&new={gone}"),
    ("/api/lineage/keep", "id={reconsideration}"),
    ("/api/lineage/relink", "id={reconsideration}&clause={clause}"),
    ("/api/lineage/reopen", "id={reconsideration}"),
    ("/api/lineage/retire", "id={reconsideration}&reason=r"),
    ("/api/lineage/reword", "id={reconsideration}&text=t&not_applicable=&change=reworded"),
    ("/api/person/grant_role", "person={person}&role=csirt"),
    ("/api/person/withdraw_role", "grant={grant}"),
    ("/api/question/accept", "proposal={proposal}"),
    ("/api/question/accept_all", "revision={revision}"),
    ("/api/question/accept_edited", "proposal={proposal}&role=staff&topic=5&text=t&not_applicable="),
    ("/api/question/add", "revision={revision}&clause={clause}&role=staff&topic=5&text=t&not_applicable="),
    ("/api/question/exempt", "sentence={sentence}&reason=r"),
    ("/api/question/merge", "proposals={proposal}&role=staff&topic=5&text=t&not_applicable="),
    ("/api/question/open", "page=%2Fpolicies%2F{revision}%2Fclauses%2F{clause}"),
    ("/api/question/reject", "proposal={proposal}&reason=r"),
    ("/api/question/retire", "revision={revision}&clause={clause}&question={question}&reason=r"),
    (
        "/api/question/reword",
        "revision={revision}&clause={clause}&question={question}&text=t&not_applicable=&change=reworded",
    ),
    ("/api/question/split", "proposal={proposal}&lines=a"),
    ("/api/question/undo", "proposal={proposal}"),
    ("/api/question/undo_exemption", "exemption={exemption}"),
    ("/api/question/withdraw", "revision={revision}"),
    ("/api/response/begin_proxy", "target={target}&reason=r"),
    ("/api/sheet_code/open", "code=chigau"),
    ("/api/response/hand_in", "target={mine}"),
    ("/api/response/return_sheet", "target={target}&reason=r"),
    (
        "/api/response/return_sheets",
        "inspection={inspection}&department={department}&sheets[t{target}]=yes&reason=r",
    ),
    (
        "/api/response/save_answer",
        "target={mine}&item={item}&value=done&typed=&rows=&comment=&evidence=&planned_on=&version=0",
    ),
    ("/api/response/save_sheet", "target={mine}"),
    ("/api/retention/approve_disposal", "disposal={disposal}"),
    ("/api/retention/hold", "of=inspection:{inspection}&staff_no=&reason=r"),
    ("/api/retention/list_disposal", ""),
    ("/api/retention/reject_disposal", "disposal={disposal}&reason=r"),
    ("/api/retention/release_hold", "hold={hold}&reason=r"),
    ("/api/retention/set_class", "kind=answers&class=5"),
    ("/api/roster/apply", "import={import}&since=2026-11-01"),
    ("/api/second_factor/give", "code=000000&next=%2F"),
    ("/api/second_factor/offer", ""),
    ("/api/second_factor/release_role", "role=csirt"),
    ("/api/second_factor/remove", "code=000000"),
    ("/api/second_factor/require_role", "role=csirt"),
    ("/api/second_factor/reset", "person={person}"),
    ("/api/session/end_one", "session={session}"),
    ("/api/session/end_others", ""),
    ("/api/session/set_password", "password=nagai-aikotoba-desu&again=nagai-aikotoba-desu"),
    ("/api/session/sign_in", "login=000000&secret=chigau&next=%2F"),
    ("/api/session/sign_out", ""),
    ("/api/sheet/copy", "edition={edition}&fiscal_year=2027"),
    ("/api/sheet/create", "role=system_manager&fiscal_year=2026"),
    ("/api/sheet/freeze", "sheet={sheet}"),
    ("/api/sheet/leave_out", "sheet={sheet}&question={question}"),
    ("/api/sheet/move", "sheet={sheet}&question={question}&direction=down"),
    ("/api/sheet/set_question", "sheet={sheet}&question={question}&set[kind]=marks"),
    ("/api/sheet/supplement", "item={item}&no=1&text=t"),
    ("/api/sheet/take_in", "sheet={sheet}&question={question}"),
    ("/people/codes/issue", "to=person&id={person}"),
    ("/sheet-codes/issue", "inspection={inspection}&to=person&staff_no=000102"),
    ("/second-factor/confirm", "code=000000"),
    ("/second-factor/recovery-codes", "code=000000"),
    ("/upload/answers/{target}", ""),
    ("/upload/intake/{inspection}", ""),
    ("/api/intake/take", "intake={intake}&file={intake_file}"),
    ("/api/intake/take_all", "intake={intake}"),
    ("/api/intake/settle_owner", "form={form}&target=left_out"),
    ("/api/intake/settle", "form={form}"),
    ("/api/intake/settle_together", "form={form}&together=file"),
    ("/api/intake/read_again", "inspection={inspection}"),
    ("/api/layout/keep", "file={intake_file}&sheet=0&said=&name=n&into="),
    ("/api/layout/rename", "layout={layout}&name=n"),
    ("/api/layout/discard", "layout={layout}"),
    ("/api/layout/accept", "form={form}"),
    ("/api/layout/set_word", "layout={layout}&word=w&meaning=done"),
    ("/api/layout/take_word_back", "layout={layout}&word=sumi"),
    ("/api/layout/explain", "form={form}&word=w&meaning=done&reach=city"),
    ("/upload/form/{target}", ""),
    ("/upload/original/{inspection}", ""),
    ("/originals/intake", "file={intake_file}"),
    ("/upload/policy", ""),
    ("/upload/roster", ""),
    ("/api/department/add", "name=%E6%96%B0%E8%AA%B2&on=2026-11-23"),
    ("/api/department/rename", "department={joho}&name=n&on=2026-11-23"),
    ("/api/department/move", "department={joho}&parent=&on=2026-11-23"),
    ("/api/department/merge", "ids[d{joho}]=1&into={department}&on=2026-11-23"),
    ("/api/department/split", "department={joho}&on=2026-11-23&names[n0]=a&names[n1]=b"),
    ("/api/department/abolish", "department={joho}&to=&on=2026-11-23"),
    ("/api/person/add", "name=n&kana=k"),
    (
        "/api/person/begin_post",
        "person={person}&post[department]={joho}&post[role]=manager&post[kind]=acting&post[from]=2026-11-23",
    ),
    ("/api/person/end_post", "post={post}&to=2026-11-23"),
    ("/api/person/begin_absence", "person={person}&reason=leave&from=2026-11-23"),
    ("/api/person/end_absence", "absence={absence}&to=2026-11-23"),
    ("/api/system/add", "name=n&department={joho}&from=2026-11-23"),
    ("/api/system/hand_over", "system={system}&department={joho}&on=2026-11-23"),
    ("/api/system/end", "system={system}&to=2026-11-23"),
    ("/roster/columns/read", "import={import}&c0=StaffNo&c1=Name&c2=Department"),
];

/// Pages that are asked with something behind the question mark.
const QUERIES: &[(&str, &str)] = &[("/improvements/new", "?target={target}&item={item}")];

/// Addresses whose thing is there, but not what they show of it.
const LACKING: &[&str] = &[
    // There is no revision before the first.
    "/download/comparison/{revision}",
    // Nobody who walks has a second factor, and no role is required to have one.
    "/api/second_factor/give",
    "/api/second_factor/release_role",
    "/api/second_factor/remove",
    "/second-factor/recovery-codes",
    // The file of this import was not kept.
    "/roster/imports/{import}/columns",
    "/roster/columns/read",
];

/// The address with its query.
pub fn asked(path: &str) -> String {
    let query = QUERIES.iter().find(|(listed, _)| *listed == path).map_or("", |(_, query)| query);
    format!("{path}{query}")
}

/// Whether the city has what the address shows.
pub fn has(path: &str) -> bool {
    !LACKING.contains(&path)
}

/// The body for an address, with its things still in braces.
pub fn body(path: &str) -> &'static str {
    let found = BODIES.iter().find(|(listed, _)| *listed == path);
    found.unwrap_or_else(|| panic!("say in BODIES what a browser sends to {path}")).1
}
