// The workbench with JavaScript switched off: the same work through forms and links.
import { benchSite, importPolicy, left, officer } from '../support/question.steps';
import { expect, test } from '../support/test';

test.describe.configure({ mode: 'serial' });
benchSite();

let revision = '';
let first = '';

test('a proposal is accepted, the next one follows, and it can be taken back', async ({ page, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  revision = await importPolicy(page);
  await page.getByRole('link', { name: '次の案を決める' }).click();
  first = new URL(page.url()).pathname;
  await examine();
  await shot('bench-noscript');
  await expect(page.locator('kbd').first()).toBeHidden();
  const before = await left(page);
  await page.getByRole('button', { name: /案1を ?採用/ }).click();
  await expect(page.locator('.said').first()).toContainText('保存しました：採用');
  expect(await left(page)).toBe(before - 1);
  expect(new URL(page.url()).pathname).not.toBe(first);
  await page.getByRole('button', { name: /直前の処理を ?取り消す/ }).click();
  await expect(page.locator('.said').first()).toContainText('取り消しました：採用');
  expect(await left(page)).toBe(before);
  await examine();
});

test('a rejection needs a reason, and a usual one is one button', async ({ page, signIn, examine }) => {
  await signIn(officer.login, officer.password);
  await page.goto(first);
  await page.locator('.prop--on summary', { hasText: '却下' }).click();
  await page.getByRole('button', { name: '却下する' }).click();
  await expect(page.locator('.prop--on .error')).toContainText('理由を入力してください');
  await examine();
  await page.locator('.prop--on').getByRole('button', { name: '点検対象外' }).click();
  await page.goto(first);
  await expect(page.locator('.prop--off')).toContainText('理由：点検対象外');
  await page.getByRole('button', { name: '案1の処理を取り消す' }).click();
  await expect(page.locator('.prop--off')).toHaveCount(0);
});

test('a proposal is split, and proposals of two clauses are merged', async ({ page, signIn, examine }) => {
  await signIn(officer.login, officer.password);
  await page.goto(first);
  await page.locator('.prop--on summary', { hasText: '分ける' }).click();
  await page.getByLabel(/分けた設問/).fill('情報資産を分類していますか。\n情報資産を分類に従って扱っていますか。');
  await page.getByRole('button', { name: '分けた設問を採用' }).click();
  await expect(page.locator('.said').first()).toContainText('分割して採用');
  await page.getByRole('link', { name: /まとめる候補に/ }).first().click();
  await expect(page.locator('.merge')).toContainText('候補　1件');
  await page.getByRole('link', { name: '次の案', exact: true }).click();
  await page.getByRole('link', { name: /まとめる候補に/ }).first().click();
  await expect(page.locator('.merge')).toContainText('候補　2件');
  await page.locator('.merge summary').click();
  await examine();
  await page.locator('.merge [name=text]').fill('台帳及び端末について、定めを守っていますか。');
  await page.locator('.merge [name=role]').selectOption('manager');
  await page.getByRole('button', { name: 'まとめた設問を採用' }).click();
  await expect(page.locator('.said').first()).toContainText('1問にまとめて採用');
  await expect(page.locator('.merge')).toHaveCount(0);
});

test('another class is learnt and the next document is read by it', async ({ page, signIn, visit, examine }) => {
  await signIn(officer.login, officer.password);
  await visit(`${revision}/proposals?order=unsure`);
  await page.getByRole('link', { name: '決める' }).first().click();
  await page.locator('.spoken--on .sort summary').click();
  await page.locator('.spoken--on [name=class]').selectOption('background');
  await page.locator('.spoken--on [name=role]').selectOption('');
  await page.getByRole('button', { name: /文目の種類と義務を負う人を改める/ }).click();
  await expect(page.locator('.spoken--on')).toContainText('次に取り込む文書にも使います');
  await visit('/policies/corrections');
  await expect(page.locator('tbody tr')).toHaveCount(1);
  await page.getByRole('button', { name: /修正を取り消す/ }).click();
  await expect(page.locator('tbody')).toContainText('取消済み');
  await examine();
});

test('the filter shows what was accepted, and the list of acts takes one back', async ({ page, signIn, visit }) => {
  await signIn(officer.login, officer.password);
  await visit(`${revision}/proposals`);
  await page.getByLabel('表示').selectOption('accepted');
  await page.getByRole('button', { name: '表示' }).click();
  await expect(page.locator('tbody tr')).toHaveCount(3);
  await visit(`${revision}/acts`);
  await page.getByRole('button', { name: /^1問にまとめて採用.*取り消す$/ }).click();
  await expect(page.locator('tbody')).toContainText('取消済み');
  await visit(`${revision}/proposals?show=accepted`);
  await expect(page.locator('tbody tr')).toHaveCount(1);
});
