// The board without JavaScript: filter and order as parameters, a link to load it anew, the projector that reloads.
import { press } from '../support/acts';
import { finish, shown } from '../support/board.steps';
import { password, people } from '../support/city.steps';
import { freshSite } from '../support/site';
import { expect, test } from '../support/test';

test.describe.configure({ mode: 'serial', timeout: 120_000 });
freshSite((site) => void site.run(['demo']));

test('filter, order and the link that loads the board anew', async ({ page, signIn, visit, examine }) => {
  await signIn(people.officer, password);
  await visit('/board');
  await expect(page.locator('.live')).toContainText('現在');
  await page.getByRole('link', { name: /^未提出あり/ }).click();
  await page.getByLabel('並び順').selectOption({ label: '把握率の低い順' });
  await page.getByRole('button', { name: '表示', exact: true }).click();
  const rates = (await shown(page)).map((line) => parseFloat(line[3]));
  expect(rates.length).toBeGreaterThan(10);
  expect(rates).toEqual([...rates].sort((a, b) => a - b));
  await page.getByRole('link', { name: '表示を更新' }).click();
  await expect(page).toHaveURL(/show=missing.*sort=rate/);
  await examine();
});

test('the projector loads itself anew', async ({ page, signIn, visit }) => {
  await signIn(people.officer, password);
  await page.goto('/board');
  await page.getByRole('link', { name: '投影用の画面' }).click();
  await expect(page.locator('.wall__rate')).toBeVisible();
  expect(await page.locator('meta[http-equiv=refresh]').getAttribute('content')).toBe('30');
  await visit(new URL(page.url()).pathname);
});

test('a draft is tried out and thrown away', async ({ page, signIn, visit, examine }) => {
  await signIn(people.officer, password);
  await visit('/inspections/new');
  await press(page.getByRole('button', { name: '下書きとして保存する' }));
  const draft = new URL(page.url()).pathname;
  await page.getByLabel(/参加する職員の職員番号/).fill(people.staff);
  await press(page.getByRole('button', { name: '試行を始める' }));
  await signIn(people.staff, password);
  await finish(page, '【試行】');
  await signIn(people.officer, password);
  await visit(draft);
  await expect(page.locator('#rehearsal tbody tr td').nth(2)).toHaveText('1');
  await press(page.getByRole('button', { name: '試行を終える' }));
  await expect(page.locator('#rehearsal tbody tr')).toContainText('終了');
  await page.getByText('この下書きを破棄する').click();
  await press(page.getByRole('button', { name: '破棄する' }));
  await expect(page.getByRole('status')).toContainText('下書きを破棄しました');
  await examine();
});

test('a whole department is added once', async ({ page, signIn, visit, examine }) => {
  await signIn(people.officer, password);
  await page.goto('/board');
  await page.getByRole('link', { name: '期間・対象の変更' }).click();
  await visit(new URL(page.url()).pathname);
  await page.getByLabel('加える所属').selectOption({ label: '人事課' });
  await page.locator('#whole-reason').fill('確認のため');
  await press(page.getByRole('button', { name: 'この所属の全員を加える' }));
  await expect(page.locator('.error')).toContainText('新しく加える人はいません');
  await examine();
});
