// 所属長 returns two sheets at once and names a 代理, the 代理 confirms, 部長 and 統括 approve, and nothing below moves.
import type { Page } from '@playwright/test';
import { press } from './acts';
import { freshSite } from './site';
import { expect, test } from './test';

const password = 'minaoshi-demo';
/** 市民課's head and two of its staff, who becomes 市民部's 部長, and the 統括. */
const people = { officer: '201503', head: '199521', deputy: '201709', bucho: '199816', chief: '198807' };

const day = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv', { timeZone: 'Asia/Tokyo' });

/** The department's page from the first screen. */
async function department(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^市民課：/ }).click();
  await expect(page.locator('h1')).toHaveText('市民課');
}

/** All steps, in both projects. */
export function walk(): void {
  // axe looks at long pages, without scripts at copies of them.
  test.describe.configure({ mode: 'serial', timeout: 180_000 });
  freshSite((site) => void site.run(['demo']));
  const seen: Record<string, string> = {};

  test('the office gives 市民部 its 部長', async ({ page, signIn }) => {
    await signIn(people.officer, password);
    await page.goto(`/people?q=${people.bucho}`);
    await page.getByRole('link', { name: /小野寺 恵/ }).first().click();
    await page.locator('summary', { hasText: '発令を登録する' }).click();
    const form = page.locator('form', { has: page.locator('[name="post[role]"]') });
    const place = form.locator('[name="post[department]"]');
    const key = await place.locator('option', { hasText: /^[\s　]*市民部$/ }).getAttribute('value');
    await place.selectOption(key!);
    await form.locator('[name="post[role]"]').selectOption('responsible');
    await form.locator('[name="post[kind]"]').selectOption('additional');
    await form.locator('[name="post[from]"]').fill(day(0));
    await press(form.getByRole('button'));
    await expect(page.locator('main')).toContainText('市民部');
  });

  test('the head sees ×/△ with their comments and what fell since last year', async ({ page, signIn, examine, shot }) => {
    await signIn(people.head, password);
    await department(page);
    seen.department = new URL(page.url()).pathname;
    await examine();
    await shot('confirming-department');
    const answers = page.locator('#answers');
    await expect(answers.locator('.asked').first()).toBeVisible();
    await answers.getByRole('link', { name: /前年から低下/ }).click();
    await expect(answers).toContainText('前年 ○ →');
    await page.getByRole('link', { name: /^未提出 \d+件/ }).click();
    await expect(page.locator('main table').first()).not.toContainText('提出済み');
    // The people's list sorts by a heading and keeps the filter.
    await page.getByRole('columnheader', { name: '氏名' }).getByRole('link').click();
    await expect(page).toHaveURL(/state=missing&sort=name/);
    await expect(page.getByRole('columnheader', { name: '氏名' })).toHaveAttribute('aria-sort', 'ascending');
  });

  test('the head reminds the missing once a day, after a look at whom', async ({ page, signIn, examine, shot }) => {
    await signIn(people.head, password);
    await page.goto(`${seen.department}?state=missing`);
    await page.locator('#remind summary').click();
    const left = (await page.locator('#remind summary').innerText()).match(/(\d+)人/)![1];
    await expect(page.locator('#remind .quote')).toContainText('件名：【再度のお願い】');
    await shot('confirming-remind');
    await press(page.getByRole('button', { name: `この内容で${left}人に督促を送る` }));
    await expect(page.getByRole('status').filter({ hasText: `${left}人に督促を作りました` })).toBeInViewport();
    await expect(page).toHaveURL(/state=missing/);
    await expect(page.locator('#remind')).toContainText('次は明日以後に送れます');
    await examine();
  });

  test('from a person the head jumps to each ×/△', async ({ page, signIn, examine }) => {
    await signIn(people.head, password);
    await page.goto(`${seen.department}?state=gaps`);
    await page.getByRole('link', { name: /の回答を見る/ }).first().click();
    const jump = page.getByRole('navigation', { name: '一部実施及び未実施の設問へ移動' });
    const link = jump.getByRole('link').first();
    const no = (await link.innerText()).replace('問', '');
    await link.click();
    await expect(page.locator(`#q${no}`)).toBeInViewport();
    await expect(page.locator(`#q${no} .answers__gap`)).toBeVisible();
    await examine();
  });

  test('two sheets go back at once; without a choice or a reason nothing does', async ({ page, signIn, examine }) => {
    await signIn(people.head, password);
    await page.goto(`${seen.department}?state=submitted`);
    const boxes = page.getByRole('checkbox');
    const before = await boxes.count();
    await page.locator('summary', { hasText: '選んだ点検票をまとめて差し戻す' }).click();
    await page.getByLabel(/差戻しの理由（選んだ/).fill('問2の理由が分かりません。');
    await press(page.getByRole('button', { name: '選んだ点検票を差し戻す' }));
    await expect(page.getByRole('alert').first()).toContainText('差し戻す点検票を選んでください');
    await expect(page.getByLabel(/差戻しの理由（選んだ/)).toHaveValue('問2の理由が分かりません。');
    for (const n of [0, 1]) await boxes.nth(n).check();
    await press(page.getByRole('button', { name: '選んだ点検票を差し戻す' }));
    await expect(page.getByRole('status').filter({ hasText: '点検票2件を差し戻し' })).toBeInViewport();
    await expect(page).toHaveURL(/state=submitted/);
    await page.getByRole('link', { name: /^うち差戻し \d+件/ }).click();
    await expect(page.locator('tr', { hasText: '問2の理由が分かりません。' })).toHaveCount(2);
    await page.goto(`${seen.department}?state=submitted`);
    await expect(page.getByRole('checkbox')).toHaveCount(before - 2);
    await examine();
  });

  test('the head names a 代理 for a week', async ({ page, signIn, examine }) => {
    await signIn(people.head, password);
    await page.goto(seen.department);
    await page.locator('summary', { hasText: '代理を定める' }).click();
    const form = page.locator('form', { has: page.getByLabel('代理に定める職員') });
    const option = await form.locator('option', { hasText: '西川 拓也' }).innerText();
    await form.getByLabel('代理に定める職員').selectOption({ label: option });
    await form.getByLabel('終わる日').fill(day(7));
    // Refused, one stays at the form with what was entered.
    await form.getByLabel('終わる日').fill(day(-2));
    await press(form.getByRole('button', { name: '代理に定める' }));
    await expect(form.locator('.error')).toContainText('終わる日が過ぎています');
    await expect(form.locator('.error')).toBeInViewport();
    await expect(form.getByLabel('代理に定める職員')).not.toHaveValue('');
    await form.getByLabel('終わる日').fill(day(7));
    await press(form.getByRole('button', { name: '代理に定める' }));
    await expect(page.locator('#deputy')).toContainText('西川 拓也');
    await expect(page.getByRole('status').filter({ hasText: '代理を定め' })).toBeInViewport();
    await examine();
  });

  test('the 代理 confirms, and it says so', async ({ page, signIn, examine }) => {
    await signIn(people.deputy, password);
    await department(page);
    // Who is missing stands beside the button by name; confirmed like this, it does not look finished.
    expect(await page.locator('#word .names li').count()).toBeGreaterThan(0);
    await page.getByRole('textbox', { name: /^提出を待たずに確認する理由/ }).fill('残りは督促中のため。');
    await press(page.getByRole('button', { name: '確認する', exact: true }));
    await expect(page.locator('.title .chip')).toHaveText(/確認済み（未提出\d+件）/);
    await expect(page.getByRole('status').filter({ hasText: '所属として確認しました' })).toBeInViewport();
    expect(await page.locator('#word .names li').count()).toBeGreaterThan(0);
    await expect(page.locator('#word')).toContainText('西川 拓也（代理）が確認しました');
    await expect(page.locator('#deputy').getByRole('button', { name: /取り消す/ })).toHaveCount(0);
    await examine();
  });

  test('部長 sees the 改善策 of the 部, gives a confirmation back and approves the next one', async ({ page, signIn, examine, shot }) => {
    await signIn(people.bucho, password);
    await page.getByRole('link', { name: /^市民部の承認/ }).click();
    seen.division = new URL(page.url()).pathname;
    await expect(page.locator('.bundle').first()).toBeVisible();
    await expect(page.locator('table').first().locator('tr', { hasText: '市民課' })).toContainText(/確認済み（未提出\d+件）/);
    await examine();
    await shot('confirming-division');
    const row = page.locator('table').first().locator('tr', { hasText: '市民課' });
    await row.locator('summary').click();
    await row.getByLabel('差戻しの理由').fill('改善策のない設問があります。');
    await press(row.getByRole('button', { name: /差し戻す/ }));
    await expect(row).toContainText('未提出');
    await expect(page.getByRole('status').filter({ hasText: '差し戻し' })).toBeInViewport();

    await signIn(people.deputy, password);
    await page.goto(seen.department);
    await expect(page.locator('#course')).toContainText('改善策のない設問があります。');
    await page.getByRole('textbox', { name: /^提出を待たずに確認する理由/ }).fill('改善策を登録した。');
    await press(page.getByRole('button', { name: '確認する', exact: true }));

    await signIn(people.bucho, password);
    await page.goto(seen.division);
    await page.getByRole('textbox', { name: /^理由/ }).fill('ほかの所属は督促中のため。');
    await press(page.getByRole('button', { name: '承認する' }));
    await expect(page.locator('#word')).toContainText('小野寺 恵が承認しました');
    await examine();
  });

  test('below the approval the head withdraws nothing', async ({ page, signIn, examine }) => {
    await signIn(people.head, password);
    await page.goto(seen.department);
    await expect(page.locator('.title .chip')).toContainText('承認済み');
    await expect(page.locator('#word')).toContainText('先に承認の取消しを依頼してください');
    await expect(page.getByRole('button', { name: '確認を取り消す' })).toHaveCount(0);
    await expect(page.locator('#course')).toContainText('部長の承認');
    await examine();
  });

  test('統括 approves the city; then 部長 withdraws nothing either', async ({ page, signIn, examine, shot }) => {
    await signIn(people.chief, password);
    await page.getByRole('link', { name: /^全庁の承認/ }).click();
    await examine();
    await shot('confirming-city');
    await page.getByRole('textbox', { name: /^理由/ }).fill('残りの部は12月に承認する。');
    await press(page.getByRole('button', { name: '承認する' }));
    await expect(page.locator('#word')).toContainText('桐山 正晴が承認しました');
    await examine();

    await signIn(people.bucho, password);
    await page.goto(seen.division);
    await expect(page.locator('#word')).toContainText('先にその承認の取消しを依頼してください');
    await expect(page.locator('summary', { hasText: '承認を取り消す' })).toHaveCount(0);
  });
}
