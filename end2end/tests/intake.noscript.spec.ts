// The same work with scripts off: bringing a form in, settling what is unclear, taking it.
import { ask } from '../support/city.steps';
import { begin, bring, officer, sample, settle, take, three } from '../support/intake.steps';
import { freshSite } from '../support/site';
import { expect, test } from '../support/test';

test.describe.configure({ mode: 'serial', timeout: 120_000 });
const site = freshSite();

test.beforeAll(() => site.addUser(officer.login, officer.name, 'secretariat', officer.password));

test('a form is brought in, settled and taken without a script', async ({ page, signIn, visit, examine, shot }) => {
  await signIn(officer.login, officer.password);
  const inspection = await begin(page);
  await visit(`${inspection}/intakes`);
  await bring(page, three, sample(three));
  await examine();
  const intake = new URL(page.url()).pathname;
  for (const who of [/税務課.古賀/, /福祉課.七尾/]) {
    await visit(intake);
    await settle(page, who, '回答：○ 実施');
    await examine();
  }
  await visit(intake);
  await shot('intake-noscript');
  await take(page, 1);
  await expect(page.getByRole('status')).toContainText('1ファイルを取り込みました');
  expect(Number(ask('select count(*) from answer'))).toBeGreaterThan(60);
});
