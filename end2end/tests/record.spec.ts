// The record in the demo city: searched, read, exported, sealed on paper, checked; and who may do what, read by an
// auditor.
import { expect, test } from '../support/test';
import { ask, day, password, people, rows, save } from '../support/city.steps';
import { freshSite } from '../support/site';

test.describe.configure({ mode: 'serial' });
const chief = { login: '900001', password: '監査の統括は見ている2026' };
const site = freshSite((site) => {
  site.run(['demo']);
  site.addUser(chief.login, '早川　律子', 'audit_chief', chief.password);
});
// A change is shown as a table in its entry.
const found = 'main table.table > tbody > tr';

test('the search finds by person, department and period', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(people.officer, password);
  await visit('/ledger');
  await page.getByLabel(/^職員/).fill(people.head);
  await page.getByLabel('対象', { exact: true }).selectOption({ label: '改善' });
  await page.getByRole('button', { name: '探す' }).click();
  await expect(page.locator(found).first()).toContainText('立花 由美子');
  const nouns = await page.locator(`${found} > td:nth-child(5)`).allInnerTexts();
  expect(nouns.length).toBeGreaterThan(1);
  expect(nouns.every((noun) => noun.startsWith('改善')), nouns.join()).toBe(true);
  await examine();
  await shot('record-search');

  await page.goto('/ledger?department=通信指令課');
  const names = await page.locator(`${found} > td:nth-child(2)`).allInnerTexts();
  expect(names).toContain('熊谷 剛');
  expect(names, 'nobody of another department').not.toContain('立花 由美子');

  await page.goto(`/ledger?person=${people.head}&from=${day(1)}`);
  await expect(page.locator('main')).toContainText('当てはまる記録はありません');
  await page.goto(`/ledger?person=${people.head}&to=${day(-200)}`);
  const older = await page.locator('main time').allInnerTexts();
  expect(older.length).toBeGreaterThan(0);
  expect(older.every((at) => at.startsWith('令和7年') || at.startsWith('令和8年')), older.join()).toBe(true);
  await page.getByLabel('いつから').fill(day(-2));
  await page.getByRole('button', { name: '探す' }).click();
  await expect(page.locator('main'), 'a period that ends before it begins').toContainText(/当てはまる記録はありません|前/);
});

test('an entry opens to its stored text and to the history of its thing', async ({ page, signIn, examine }) => {
  await signIn(people.officer, password);
  await page.goto(`/ledger?person=${people.head}&noun=improvement`);
  const line = page.locator(found, { hasText: '改善の取上げ' }).first();
  await expect(line).toContainText('表題');
  await line.getByText('原文').click();
  await expect(line.locator('.command')).toContainText('"title"');
  await examine();
  await line.getByRole('link', { name: /^第\d+号/ }).click();
  await expect(page.locator('main')).toContainText('一つの対象（改善）の記録だけを表示しています');
  await expect(page.locator(found).last()).toContainText('第1号');
  await examine();
});

test('the export holds what the screen shows, and is itself an entry', async ({ page, signIn }) => {
  await signIn(people.officer, password);
  await page.goto(`/ledger?person=${people.head}&noun=improvement`);
  const shown = await page.locator(found).count();
  const file = await save(page, 'Excelで保存：記録');
  const [lines] = [...(await rows(file)).values()];
  const entries = lines.filter((line) => line.some((cell) => cell === '立花 由美子'));
  expect(entries).toHaveLength(shown);
  expect(lines.flat().join('\n')).toContain('改善の取上げ');
  expect(lines.flat().some((cell) => /^[0-9a-f]{64}$/.test(cell)), 'the whole hash').toBe(true);
  await page.goto(`/ledger?person=${people.officer}&from=${day(0)}`);
  await expect(page.locator(found).first()).toContainText('書出し');
});

