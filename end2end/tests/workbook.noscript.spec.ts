// The same with scripts off: a sheet out and in, and answers into a form whose owner is chosen by hand.
import { press } from '../support/acts';
import { save } from '../support/city.steps';
import { begin, bring, officer, sample, take, three } from '../support/intake.steps';
import { freshSite } from '../support/site';
import { expect, test } from '../support/test';
import { bytes, filled, readAgain } from '../support/workbook.steps';

test.describe.configure({ mode: 'serial', timeout: 120_000 });
const site = freshSite();

test.beforeAll(() => site.addUser(officer.login, officer.name, 'secretariat', officer.password));

test('workbooks go out and come back without a script', async ({ page, signIn, visit, examine, shot }) => {
  await signIn(officer.login, officer.password);
  const inspection = await begin(page);
  await visit(`${inspection}/forms`);
  await page.getByRole('link', { name: '市民課の職員を選ぶ' }).click();
  await examine();
  const { buffer } = await filled(await save(page, /飯島.*空の点検票/), '実施');
  await visit(`${inspection}/intakes`);
  await bring(page, '飯島.xlsx', buffer);
  await take(page, 1);
  await visit(`${inspection}/forms`);
  await page.getByLabel('所属の様式のファイル').setInputFiles({ name: three, mimeType: 'application/octet-stream', buffer: sample(three) });
  await press(page.getByRole('button', { name: '書き込む内容を確かめる' }));
  await expect(page.locator('main')).toContainText('まだ提出されていない');
  const second = page.locator('section', { hasText: 'シート「税務課」' });
  await second.getByLabel('この様式の対象').selectOption({ label: '市民課　飯島　遥（職員）' });
  await second.getByRole('button', { name: 'この対象にする' }).click();
  await expect(page).toHaveURL(/owner1=/);
  await examine();
  await shot('workbook-noscript');
  const file = await save(page, '回答を書き込んだファイルを受け取る');
  const read = readAgain('filled.xlsx', await bytes(file));
  for (const sheet of ['市民課', '税務課']) expect(read.get(sheet)!.every((answer) => answer === 'done'), sheet).toBe(true);
  expect(read.get('福祉課')!.every((answer) => answer === 'done')).toBe(false);
});
