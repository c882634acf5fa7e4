// A department invents a form. The officer points at its cells, keeps the layout, and the next files are read by it;
// where one departs from it the screen says how, and a word nobody knows is explained once.
import { press } from '../support/acts';
import { ask } from '../support/city.steps';
import { begin, officer, take } from '../support/intake.steps';
import { brought, keep, point, questions, touch } from '../support/layout.steps';
import { freshSite } from '../support/site';
import { expect, test } from '../support/test';

test.describe.configure({ mode: 'serial', timeout: 180_000 });
const site = freshSite();
const seen: Record<string, string> = {};
const count = () => questions().length;

test.beforeAll(() => site.addUser(officer.login, officer.name, 'secretariat', officer.password));

test('a form nobody recognises is pointed at, read at once, and kept', async ({ page, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  seen.inspection = await begin(page);
  await brought(page, seen.inspection, '税務課.xlsx', { place: '税務課', name: '古賀　一馬' });
  await expect(page.locator('main')).toContainText('ファイルを読めない');
  await page.getByRole('link', { name: '税務課.xlsxのセルを指定する' }).click();
  await expect(page.getByText('まだ読み取れません')).toBeVisible();
  await examine();
  await shot('layout-01-unknown');
  await touch(page, '見出しの行', '4');
  await touch(page, '設問文', 'B4');
  await examine();
  await touch(page, '回答', 'C');
  await expect(page.locator('.pointing__side')).toContainText(`設問${count()}件（回答あり${count()}、空欄0、読み取れない0）`);
  const refused = page.locator('#f-place-note');
  for (const [part, place, says] of [
    ['回答', 'ZZ999', '「ZZ999」はセルの番地です'],
    ['回答', 'ZZ', 'ZZ列には何もありません。このシートで使われている列は、AからEまでです。'],
    ['回答', 'D', '「回答」は、C列を指定しています。'],
    ['氏名', 'E900', 'セルE900は、このシートで使われている範囲'],
  ]) {
    await point(page, part, place);
    await expect(refused).toContainText(says);
    await expect(page.getByLabel(/^場所/)).toHaveValue(place);
  }
  await examine();
  await expect(page.locator('.pointing__side')).toContainText(`設問${count()}件（回答あり${count()}、空欄0、読み取れない0）`);
  await touch(page, '所属', 'D2');
  await touch(page, '氏名', 'E2');
  await examine();
  await shot('layout-02-pointed');
  expect(ask('select count(*) from layout')).toBe('0');
  await keep(page, '税務課の様式');
  await examine();
  await shot('layout-03-kept');
  await expect(page.locator('tbody')).toContainText('高（所属と氏名）');
  await take(page, 1);
  expect(ask('select count(*) from answer')).toBe(String(count()));
});

test('the next file is recognised, and a word nobody knows is explained in one click', async ({ page, signIn, examine, shot, visit }) => {
  await signIn(officer.login, officer.password);
  const said = (index: number) => (index === 1 || index === 3 ? '実施ずみ' : index === 4 ? '○△' : '○');
  seen.second = await brought(page, seen.inspection, '市民課.xlsx', { place: '市民課', name: '飯島　遥', said });
  await page.getByRole('link', { name: '市民課.xlsxの内容を確認する' }).click();
  await expect(page.locator('.title')).toContainText('様式「税務課の様式」で読取り');
  await expect(page.locator('main')).toContainText('「実施ずみ」（2行）は');
  await examine();
  await shot('layout-04-word');
  await press(page.getByRole('button', { name: '「実施ずみ」は○ 実施と読む' }));
  await expect(page.getByRole('status')).toContainText('2行の扱いを決めました');
  await expect(page.locator('.chip', { hasText: '要確認 1行' })).toBeVisible();
  await expect(page.getByText('「実施ずみ」（2行）は')).toHaveCount(0);
  await visit(`/intakes/files/${ask("select hex(id) from intake_file where name = '市民課.xlsx'")}`);
  const link = page.getByRole('link', { name: /「○△」を図で見る/ });
  await link.focus();
  await page.keyboard.press('Enter');
  const cell = page.locator('.drawn td:target');
  await expect(cell).toContainText('○△');
  await expect(cell).toBeInViewport();
  await cell.getByRole('link').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.pointing__side :target')).toContainText('○△');
  await visit('/layouts');
  await shot('layout-05-list');
  await page.getByRole('link', { name: '税務課の様式' }).click();
  await examine();
  await shot('layout-06-layout');
  await expect(page.getByRole('table', { name: '言葉とその読み方' })).toContainText('実施ずみ');
});

test('a file with a row put in and a heading renamed says so, and is taken when its shape is accepted', async ({ page, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  const form = { place: '福祉課', name: '七尾　さつき', said: (index: number) => (index === 0 ? '実施ずみ' : '○') };
  await brought(page, seen.inspection, '福祉課.xlsx', { ...form, inserted: '庁舎の出入口を施錠しているか。', heading: 'うちの課' });
  await page.getByRole('link', { name: '福祉課.xlsxの内容を確認する' }).click();
  const drifts = page.locator('.panel--warn');
  await expect(drifts).toContainText('「わが課」の見出しが「うちの課」に変わっています。');
  await expect(drifts).toContainText('設問「庁舎の出入口を施錠しているか。」が加わっています。');
  await expect(drifts).toContainText('行の挿入又は削除により');
  // The word of the layout is known by now.
  await expect(page.locator('tbody')).toContainText('登録した言葉による');
  await examine();
  await shot('layout-07-departs');
  await page.getByRole('link', { name: 'セルを指定する' }).click();
  await expect(page.locator('.title')).toContainText('異なる点あり');
  await examine();
  await page.goBack();
  await press(page.getByRole('button', { name: '新しい形を受け入れる' }));
  await expect(drifts).toHaveCount(0);
  await brought(page, seen.inspection, '福祉課2.xlsx', { ...form, inserted: '庁舎の出入口を施錠しているか。', heading: 'うちの課', said: () => '○' });
  await page.getByRole('link', { name: '福祉課2.xlsxの内容を確認する' }).click();
  await expect(drifts).toHaveCount(0);
  expect(ask('select count(*) from layout_version')).toBe('2');
  site.run(['tally', 'verify']);
  site.run(['ledger', 'verify']);
});

test('by keyboard the fields come before the sheet, and the sheet is one stop', async ({ page, signIn }) => {
  await signIn(officer.login, officer.password);
  await page.goto(`/intakes/files/${ask("select hex(id) from intake_file where name = '福祉課2.xlsx'")}`);
  await page.getByLabel('指定するもの').focus();
  const stops: string[] = [];
  for (let step = 0; step < 4; step += 1) {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? document.activeElement?.id ?? ''));
  }
  expect(stops.slice(1, 3)).toEqual(['指定する', 'シートの図']);
});
