// Workbooks as equal citizens: an empty sheet goes out, comes back filled and is taken; the answers go into the
// department's own form, of which nothing else changes; all sheets leave as one zip.
import JSZip from 'jszip';
import { press } from '../support/acts';
import { ask, save } from '../support/city.steps';
import { begin, bring, officer, sample, take, three } from '../support/intake.steps';
import { freshSite } from '../support/site';
import { expect, test } from '../support/test';
import { bytes, different, filled, readAgain } from '../support/workbook.steps';

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
  await expect(page.getByRole('status')).toContainText(`新しく登録した回答は${answers}件`);
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
  expect(file.suggestedFilename()).toBe(three);
  const after = await bytes(file);
  const parts = await different(sample(three), after);
  expect(parts.filter((part) => !/^xl\/(worksheets\/sheet\d+|workbook)\.xml$/.test(part))).toEqual([]);
  expect(parts.length).toBeGreaterThan(2);
  const read = readAgain('filled.xlsx', after);
  expect([...read.keys()].sort()).toEqual(['市民課', '福祉課', '税務課'].sort());
  for (const [sheet, answers] of read) expect(answers.every((answer) => answer === 'done'), sheet).toBe(true);
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
  expect(Object.keys(zip.files).sort()).toEqual(['市民部.xlsx', '総務部.xlsx'].sort());
  const inside = readAgain('division.xlsx', await zip.file('市民部.xlsx')!.async('nodebuffer'));
  expect(inside.size).toBe(3);
  for (const answers of inside.values()) expect(answers.every((answer) => answer === 'done')).toBe(true);
  await page.getByRole('link', { name: '市民課の職員を選ぶ' }).click();
  await examine();
  await shot('workbook-04-sheets');
  const one = await save(page, /飯島.*回答入りの点検票/);
  expect(one.suggestedFilename()).toContain('飯島');
  expect([...readAgain('one.xlsx', await bytes(one)).values()].flat().every((answer) => answer === 'done')).toBe(true);
  site.run(['ledger', 'verify']);
});
