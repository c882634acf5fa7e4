// One year of a city: April's roster, an inspection, October's transfers in its middle by all eight rules, the merger of
// two departments, and the figures of the year before, which nothing of all this touches.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { firstSignIn, press } from '../support/acts';
import { handIn } from '../support/answer';
import { fiscalYear, freeze } from '../support/sheet.steps';
import { freshSite } from '../support/site';
import { expect, test } from '../support/test';

test.describe.configure({ mode: 'serial' });
const site = freshSite();

const fixture = (name: string) => join(import.meta.dirname, '../fixtures', name);
const password = 'なぎはらの海は青い2026';
const officer = '100202';
/** One-time codes as printed, by staff number. */
const codes = new Map<string, string>();
const seen: Record<string, string> = {};
/** A day relative to today in Japan: the server's clock can't be set, the days of the year can. */
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toLocaleDateString('sv', { timeZone: 'Asia/Tokyo' });

test.beforeAll(() => site.addUser(officer, '椎名　航平', 'secretariat', password));

async function importRoster(page: Page, file: string, since: string, endMissing: boolean): Promise<void> {
  await page.goto('/roster');
  await page.getByLabel('職員名簿のファイル').setInputFiles(fixture(file));
  await press(page.getByRole('button', { name: '読み込んで確認する' }));
  await expect(page).toHaveURL(/\/roster\/imports\//);
  await page.getByLabel('発令日').fill(since);
  if (endMissing) await page.getByLabel(/名簿にない.*発令を終える/).check();
  await press(page.getByRole('button', { name: 'この内容で取り込む' }));
  await expect(page.getByRole('status')).toContainText('取り込みました');
}

/** Answers the first `number` questions of the sheet at hand with 実施. */
async function answer(page: Page, number: number): Promise<void> {
  const questions = page.locator('fieldset.q');
  for (let at = 0; at < number; at += 1) {
    await questions.nth(at).getByText('実施', { exact: true }).click();
  }
}

async function answerAll(page: Page): Promise<void> {
  const count = await page.locator('fieldset.q').count();
  await answer(page, count);
  await handIn(page);
}

/** Starts an inspection with its days. */
async function start(page: Page, name: string, base: string, year?: number): Promise<string> {
  await page.goto('/inspections/new');
  await page.getByLabel('名称').fill(name);
  await page.getByLabel('基準日').fill(base);
  await page.getByLabel('開始日').fill(day(-10));
  await page.getByLabel('回答期限').fill(day(20));
  if (year) await page.locator('[name=fiscal_year]').evaluate((field: HTMLInputElement, value) => (field.value = String(value)), year);
  await press(page.getByRole('button', { name: 'この内容で始める' }));
  await expect(page).toHaveURL(/\/inspections\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

/** The figures of an inspection as the results page shows them. */
async function figures(page: Page, inspection: string): Promise<string> {
  await page.goto(`${inspection}/results`);
  return (await page.locator('main table').allInnerTexts()).join('\n');
}

test('April: the roster is imported, codes are printed, the sheets are frozen', async ({ page, signIn, examine }) => {
  await signIn(officer, password);
  await importRoster(page, 'year-april.csv', day(-400), false);
  await page.goto('/people/codes');
  await press(page.getByRole('button', { name: /人分を作って印刷する/ }));
  const text = await page.locator('main').innerText();
  for (const login of ['100402', '100403', '100501', '100401', '100602']) {
    const found = new RegExp(`([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4})\\s+利用者ID\\s+${login}`).exec(text);
    expect(found, `a code for ${login}`).not.toBeNull();
    codes.set(login, found![1]);
  }
  await page.goto('/policies');
  await page.getByLabel(/ポリシーの本文/).setInputFiles(fixture('policy.md'));
  await press(page.getByRole('button', { name: '取り込む' }));
  await page.getByRole('link', { name: /まとめて採用/ }).click();
  await press(page.getByRole('button', { name: /件を採用する/ }));
  for (const role of ['職員', '所属長']) {
    await page.goto('/sheets');
    await press(page.getByRole('button', { name: `${role}の点検票を作る`, exact: true }));
    await freeze(page);
    await expect(page).toHaveURL(/\/editions\//);
  }
  await examine();
});

test('the inspection of the year before is answered and closed', async ({ page, signIn, examine }) => {
  await signIn(officer, password);
  seen.last = await start(page, '前年度情報セキュリティ自己点検', day(-390), fiscalYear() - 1);
  for (const login of ['100402', '100403']) {
    await firstSignIn(page, login, codes.get(login), password);
    await page.getByRole('link', { name: /回答/ }).first().click();
    await answerAll(page);
    await expect(page.locator('.title .chip')).toContainText('提出済');
  }
  await signIn(officer, password);
  await page.goto(seen.last);
  await page.getByText('この点検を締め切る').click();
  await press(page.getByRole('button', { name: '締め切る' }));
  await expect(page.getByRole('status').filter({ hasText: '点検を締め切りました' })).toBeVisible();
  seen.figures = await figures(page, seen.last);
  expect(seen.figures).toContain('市民部');
  await examine();
});

test('autumn: an inspection starts; one has answered, one is half-way, one will have left', async ({ page, signIn }) => {
  await signIn(officer, password);
  seen.inspection = await start(page, '今年度情報セキュリティ自己点検', day(-30));
  await signIn('100403', password);
  await page.getByRole('link', { name: /回答/ }).first().click();
  await answerAll(page);
  await firstSignIn(page, '100501', codes.get('100501'), password);
  await page.getByRole('link', { name: /回答/ }).first().click();
  await answerAll(page);
  await signIn('100402', password);
  await page.getByRole('link', { name: /回答/ }).first().click();
  await answer(page, 1);
  await press(page.getByRole('button', { name: '保存する' }));
  seen.half = new URL(page.url()).pathname;
});

test('a number on paper opens one sheet on a shared terminal and nothing else', async ({ page, signIn, visit, examine, shot }) => {
  await signIn(officer, password);
  await visit(`${seen.inspection}/slips`);
  const form = page.locator('form', { has: page.getByRole('heading', { name: '1人分を作る' }) });
  await form.getByLabel('職員番号').fill('100404');
  await press(form.getByRole('button', { name: '1人分を作って印刷する' }));
  await examine();
  await shot('year-slip');
  const number = (await page.locator('.code').innerText()).trim();
  await page.context().clearCookies();
  await visit('/sign-in');
  await page.getByRole('link', { name: '確認票の番号で回答する' }).click();
  await examine();
  await page.getByLabel('番号').fill('AAAA-BBBB-CCCC');
  await press(page.getByRole('button', { name: '点検票を開く' }));
  await expect(page.getByRole('alert').first()).toContainText('番号が違うか');
  await page.getByLabel('番号').fill(number);
  await press(page.getByRole('button', { name: '点検票を開く' }));
  await expect(page).toHaveURL(/\/answer\//);
  const own = page.url();
  await examine();
  await shot('year-kiosk');
  for (const path of ['/', '/policies', '/password', seen.half]) {
    await page.goto(path);
    expect(page.url(), path).toBe(own);
  }
  await press(page.getByRole('button', { name: /終了する/ }));
  await page.goto(own);
  await expect(page).toHaveURL(/\/sign-in/);
});

test('October: the roster changes and all eight rules stand on the page', async ({ page, signIn, visit, examine, shot }) => {
  await signIn(officer, password);
  await importRoster(page, 'year-october.csv', day(-1), true);
  await visit(seen.inspection);
  await expect(page.locator('.notice--warn', { hasText: '異動などの変更が' })).toBeVisible();
  await shot('year-board');
  await page.getByRole('link', { name: '内容を確かめて反映する' }).click();
  await examine();
  await shot('year-transfers');
  const group = (title: string) => page.locator('section.transfers', { has: page.getByRole('heading', { name: new RegExp(`^${title}`) }) });
  for (const [title, name, act] of [
    ['採用・復職などで加わる人', '新井', '対象に加える'],
    ['提出済みの人の異動', '西川', '変更なし'],
    ['未提出の人の異動', '平野', '所属を移す'],
    ['休職・育児休業などの人', '黒田', '対象から外す'],
    ['退職した人', '岡部', '対象から外す'],
    ['退職した人', '久保田', '変更なし'],
    ['兼務のある人', '大沢', '対象に加える'],
    ['事務取扱・代理の所属長', '立花', '対象に加える'],
    ['アカウントのない人', '髙梨', '変更なし'],
  ]) {
    const summary = group(title).locator('summary');
    if (await summary.count()) await summary.first().click();
    await expect(group(title).locator('tr', { hasText: name }).filter({ hasText: act }).first(), `${title}：${name}`).toBeVisible();
  }
  await press(page.getByRole('button', { name: '選んだ変更を反映する' }));
  await expect(page.getByRole('status')).toContainText('反映しました');
  await expect(page.locator('.title .chip')).toContainText('反映済み');
  await examine();
  await visit(seen.inspection);
  await expect(page.locator('.notice--warn', { hasText: '異動などの変更が' })).toHaveCount(0);
  await expect(page.locator('table.table--stick')).toContainText('情報管理室');
});

test('the half-way sheet went along with its answer', async ({ page, signIn }) => {
  await signIn('100402', password);
  await page.goto(seen.half);
  await expect(page.locator('fieldset.q').first().locator('input:checked')).toHaveCount(1);
});

test('two departments become one in the middle of the inspection', async ({ page, signIn, visit, examine }) => {
  await signIn(officer, password);
  await visit('/departments');
  await page.locator('summary', { hasText: '所属を統合する' }).click();
  const form = page.locator('form', { has: page.getByRole('button', { name: '統合する', exact: true }) });
  await form.getByLabel('市民課', { exact: true }).check();
  await form.getByLabel('税務課', { exact: true }).check();
  await form.getByLabel(/新しい所属の名称/).fill('市民税務課');
  await form.getByLabel('新しい所属の上の部・局').selectOption({ label: '市民部' });
  await form.getByLabel('統合の日').fill(day(0));
  await press(form.getByRole('button', { name: '統合する', exact: true }));
  await visit(`${seen.inspection}/transfers`);
  await expect(page.locator('main')).toContainText('組織改正（統合）');
  await press(page.getByRole('button', { name: '選んだ変更を反映する' }));
  await expect(page.getByRole('status')).toContainText('反映しました');
  await visit(seen.inspection);
  await expect(page.locator('table.table--stick')).toContainText('市民税務課');
  await expect(page.locator('table.table--stick'), 'the old stands beside the new').toContainText('税務課');
  await examine();
});

test('the figures of the year before are what they were; the inspection is closed', async ({ page, signIn, visit, examine }) => {
  await signIn(officer, password);
  expect(await figures(page, seen.last)).toBe(seen.figures);
  await visit(seen.inspection);
  await page.getByText('この点検を締め切る').click();
  await press(page.getByRole('button', { name: '締め切る' }));
  await visit(`${seen.inspection}/transfers`);
  await expect(page.locator('main')).toContainText('締め切られたため、対象者は変わりません');
  await examine();
  // Both commands end with an error if something does not fit.
  expect(site.run(['tally', 'verify'])).toContain('確かめました');
  site.run(['ledger', 'verify']);
});
