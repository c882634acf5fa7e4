// The same work with scripts off: the drawn sheet is a form, its cells are buttons.
import { press } from '../support/acts';
import { begin, officer } from '../support/intake.steps';
import { brought, keep, point, questions, touch } from '../support/layout.steps';
import { freshSite } from '../support/site';
import { expect, test } from '../support/test';

test.describe.configure({ mode: 'serial', timeout: 180_000 });
const site = freshSite();

test.beforeAll(() => site.addUser(officer.login, officer.name, 'secretariat', officer.password));

test('cells are pointed at, a layout is kept and used no more, without a script', async ({ page, signIn, examine, visit }) => {
  await signIn(officer.login, officer.password);
  const inspection = await begin(page);
  await brought(page, inspection, '税務課.xlsx', { place: '税務課', name: '古賀　一馬' });
  await page.getByRole('link', { name: '税務課.xlsxのセルを指定する' }).click();
  await point(page, '回答', '12');
  await expect(page.locator('.error')).toContainText('列は、列の文字');
  await point(page, '見出しの行', '４');
  await touch(page, '設問文', 'B4');
  await touch(page, '回答', 'C4');
  await expect(page.locator('.pointing__side')).toContainText(`設問${questions().length}件`);
  await page.getByRole('link', { name: '「回答：C列」の指定を取り消す' }).click();
  await expect(page.locator('.pointing__side')).toContainText('回答の列を指定してください。');
  await point(page, '回答', 'c');
  await examine();
  await keep(page, '税務課の様式');
  await visit('/layouts');
  await page.getByRole('link', { name: '税務課の様式' }).click();
  await page.getByText('この様式を使わない').click();
  await press(page.getByRole('button', { name: 'この様式を廃止する' }));
  await expect(page.locator('main')).toContainText('保存した様式はまだありません');
  await examine();
});
