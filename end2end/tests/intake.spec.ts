// The officer brings the departments' own forms in as one zip, settles what is in doubt, sends a form back with its
// unclear cells marked, takes the corrected one, and finds on the board what the browser would have left there.
import { press } from '../support/acts';
import { ask, save } from '../support/city.steps';
import { begin, bring, corrected, forms, notes, officer, settle, take, three, truth, zipped } from '../support/intake.steps';
import { freshSite } from '../support/site';
import { expect, test } from '../support/test';

test.describe.configure({ mode: 'serial', timeout: 120_000 });
const site = freshSite();
const seen: Record<string, string> = {};

test.beforeAll(() => site.addUser(officer.login, officer.name, 'secretariat', officer.password));

test('a sheet asks what the form of the departments asks, and its people owe it', async ({ page, signIn }) => {
  await signIn(officer.login, officer.password);
  seen.inspection = await begin(page);
});

test('a zip of forms in many layouts is read, and nothing changes by it', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await visit(seen.inspection);
  await page.getByRole('link', { name: '点検票の取込み' }).click();
  await examine();
  await shot('intake-01-list');
  await bring(page, '各課.zip', await zipped());
  seen.intake = new URL(page.url()).pathname;
  for (const form of forms()) await expect(page.locator('tbody th').getByText(form, { exact: true })).toBeVisible();
  await expect(page.locator('.stats')).toContainText(/読めないファイル\s*0/);
  await examine();
  await shot('intake-02-read');
  expect(ask('select count(*) from answer')).toBe('0');
});

test('a form shows what was read beside its questions; a doubt is settled by hand', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await visit(seen.intake);
  await page.getByRole('link', { name: /税務課.古賀/ }).click();
  await examine();
  await shot('intake-03-form');
  await expect(page.locator('.panel').first()).toContainText('確からしさ：高');
  await page.goBack();
  await settle(page, /税務課.古賀/, '回答：○ 実施');
  await expect(page.locator('.chip', { hasText: '取り込める' }).first()).toBeVisible();
});

test('a form is not given to somebody else by a slip of the hand; what was chosen is taken back', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await visit(seen.intake);
  await page.getByRole('link', { name: /税務課.古賀/ }).first().click();
  const form = page.url();
  await page.getByText('対象を選ぶ').click();
  await page.getByLabel('氏名又は所属の一部で探す').fill('飯島');
  await page.getByRole('button', { name: '探す' }).click();
  const other = page.getByRole('radio', { name: /飯島.*記載と氏名・所属が異なる/ });
  await other.check();
  await press(page.getByRole('button', { name: '対象を決める' }));
  await expect(page.locator('.error')).toContainText('別の人の点検票でないか確かめてください');
  await expect(other).toBeChecked();
  await page.getByRole('checkbox', { name: /記載と異なることを確かめた/ }).check();
  await press(page.getByRole('button', { name: '対象を決める' }));
  await expect(page.locator('.panel').first()).toContainText('記載と異なる人を選択');
  await examine();
  await shot('intake-06-somebody-else');
  await page.getByText('対象を選ぶ').click();
  await page.getByRole('radio', { name: /古賀/ }).check();
  await press(page.getByRole('button', { name: '対象を決める' }));
  await expect(page.locator('.panel').first()).toContainText('画面で選択');
  await press(page.getByRole('button', { name: /選んだ扱いを、すべて未定に戻す/ }));
  await expect(page.locator('.chip', { hasText: '読み取れない' })).toHaveCount(1);
  await press(page.getByRole('button', { name: /読み取れない行は、空欄とする/ }));
  await expect(page.locator('.chip', { hasText: '読み取れない' })).toHaveCount(0);
  expect(page.url()).toBe(form);
});

test('the form goes back with its unclear cells marked, and comes corrected', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await visit(seen.intake);
  const marked = await save(page, `${three}の返却用ファイル`);
  expect(marked.suggestedFilename()).toContain('要確認');
  const said = await notes(await marked.path());
  expect(said.map(({ sheet }) => sheet).sort()).toEqual(['市民課', '福祉課', '福祉課', '税務課']);
  await visit(`${seen.inspection}/intakes`);
  const buffer = await corrected(await marked.path());
  await bring(page, '３課まとめ（修正）.xlsx', buffer);
  await take(page, 1);
  await expect(page.getByRole('status')).toContainText('1ファイルを取り込みました');
  await examine();
  await shot('intake-04-taken');
  const answers = truth(three).sheets.flatMap(({ items }) => items).length;
  expect(ask('select count(*) from answer')).toBe(String(answers));
  expect(ask('select count(*) from answer_origin')).toBe(String(answers));
});

test('the figures are those of the browser, and what the record says holds', async ({ visit, signIn, page, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await visit(seen.inspection);
  // What lacks the reason of an × stays unfinished; what is complete is handed in.
  const done = Number(ask('select count(*) from submission'));
  await expect(page.locator('main')).toContainText(`${done}`);
  expect(done).toBeGreaterThan(0);
  const wanted = truth(three).sheets.flatMap(({ items }) => items).filter(({ answer }) => answer === 'na').length;
  expect(ask("select count(*) from answer where value = 'na'")).toBe(String(wanted));
  await visit(`/responses/${ask('select hex(target_id) from submission limit 1')}`);
  await page.getByText(/ファイルから取り込んだ回答（\d+問）の元の記載/).click();
  await expect(page.getByRole('table', { name: /元の記載/ })).toContainText('３課まとめ（修正）.xlsx');
  await examine();
  await shot('intake-05-origin');
  site.run(['tally', 'verify']);
  site.run(['ledger', 'verify']);
});
