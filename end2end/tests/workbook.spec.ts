// Workbooks as equal citizens: an empty sheet goes out, comes back filled and is taken; the answers go into the
// department's own form, of which nothing else changes; all sheets leave as one zip.
import JSZip from 'jszip';
import { press } from '../support/acts';
import { ask, save } from '../support/city.steps';
import { begin, bring, officer, sample, take, three, truth } from '../support/intake.steps';
import { freshSite } from '../support/site';
import { expect, test } from '../support/test';
import { bytes, cells, different, filled, othersForm, readAgain } from '../support/workbook.steps';

test.describe.configure({ mode: 'serial', timeout: 120_000 });
const site = freshSite();
const seen: Record<string, string> = {};

test.beforeAll(() => site.addUser(officer.login, officer.name, 'secretariat', officer.password));

test('empty sheets of a division go out, come back filled and are taken', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  seen.inspection = await begin(page, ['100404,大槻　健,おおつき　けん,総務部人事課,主事,正規']);
  await visit(seen.inspection);
  await page.getByRole('link', { name: '点検票のExcel' }).click();
  await expect(page.locator('h1')).toHaveText('点検票のExcel');
  await examine();
  await shot('workbook-01-forms');
  const empty = await save(page, '市民部の空の点検票');
  expect(empty.suggestedFilename()).toMatch(/市民部_空\.xlsx$/);
  const { buffer, answers } = await filled(empty, '実施');
  await visit(`${seen.inspection}/intakes`);
  await bring(page, '市民部.xlsx', buffer);
  await expect(page.locator('main')).toContainText('高（様式の番号）');
  await shot('workbook-02-back');
  await take(page, 1);
  await expect(page.getByRole('status')).toContainText(`登録した回答は${answers}件`);
  expect(ask('select count(*) from submission')).toBe('3');
});

test("the answers go into the department's own form and nothing else of it changes", async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await visit(`${seen.inspection}/forms`);
  await page.getByLabel('所属の様式のファイル').setInputFiles({ name: three, mimeType: 'application/octet-stream', buffer: sample(three) });
  await press(page.getByRole('button', { name: '書き込む内容を確かめる' }));
  await expect(page).toHaveURL(/\/originals\/[0-9a-f-]{36}/);
  await examine();
  await shot('workbook-03-original');
  const file = await save(page, '回答を書き込んだファイルを受け取る');
  expect(file.suggestedFilename()).toBe(three.replace('.xlsx', '_回答入り.xlsx'));
  const after = await bytes(file);
  const parts = await different(sample(three), after);
  expect(parts.filter((part) => !/^xl\/(worksheets\/sheet\d+|workbook)\.xml$/.test(part))).toEqual([]);
  expect(parts.length).toBeGreaterThan(2);
  const read = readAgain('filled.xlsx', after);
  expect([...read.keys()].sort()).toEqual(['市民課', '福祉課', '税務課'].sort());
  for (const [sheet, answers] of read) expect(answers.every((answer) => answer === 'done'), sheet).toBe(true);
});

