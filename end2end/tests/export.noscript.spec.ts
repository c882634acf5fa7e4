// The same with scripts off: the links are plain, and so is the page that asks back.
import { expect, test } from '../support/test';
import { ask, password, people } from '../support/city.steps';
import { column, content, saveTable, type Form } from '../support/export.steps';
import { freshSite } from '../support/site';

test.describe.configure({ mode: 'serial' });
const site = freshSite((site) => site.run(['demo']));
void site;

test('a list is saved in three forms, and what can not be written is asked back', async ({ page, signIn, visit, examine }) => {
  await signIn(people.officer, password);
  await visit('/systems');
  for (const form of ['Excel', 'CSV', 'CSV（Shift_JIS）'] as Form[]) {
    const table = await content(await saveTable(page, '情報システム', form), form);
    expect(column(table, '情報システム').length).toBeGreaterThan(0);
  }
  ask(`update person set name = '𠮷田　次郎' where staff_no = '${people.staff}'`);
  await page.goto(`/people?q=${people.staff}`);
  await page.getByRole('link', { name: 'CSV（Shift_JIS）で保存：職員' }).click();
  await expect(page.getByRole('row', { name: /2行 氏名 𠮷/ })).toBeVisible();
  await examine();
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: 'UTF-8で保存' }).click();
  expect(column(await content(await saved, 'CSV'), '氏名')).toEqual(['𠮷田　次郎']);
});
