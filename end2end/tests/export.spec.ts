// Tables as files: five lists of the demo city in three forms, cell against screen, and characters Shift_JIS has not.
import { expect, test } from '../support/test';
import { ask, password, people } from '../support/city.steps';
import { column, content, saveTable, shown, type Form } from '../support/export.steps';
import { freshSite } from '../support/site';

test.describe.configure({ mode: 'serial' });
const site = freshSite((site) => site.run(['demo']));
void site;

interface List {
  page: string;
  title: string;
  caption: RegExp;
  /** Column on the screen, heading in the file. */
  columns: [number, string][];
}

const lists: List[] = [
  { page: '/people?department=&q=平&show=&order=reading', title: '職員', caption: /^職員/, columns: [[1, '職員番号'], [3, '職名']] },
  { page: '/departments', title: '組織', caption: /^所属/, columns: [[0, '所属'], [2, 'コード'], [4, '職員']] },
  { page: '/systems', title: '情報システム', caption: /^情報システム/, columns: [[0, '情報システム'], [1, '所管']] },
  { page: '/improvements?show=all', title: '改善の一覧', caption: /^改善の一覧/, columns: [[0, '番号'], [2, '所属'], [3, 'もと']] },
  { page: '/results?view=questions', title: '設問別の結果', caption: /^設問ごと/, columns: [[3, '実施'], [4, '一部実施'], [5, '未実施']] },
];

for (const { page: address, title, caption, columns } of lists) {
  test(`「${title}」 holds the rows of the screen in every form`, async ({ page, signIn, visit, shot }) => {
    await signIn(people.officer, password);
    await visit(address);
    const screen = await shown(page, caption);
    expect(screen.length).toBeGreaterThan(0);
    await shot(`export-${address.split(/[/?]/)[1]}`);
    for (const form of ['Excel', 'CSV', 'CSV（Shift_JIS）'] as Form[]) {
      const file = await saveTable(page, title, form);
      expect(file.suggestedFilename()).toContain(title);
      const table = await content(file, form);
      for (const [at, heading] of columns) {
        const told = screen.map((row) => row[at].split('\n')[0]);
        expect(column(table, heading), `${form}: ${heading}`).toEqual(told);
      }
    }
  });
}

test('characters Shift_JIS has not are listed before anything is saved', async ({ page, signIn, examine, shot }) => {
  ask(`update person set name = '𠮷田　葛󠄀子' where staff_no = '${people.staff}'`);
  await signIn(people.officer, password);
  await page.goto(`/people?q=${people.staff}`);
  await page.getByRole('link', { name: 'CSV（Shift_JIS）で保存：職員' }).click();
  await expect(page.locator('h1')).toHaveText('Shift_JISで表せない文字');
  await expect(page.locator('main')).toContainText('2件あります');
  await expect(page.getByRole('row', { name: /2行 氏名 𠮷/ })).toBeVisible();
  await examine();
  await shot('export-characters');
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: '〓に置き換えてShift_JISで保存' }).click();
  const replaced = await content(await saved, 'CSV（Shift_JIS）');
  expect(column(replaced, '氏名')).toEqual(['〓田　〓子']);
  expect(column(replaced, '職員番号'), 'the same rows').toEqual([people.staff]);
  const kept = page.waitForEvent('download');
  await page.getByRole('link', { name: 'UTF-8で保存' }).click();
  expect(column(await content(await kept, 'CSV'), '氏名')).toEqual(['𠮷田　葛󠄀子']);
  await page.goto('/ledger/own');
  await expect(page.locator('main table tbody tr').first()).toContainText('表の書出し');
});

test('a head takes out the own department and nothing of the others', async ({ page, signIn }) => {
  await signIn(people.head, password);
  await page.goto('/results?view=departments');
  const screen = await shown(page, /実施率/);
  const table = await content(await saveTable(page, '所属と分野ごとの実施率', 'CSV'), 'CSV');
  const foot = await page.locator('main table.heat tfoot tr').count();
  expect(column(table, '所属')).toHaveLength(screen.length + foot);
});
