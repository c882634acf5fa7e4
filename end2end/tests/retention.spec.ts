// The answers of an inspection that was closed long ago: listed by one officer, kept back where somebody stopped it,
// disposed of by another one; the figures and the chain of the record stay.
import { expect, test } from '../support/test';
import { ask, password, people } from '../support/city.steps';
import { press } from '../support/acts';
import { freshSite } from '../support/site';
import type { Locator, Page } from '@playwright/test';

test.describe.configure({ mode: 'serial' });
const site = freshSite((site) => void site.run(['demo']));
const seen = { inspection: '', disposal: '', figures: '', held: '', gone: '' };

/** The key of somebody's sheet of last year. */
const sheetOf = (department: string) =>
  ask(`select lower(hex(t.id)) from target t join department d on d.id = t.department_id where hex(t.inspection_id) = '${seen.inspection.replaceAll('-', '').toUpperCase()}' and d.name = '${department}' and t.role = 'staff' limit 1`);
const line = (page: Page, kind: string): Locator => page.getByRole('row', { name: new RegExp(`^${kind}`) });

async function figures(page: Page): Promise<string> {
  await page.goto(`/inspections/${seen.inspection}/results`);
  return (await page.locator('main table').allInnerTexts()).join('\n');
}

test('the class says when a record is due; another class, another day', async ({ page, visit, signIn, examine, shot }) => {
  seen.inspection = ask('select lower(hex(inspection_id)) from closing');
  await signIn(people.officer, password);
  await visit('/retention');
  await expect(line(page, '個別の回答')).toContainText('0件');
  await shot('retention-01');
  const before = await line(page, '個別の回答').innerText();
  const year = Number(/令和(\d+)年4月1日/.exec(before)![1]);
  await line(page, '個別の回答').getByRole('combobox').selectOption({ label: '5年' });
  await press(line(page, '個別の回答').getByRole('button'));
  await expect(line(page, '個別の回答')).toContainText(`令和${year + 2}年4月1日`);
  await expect(line(page, '個別の回答')).toContainText('椎名 航平が改めた');
  await line(page, '個別の回答').getByRole('combobox').selectOption({ label: '3年' });
  await press(line(page, '個別の回答').getByRole('button'));
  await expect(line(page, '個別の回答')).toContainText(`令和${year}年4月1日`);
  await visit('/retention/kinds/answers');
  await expect(page.locator('main table')).toContainText('市民課の回答');
  await examine();
});

test('a stop keeps records although they are due', async ({ page, visit, signIn, examine }) => {
  // The server's clock can't be set; the day on which the inspection was closed can.
  ask("update closing set at = replace(at, substr(at, 1, 4), cast(cast(substr(at, 1, 4) as integer) - 4 as text))");
  await signIn(people.officer, password);
  seen.figures = await figures(page);
  expect(seen.figures).toContain('市民部');
  [seen.held, seen.gone] = [sheetOf('市民課'), sheetOf('会計課')];
  await visit('/retention');
  await expect(line(page, '個別の回答')).not.toContainText(' 0件');
  const form = page.locator('form', { has: page.getByRole('heading', { name: '廃棄を停止する' }) });
  await form.getByLabel('停止する理由').fill('住民監査請求（令和8年第2号）のため');
  await press(form.getByRole('button', { name: '廃棄を停止する' }));
  await expect(page.getByRole('alert').first(), 'nothing was chosen').toContainText('点検若しくは所属を選び');
  await form.getByLabel('点検又は所属').selectOption({ label: '所属：市民課' });
  await press(form.getByRole('button', { name: '廃棄を停止する' }));
  await expect(page.getByRole('row', { name: /市民課/ })).toContainText('停止中');
  await examine();
});

test('one officer makes the list, and may not approve it', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(people.officer, password);
  await visit('/retention');
  await press(page.getByRole('button', { name: '今日の廃棄の一覧を作成する' }));
  await expect(page).toHaveURL(/\/retention\/disposals\//);
  seen.disposal = new URL(page.url()).pathname;
  await expect(page.locator('.title .chip')).toContainText('承認待ち');
  const [due, held] = [page.locator('main table').first(), page.locator('main table').nth(1)];
  await expect(due).toContainText('会計課の回答');
  await expect(due).not.toContainText('市民課の回答');
  await expect(held).toContainText('市民課の回答');
  await expect(held).toContainText('住民監査請求');
  await expect(page.getByRole('button', { name: '承認して廃棄する' })).toHaveCount(0);
  await examine();
  await shot('retention-02-list');
  // The form another officer would see, sent by the one who made the list.
  const answer = await page.evaluate(async (id) => {
    const body = new URLSearchParams({ disposal: id, page: `/retention/disposals/${id}` });
    const response = await fetch('/api/retention/approve_disposal', { method: 'POST', body });
    return { status: response.status, text: await response.text() };
  }, seen.disposal.split('/').pop()!);
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('一覧を作成した者は、承認及び却下を行えません');
  await visit(seen.disposal);
  await expect(page.locator('.title .chip')).toContainText('承認待ち');
});

test('a second person approves; what was stopped is still there, the rest is gone', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(people.second, password);
  await visit(seen.disposal);
  await press(page.getByRole('button', { name: '承認して廃棄する' }));
  await expect(page.locator('.title .chip')).toContainText('廃棄済み');
  await expect(page.locator('.facts')).toContainText('篠田 雅美');
  await examine();
  await shot('retention-03-disposed');
  await visit(`/responses/${seen.held}`);
  await expect(page.locator('main')).not.toContainText('保存期間が満了した');
  await expect(page.locator('main')).toContainText('実施');
  await visit(`/responses/${seen.gone}`);
  await expect(page.locator('main')).toContainText('保存期間が満了したため廃棄しました');
});

test('figures stay, the chain holds, and the record says who disposed of what', async ({ page, visit, signIn, examine }) => {
  await signIn(people.officer, password);
  expect(await figures(page)).toBe(seen.figures);
  await visit('/ledger?verify=1');
  await expect(page.getByRole('status')).toContainText('書換え、削除、並べ替えはありません');
  await visit(`/ledger?person=${people.second}`);
  await expect(page.locator('main table').first()).toContainText('廃棄');
  await examine();
  expect(site.run(['ledger', 'verify'])).toContain('確かめました');
  site.run(['tally', 'verify']);
});

test('a stop is lifted with a reason; then the rest is due', async ({ page, visit, signIn, examine }) => {
  await signIn(people.officer, password);
  await visit('/retention');
  const hold = page.getByRole('row', { name: /市民課/ });
  await hold.getByLabel('解除する理由').fill('監査請求の結果が確定したため');
  await press(hold.getByRole('button'));
  await expect(page.getByRole('row', { name: /市民課/ })).toContainText('解除');
  await examine();
  await press(page.getByRole('button', { name: '今日の廃棄の一覧を作成する' }));
  await expect(page.locator('main table').first()).toContainText('市民課の回答');
  await signIn(people.ciso, password);
  await visit('/retention');
  await page.getByRole('link', { name: '第2号' }).click();
  await examine();
  await page.getByLabel('却下する理由').fill('次の年度にまとめて廃棄する');
  await press(page.getByRole('button', { name: '却下する' }));
  await expect(page.locator('.title .chip')).toContainText('却下');
  await visit(`/retention`);
  await expect(page.getByRole('row', { name: /^第2号/ })).toContainText('次の年度にまとめて廃棄する');
});
