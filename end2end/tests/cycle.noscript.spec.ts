// Starting, answering, returning and confirming with JavaScript switched off, in the demo city.
import type { Locator } from '@playwright/test';
import { handIn, toCheck } from '../support/answer';
import { freshSite } from '../support/site';
import { expect, test } from '../support/test';

test.describe.configure({ mode: 'serial' });
freshSite((site) => void site.run(['demo']));

const password = 'minaoshi-demo';
const [officer, head, employee] = ['201503', '199521', '201709'];
const name = '令和8年度臨時自己点検';
const seen: Record<string, string> = {};

const choose = (question: Locator, word: string) => question.getByText(word, { exact: true }).click();

test('5: the office starts an inspection with an ordinary form', async ({ page, visit, signIn, examine }) => {
  await signIn(officer, password);
  await visit('/inspections/new');
  await page.getByLabel('名称').fill(name);
  await page.getByLabel('部長の承認', { exact: true }).check();
  await page.getByRole('button', { name: 'この内容で始める' }).click();
  await expect(page.locator('h1')).toHaveText(name);
  seen.inspection = new URL(page.url()).pathname;
  await examine();
  await page.getByRole('link', { name: '確認と承認' }).click();
  await expect(page.locator('main')).toContainText('12部のうち0部で済んでいます');
  await expect(page.locator('.title .chip')).toContainText('統括の承認は行わない点検');
});

test('5: the same name a second time is refused and the entered values stay', async ({ page, visit, signIn, examine }) => {
  await signIn(officer, password);
  await visit('/inspections/new');
  await page.getByLabel('名称').fill(name);
  await page.getByLabel('問合せ先').fill('情報政策課（内線9999）');
  await page.getByRole('button', { name: 'この内容で始める' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('名称')).toHaveValue(name);
  await expect(page.getByLabel('問合せ先')).toHaveValue('情報政策課（内線9999）');
  await examine();
});

test('6: an employee answers; gaps are named and nothing entered is lost; the sheet is handed in', async ({ page, signIn, examine, shot }) => {
  await signIn(employee, password);
  await examine();
  await page.locator('li', { hasText: name }).getByRole('link', { name: /回答/ }).click();
  seen.answer = new URL(page.url()).pathname;
  await examine();
  const questions = page.locator('fieldset.q');
  const count = await questions.count();
  await choose(questions.nth(0), '未実施');
  for (let n = 1; n < count; n += 1) await choose(questions.nth(n), '実施');
  await toCheck(page);
  await expect(page.locator('.gaps a')).toHaveCount(1);
  await examine();
  await page.getByRole('link', { name: '回答に戻って入力する' }).click();
  await expect(page.locator('.q--err')).toHaveCount(1);
  await expect(page.locator('input[value=done]:checked')).toHaveCount(count - 1);
  await examine();
  await shot('noscript-gap');
  await page.locator('.q--err textarea').fill('手順を知らなかった。12月の課内研修で確かめる。');
  await handIn(page);
  await expect(page.locator('.title .chip')).toContainText('提出済');
  await examine();
});

test('7: the head returns the sheet with a reason', async ({ page, signIn, examine }) => {
  await signIn(head, password);
  await page.locator(`a[href^="${seen.inspection}/departments/"]`).first().click();
  seen.department = new URL(page.url()).pathname;
  await examine();
  const row = page.locator('tr', { hasText: '西川' });
  await row.locator('summary').click();
  await row.getByLabel('差戻しの理由').fill('研修の日を書いてください。');
  await row.getByRole('button', { name: /差し戻す/ }).click();
  await expect(page.locator('tr', { hasText: '西川' })).toContainText('研修の日を書いてください。');
  await examine();
});

test('6: the employee mends the returned sheet and hands it in again', async ({ page, signIn }) => {
  await signIn(employee, password);
  await page.goto(seen.answer);
  await expect(page.locator('main')).toContainText('研修の日を書いてください。');
  await page.locator('fieldset.q').first().locator('textarea').fill('手順を知らなかった。12月8日の課内研修で確かめる。');
  await handIn(page);
  await expect(page.locator('.title .chip')).toContainText('提出済');
});

test('7: the head confirms the department and says why some are missing', async ({ page, signIn, examine }) => {
  await signIn(head, password);
  await page.goto(seen.department);
  await page.getByRole('textbox', { name: '理由' }).last().fill('ほかの者は定期の点検で回答しているため。');
  await page.getByRole('button', { name: '確認する', exact: true }).click();
  await expect(page.locator('main')).toContainText('立花 由美子が確認しました');
  await examine();
});