test('a form somebody else filled gets the name of whoever answered, and a doubtful row only once it is confirmed', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await visit(`${seen.inspection}/forms`);
  const [first, second] = truth(three).sheets[0].items.map(({ question }) => question);
  const buffer = await othersForm([first, '朝食をとりましたか。', `${second.slice(0, second.length / 2)}取り扱うことにしているか`]);
  await page.getByLabel('所属の様式のファイル').setInputFiles({ name: '税務課の様式.xlsx', mimeType: 'application/octet-stream', buffer });
  await press(page.getByRole('button', { name: '書き込む内容を確かめる' }));
  const owners = page.getByRole('combobox', { name: 'この様式の対象' });
  if (!(await owners.isVisible())) await page.getByText('対象を選ぶ').click();
  const owner = await owners.locator('option', { hasText: '飯島' }).getAttribute('value');
  await owners.selectOption(owner);
  await page.getByRole('button', { name: 'この対象にする' }).click();
  const main = page.locator('main');
  await expect(main).toContainText('回答した人と違う人（所属）の記載があります');
  await expect(page.getByRole('row', { name: /氏名 D2 新堂/ })).toContainText('違う');
  await expect(page.getByRole('row', { name: /備考/ }).filter({ hasText: 'D6' }).first()).toContainText('昨年の備考');
  await examine();
  await shot('workbook-05-others');
  const row = page.getByRole('checkbox', { name: /様式「3 / });
  await row.check();
  await page.getByRole('button', { name: '選んだとおりにする' }).click();
  await expect(page.locator('#lines-0')).toContainText('確認済み');
  const button = '回答を書き込んだファイルを受け取る';
  const confirmed = await save(page, button);
  expect(confirmed.suggestedFilename()).toBe('税務課の様式_市民課_飯島遥_回答入り.xlsx');
  const wanted = ['D2', 'B2', 'C6', 'D6', 'C7', 'C8'];
  expect(await cells(confirmed, wanted)).toEqual(['飯島 遥', '市民部　市民課', '○', '', '', '○']);
  await expect(row).toBeChecked();
  await row.uncheck();
  await page.getByRole('button', { name: '選んだとおりにする' }).click();
  await expect(page.locator('#lines-0')).not.toContainText('確認済み');
  await expect(row).not.toBeChecked();
  for (const name of ['様式の頭書き', '画面の回答を書き込まない行の記載', '回答を書き込む行の、前の理由・備考']) {
    await page.getByRole('group', { name }).getByRole('radio', { name: '元の記載を残す' }).check();
  }
  const kept = ['新堂　あかね', '市民部　税務課', '○', '昨年の備考', '×', '×'];
  // What is chosen is what is written, looked at before or not.
  expect(await cells(await save(page, button), wanted)).toEqual(kept);
  await page.getByRole('button', { name: 'この扱いで下の表を見る' }).click();
  await expect(page).toHaveURL(/rest0=keep/);
  expect(await cells(await save(page, button), wanted)).toEqual(kept);
});

test('a file that was brought in before is offered for it, too, and what takes no answers says so', async ({ page, visit, signIn, examine }) => {
  await signIn(officer.login, officer.password);
  await visit(`${seen.inspection}/intakes`);
  await bring(page, three, sample(three));
  await press(page.getByRole('button', { name: `${three}に画面の回答を書き込む` }));
  await expect(page).toHaveURL(/\/originals\//);
  await examine();
  await visit(`${seen.inspection}/forms`);
  const old = '06_R6自己点検_道路河川課.xls';
  await page.getByLabel('所属の様式のファイル').setInputFiles({ name: old, mimeType: 'application/vnd.ms-excel', buffer: sample(old) });
  await press(page.getByRole('button', { name: '書き込む内容を確かめる' }));
  await expect(page.getByRole('alert').first()).toContainText('Excelブック（.xlsx、.xlsm）だけです');
  await examine();
});

test('one sheet, and all sheets as one zip', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await visit(`${seen.inspection}/forms`);
  const all = await save(page, '回答入りの点検票を受け取る');
  expect(all.suggestedFilename()).toMatch(/全庁_回答入り\.zip$/);
  const zip = await JSZip.loadAsync(await bytes(all));
  expect(Object.keys(zip.files).sort()).toEqual(['市民部_回答入り.xlsx', '総務部_回答入り.xlsx'].sort());
  const inside = readAgain('division.xlsx', await zip.file('市民部_回答入り.xlsx')!.async('nodebuffer'));
  expect(inside.size).toBe(3);
  for (const answers of inside.values()) expect(answers.every((answer) => answer === 'done')).toBe(true);
  await page.getByRole('link', { name: '市民課の職員を選ぶ' }).click();
  await examine();
  await shot('workbook-04-sheets');
  const one = await save(page, /飯島.*回答入りの点検票/);
  expect(one.suggestedFilename()).toMatch(/市民課_飯島.*回答入り\.xlsx$/);
  expect([...readAgain('one.xlsx', await bytes(one)).values()].flat().every((answer) => answer === 'done')).toBe(true);
  site.run(['ledger', 'verify']);
});