test('the proof finds nothing; a seal is printed and agrees with its paper', async ({ page, signIn, examine, shot }) => {
  await signIn(people.officer, password);
  await page.goto('/ledger');
  await page.getByRole('button', { name: 'いま検証する' }).click();
  await expect(page.getByRole('status')).toContainText('書換え、削除、並べ替えはありません');
  await page.getByRole('link', { name: '封印', exact: true }).click();
  await examine();
  await page.getByRole('link', { name: '第1号' }).click();
  await examine();
  await expect(page.locator('main')).toContainText('なし（最初の封印）');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.head'), 'the paper has no navigation').toBeHidden();
  await expect(page.getByRole('link', { name: '封印の一覧に戻る' })).toBeHidden();
  await shot('record-seal-printed');
  await page.emulateMedia({ media: 'screen' });
  const printed = await page.getByRole('row', { name: /^照合値/ }).locator('code').innerText();
  const check = async (hash: string) => {
    await page.goto('/ledger/check');
    await page.getByLabel('封印の番号').fill('1');
    await page.getByLabel('紙に印刷された照合値').fill(hash);
    await page.getByRole('button', { name: '照合する' }).click();
  };
  await check(printed.replaceAll(/\s+/g, ' ').toUpperCase());
  await expect(page.getByRole('status')).toContainText('一致。第1号');
  await examine();
  await check(printed.replace(/^./, (first) => (first === '0' ? '1' : '0')));
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByRole('status')).toHaveCount(0);
  await examine();
});

test('an employee sees what they did themselves and nothing else', async ({ page, visit, signIn, shot }) => {
  await signIn(people.staff, password);
  await visit('/account');
  await page.getByRole('link', { name: '見る' }).click();
  await expect(page.locator('h1')).toHaveText('自分の記録');
  await expect(page.locator(found).first()).toContainText('サインイン');
  const names = new Set(await page.locator(`${found} > td:nth-child(2)`).allInnerTexts());
  expect([...names]).toEqual(['西川 拓也']);
  await shot('record-own');
  expect((await page.goto('/ledger'))?.status()).toBe(403);
});

test('auditors read who may do what; the record itself only who is in charge of them', async ({ page, visit, signIn, shot }) => {
  const may = async (action: string, role: string) => {
    const heads = await page.locator('main table').first().locator('thead th').allInnerTexts();
    const at = heads.findIndex((head) => head.trim() === role);
    expect(at, role).toBeGreaterThan(0);
    return page.locator('main table').first().getByRole('row', { name: new RegExp(`^${action}`) }).locator('th, td').nth(at).innerText();
  };
  await signIn(people.auditor, password);
  await visit('/permissions');
  await shot('record-permissions');
  expect(await may('監査する', '監査人')).toBe('全庁');
  expect(await may('監査する', '事務局'), 'the office is audited, it does not audit').toBe('―');
  expect(await may('記録を読む', '監査人')).toBe('―');
  expect(await may('記録を読む', '監査統括')).toBe('全庁');
  await page.getByText('点検票に回答する').last().click();
  await expect(page.getByText('/answer/{target}', { exact: true })).toBeVisible();
  expect((await page.goto('/ledger'))?.status()).toBe(403);
  await signIn(chief.login, chief.password);
  await page.goto('/ledger?noun=finding');
  await expect(page.locator(found).first(), 'what the audited may not see').toContainText('指摘');
  await signIn(people.officer, password);
  await visit('/ledger?noun=finding');
  await expect(page.locator('main')).toContainText('当てはまる記録はありません');
});

test('an altered entry is found, and the seal names it', async ({ page, visit, signIn, examine }) => {
  ask("update event set actor_name = '別人' where stream like 'improvement:%' and seq = 1 and rowid = (select min(rowid) from event where stream like 'improvement:%' and seq = 1)");
  await signIn(people.officer, password);
  await visit('/ledger?verify=1');
  await expect(page.getByRole('alert')).toContainText('記録が壊れています');
  await examine();
  expect(() => site.run(['ledger', 'verify'])).toThrow();
});
