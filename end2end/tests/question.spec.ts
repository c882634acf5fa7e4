// The workbench by keyboard alone: accepting, rejecting, editing, splitting, merging, another class, taking back.
import type { Page } from '@playwright/test';
import { benchSite, importPolicy, left, officer } from '../support/question.steps';
import { expect, test } from '../support/test';

test.describe.configure({ mode: 'serial' });
benchSite();

let revision = '';
const said = (page: Page) => page.locator('.workbench > .said');
const card = (page: Page) => page.locator('.prop--on');

/** Presses keys; nothing else is touched. */
async function keys(page: Page, ...pressed: string[]): Promise<void> {
  for (const key of pressed) await page.keyboard.press(key);
}

/** Opens the workbench and waits until the keys work. */
async function bench(page: Page): Promise<void> {
  await page.goto(revision);
  const way = page.getByRole('link', { name: '次の案を決める' });
  await page.goto((await way.getAttribute('href'))!);
  await expect(page.locator('.workbench.is-live')).toBeVisible();
}

test('a proposal is accepted with one key and the focus goes to the next', async ({ page, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  revision = await importPolicy(page);
  await bench(page);
  await examine();
  await shot('bench');
  const first = new URL(page.url()).pathname;
  const before = await left(page);
  await keys(page, 'a');
  await expect(said(page)).toContainText('採用');
  await expect.poll(() => left(page)).toBe(before - 1);
  await expect(page).not.toHaveURL(new RegExp(first));
  await expect(card(page)).toBeFocused();
  await expect(page.locator('#bench-tree [aria-current]')).toHaveCount(1);
  await examine();
});

test('rejecting asks for a reason; z takes it back and says so', async ({ page, signIn, examine }) => {
  await signIn(officer.login, officer.password);
  await bench(page);
  const before = await left(page);
  const text = await card(page).locator('p.t').innerText();
  await keys(page, 'r');
  await expect(page.locator('.prop--on details[open]')).toBeVisible();
  await examine();
  await keys(page, '1');
  await expect(said(page)).toContainText('却下');
  await expect.poll(() => left(page)).toBe(before - 1);
  await keys(page, 'z');
  await expect(said(page)).toContainText('取り消しました：却下');
  await expect.poll(() => left(page)).toBe(before);
  await expect(card(page).locator('p.t')).toHaveText(text);
});

test('keys do nothing inside a text field; words of the officer are taken with Ctrl and Enter', async ({ page, signIn, examine }) => {
  await signIn(officer.login, officer.password);
  await bench(page);
  const before = await left(page);
  await keys(page, 'e');
  await expect(card(page).locator('[name=text]')).toBeFocused();
  await keys(page, 'Control+a');
  await page.keyboard.type('arz所属では、台帳を作成していますか。');
  expect(await left(page)).toBe(before);
  await examine();
  await keys(page, 'Control+Enter');
  await expect(said(page)).toContainText('直して採用');
  await page.goto(`${revision}/proposals?show=accepted`);
  await expect(page.locator('main')).toContainText('台帳');
});

test('a proposal is split into two questions about the same clause', async ({ page, signIn, examine }) => {
  await signIn(officer.login, officer.password);
  await bench(page);
  const here = page.url();
  await keys(page, 's', 'Control+a');
  await page.keyboard.type('席を離れるとき、端末を施錠していますか。');
  await keys(page, 'Control+Enter');
  await expect(said(page)).toContainText('2行以上');
  await keys(page, 's', 'Control+a');
  await page.keyboard.type('席を離れるとき、端末を施錠していますか。');
  await keys(page, 'Enter');
  await page.keyboard.type('退庁するとき、端末を施錠していますか。');
  await keys(page, 'Control+Enter');
  await expect(said(page)).toContainText('分割して採用');
  await page.goto(here);
  await expect(page.locator('.prop--ok p.t')).toHaveCount(2);
  await examine();
});

test('proposals of two clauses become one question', async ({ page, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await bench(page);
  const before = await left(page);
  await keys(page, 'x');
  await expect(page.locator('.merge')).toContainText('候補　1件');
  await keys(page, 'j');
  await expect(card(page).locator('.chip', { hasText: 'まとめる候補' })).toHaveCount(0);
  await keys(page, 'x');
  await expect(page.locator('.merge')).toContainText('候補　2件');
  await page.reload();
  await expect(page.locator('.merge')).toContainText('候補　2件');
  await expect(page.locator('.workbench.is-live')).toBeVisible();
  await keys(page, 'm');
  await expect(page.locator('.merge [name=text]')).toBeFocused();
  await examine();
  await shot('bench-merge');
  await keys(page, 'Control+a');
  await page.keyboard.type('端末の持出しと研修について、定めを守っていますか。');
  await keys(page, 'Control+Enter');
  await expect(said(page)).toContainText('1問にまとめて採用');
  await expect.poll(() => left(page)).toBe(before - 2);
  await keys(page, 'z');
  await expect(said(page)).toContainText('取り消しました：1問にまとめて採用');
  await expect.poll(() => left(page)).toBe(before);
});

test('another class is learnt, listed, and forgotten again', async ({ page, signIn, visit, examine }) => {
  await signIn(officer.login, officer.password);
  await bench(page);
  await keys(page, 'c');
  await expect(page.locator('.spoken--on [name=class]')).toBeFocused();
  await keys(page, 'ArrowDown', 'Control+Enter');
  await expect(said(page)).toContainText('文の種類又は義務を負う人の変更');
  await expect(page.locator('.spoken--on .sort summary')).toContainText('努力義務');
  await expect(page.locator('.spoken--on')).toContainText('次に取り込む文書にも使います');
  await visit('/policies/corrections');
  await expect(page.locator('tbody tr')).toHaveCount(1);
  await bench(page);
  await keys(page, 'z');
  await expect(said(page)).toContainText('取り消しました');
  await visit('/policies/corrections');
  await expect(page.locator('tbody')).toContainText('取消済み');
  await examine();
});

test('two windows: what was settled elsewhere is said, and the newer state is shown', async ({ page, signIn }) => {
  await signIn(officer.login, officer.password);
  await bench(page);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(other.locator('.workbench.is-live')).toBeVisible();
  await keys(page, 'a');
  await expect(said(page)).toContainText('採用');
  await keys(other, 'a');
  await expect(said(other)).toContainText('既に処理されています');
  await expect(other.locator('.prop--on.prop--ok')).toBeVisible();
  await other.close();
});

test('a duty without a question gets its reason; the coverage counts it', async ({ page, signIn, visit, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await bench(page);
  await keys(page, 'r', '3');
  await expect(said(page)).toContainText('却下');
  await keys(page, 'n', '2');
  await expect(said(page)).toContainText('保存しました');
  await visit(`${revision}/coverage`);
  await shot('bench-coverage');
  await examine();
  const exempt = page.locator('#exempt li');
  await expect(exempt).toHaveCount(2);
  await expect(exempt.filter({ hasText: '案を却下' })).toHaveCount(1);
  await exempt.getByRole('button', { name: /取り消す/ }).click();
  await expect(exempt).toHaveCount(1);
  await visit(`${revision}/acts`);
  await expect(page.locator('tbody tr').first()).toContainText('取消済み');
});

test('? shows the keys, Escape leaves them', async ({ page, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await bench(page);
  await keys(page, '?');
  await expect(page.locator('.keyhelp__list')).toBeVisible();
  await examine();
  await shot('bench-keys');
  await keys(page, 'Escape');
  await expect(page.locator('.keyhelp__list')).toBeHidden();
});
