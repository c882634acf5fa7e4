// An officer's afternoon: the founding document and a 対策基準 of 211 clauses become frozen sheets, then the next
// revision comes and its consequences are settled.
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { press } from '../support/acts';
import { freeze } from '../support/sheet.steps';
import { freshSite } from '../support/site';
import { expect, test } from '../support/test';

test.describe.configure({ mode: 'serial', timeout: 240_000 });
const officer = { login: '100202', name: '椎名　航平', password: 'なぎはらの海は青い2026' };
freshSite((site) => site.addUser(officer.login, officer.name, 'secretariat', officer.password));
const founding = join(import.meta.dirname, '../../server/documents/tests/material/policies/seed.md');
const fixture = (name: string) => join(import.meta.dirname, '../fixtures', name);
/** Addresses found on the way. */
const seen = { founding: '', standard: '' };

async function importFile(page: Page, file: string): Promise<string> {
  await page.goto('/policies');
  await page.getByLabel(/ポリシーの本文/).setInputFiles(file);
  await press(page.getByRole('button', { name: '取り込む' }));
  await expect(page).toHaveURL(/\/policies\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

/** How many proposals wait, as the line above the workbench says. */
async function left(page: Page): Promise<number> {
  const text = await page.locator('.cover .sub').innerText();
  return Number(/\d+/.exec(text)?.[0]);
}

/** Opens the workbench where the next decision waits. */
async function bench(page: Page, revision: string): Promise<void> {
  await page.goto(revision);
  await page.goto((await page.getByRole('link', { name: '次の案を決める' }).getAttribute('href'))!);
  await expect(page.locator('.workbench.is-live')).toBeVisible();
}

/** Settles every open proposal by keyboard; every tenth is rejected. Gives how many there were. */
async function settleAll(page: Page): Promise<number> {
  const first = await left(page);
  for (let open = first; open > 0; open = await left(page)) {
    await page.keyboard.press(open % 10 === 0 ? 'r' : 'a');
    if (open % 10 === 0) await page.keyboard.press('1');
    await expect.poll(() => left(page), { intervals: [20, 20, 50, 100] }).toBeLessThan(open);
  }
  return first;
}

/** Keeps a question whose clause says something else now; one that lost its clause is retired. */
async function settle(question: Locator): Promise<void> {
  const keep = question.getByRole('button', { name: 'このまま使う' });
  if (await keep.count()) return press(keep.first());
  await question.getByText('廃止する').first().click();
  await question.getByLabel('廃止の理由').fill('根拠となる条項が削除されたため');
  await press(question.getByRole('button', { name: '廃止する' }));
}

test('the founding document alone gives staff next to nothing, and the program says so', async ({ page, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  seen.founding = await importFile(page, founding);
  await expect(page.getByText(/このポリシーだけでは、職員 \d問/)).toBeVisible();
  await examine();
  await shot('policy-1-founding');
});

test('the 対策基準 brings the questions; every proposal of both is settled by keyboard', async ({ page, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  seen.standard = await importFile(page, fixture('kijun.txt'));
  await examine();
  await bench(page, seen.standard);
  await shot('policy-2-bench');
  const begun = Date.now();
  const settled = await settleAll(page);
  console.log(`${settled} proposals settled by keyboard in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  expect(settled).toBeGreaterThan(100);
  await bench(page, seen.founding).catch(() => {});
  if (await page.locator('.workbench.is-live').count()) await settleAll(page);
  for (const revision of Object.values(seen)) {
    await page.goto(revision);
    await expect(page.locator('main')).toContainText('まだ決めていない案0件');
  }
});

test('what no sentence asks for comes from the bank, marked as such; three sheets are frozen', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await visit('/bank');
  await shot('policy-3-bank');
  for (const name of [/相談先を知っていますか/, /生成AIを使うとき/]) await page.getByRole('checkbox', { name }).check();
  await press(page.getByRole('button', { name: '印を付けた設問を使う' }));
  await expect(page.locator('.bank li', { hasText: '使用中' })).toHaveCount(2);
  await examine();
  await page.getByRole('link', { name: '情報システム管理者', exact: true }).click();
  await page.locator('.bank li', { hasText: '保守の事業者' }).first().getByRole('link', { name: '条項を選ぶ' }).click();
  await examine();
  await press(page.getByRole('button', { name: 'この設問を使う' }));
  for (const role of ['職員', '所属長', 'システム管理者']) {
    await visit('/sheets');
    await press(page.getByRole('button', { name: `${role}の点検票を作る` }));
    if (role !== '所属長') await expect(page.locator('main')).toContainText('ポリシー外の補助設問');
    await freeze(page);
    await expect(page).toHaveURL(/\/editions\//);
    await examine();
  }
});

test('the next revision leaves only what changed to be settled', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  const next = await importFile(page, fixture('kijun-next.txt'));
  await visit(`${next}/changes`);
  await shot('policy-4-changes');
  await expect(page.locator('main')).toContainText('変更 6・分割 1・統合 1・新設 2・削除 2');
  const open = page.locator('article.prop', { hasText: '要見直し' });
  const first = await open.count();
  expect(first).toBeGreaterThan(4);
  expect(first, 'unchanged clauses bring no work').toBeLessThan(20);
  for (let left = first; left > 0; left -= 1) {
    await settle(open.first());
    await expect(open).toHaveCount(left - 1);
  }
  await expect(page.locator('main')).toContainText('すべて見直しました');
  await examine();
  await bench(page, next);
  expect(await settleAll(page), 'only what is new is decided anew').toBeLessThan(12);
  await page.goto(next);
  await expect(page.locator('main')).toContainText('まだ決めていない案0件');
  await visit(`${next}/table`);
  await expect(page.locator('table')).toContainText('（新設）');
  await shot('policy-5-table');
});
