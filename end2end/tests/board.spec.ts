// The officer's board: changes by itself while an employee hands in elsewhere, filter, order, workbook, projector; then
// the next inspection as a draft, tried out with two people, and started.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { press } from '../support/acts';
import { finish, shown } from '../support/board.steps';
import { ask, day, password, people, rows, save } from '../support/city.steps';
import { freshSite } from '../support/site';
import { expect, test } from '../support/test';

test.describe.configure({ mode: 'serial', timeout: 120_000 });
const site = freshSite((site) => void site.run(['demo']));
const running = '令和8年度情報セキュリティ自己点検';
let draft = '';

const signInElsewhere = async (browser: import('@playwright/test').Browser, login: string) => {
  const context = await browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
  const page = await context.newPage();
  const goto = page.goto.bind(page);
  page.goto = (path, options) => goto(new URL(path, site.url).href, options);
  await page.goto('/sign-in');
  await page.getByLabel('利用者ID').fill(login);
  await page.getByLabel('パスワード').fill(password);
  await page.getByRole('button', { name: 'サインイン' }).click();
  await expect(page.locator('.me summary')).toBeVisible();
  return page;
};

test('the board changes without reloading and keeps focus, details and scroll', async ({ page, browser, signIn, visit, examine, shot }) => {
  await signIn(people.officer, password);
  await visit('/board');
  await expect(page.locator('.live')).toContainText('自動で更新します');
  await shot('board-01');
  await page.getByText('数値の表').click();
  const row = page.locator('tr.child', { has: page.getByRole('link', { name: '市民課', exact: true }) });
  const button = row.getByRole('link', { name: /督促/ });
  await button.focus();
  await page.evaluate(() => ((window as unknown as { mark: number }).mark = 1));
  const before = Number(await row.locator('td').nth(1).innerText());
  const scrolled = await page.evaluate(() => window.scrollY);
  expect(scrolled).toBeGreaterThan(0);

  const employee = await signInElsewhere(browser, people.staff);
  await finish(employee, running);
  await expect(row.locator('td').nth(1)).toHaveText(String(before + 1), { timeout: 20_000 });
  expect(await page.evaluate(() => (window as unknown as { mark?: number }).mark), 'not reloaded').toBe(1);
  await expect(button).toBeFocused();
  await expect(page.locator('.chart details')).toHaveAttribute('open', '');
  expect(Math.abs((await page.evaluate(() => window.scrollY)) - scrolled)).toBeLessThan(80);
  await examine();

  // The connection goes and comes back.
  await page.context().setOffline(true);
  await expect(page.locator('.live')).toContainText('接続が切れています', { timeout: 20_000 });
  await examine();
  await shot('board-02-lost');
  await page.context().setOffline(false);
  await expect(page.locator('.live')).toContainText('自動で更新します', { timeout: 20_000 });

  // Nobody asks while the tab is hidden, and somebody who signed out is told.
  await page.context().clearCookies();
  await expect(page.locator('.live')).toContainText('サインインし直してください', { timeout: 20_000 });
  await employee.context().close();
});

test('filter, order and workbook show the same', async ({ page, signIn, examine, shot }) => {
  await signIn(people.officer, password);
  await page.goto('/board');
  await page.getByRole('link', { name: /^未提出あり/ }).click();
  await page.getByLabel('並び順').selectOption({ label: '未提出の多い順' });
  await page.getByRole('button', { name: '表示', exact: true }).click();
  await expect(page).toHaveURL(/show=missing.*sort=missing/);
  const missing = (await shown(page)).map((line) => Number(line[4]));
  expect(missing.length).toBeGreaterThan(10);
  expect(missing, 'most missing first').toEqual([...missing].sort((a, b) => b - a));
  await examine();
  await shot('board-03-sorted');
  const book = await rows(await save(page, 'Excelで保存：進行状況'));
  const [head, ...lines] = [...book.values()][0];
  expect(head.slice(0, 6)).toEqual(['部', '所属', '対象', '提出済', '把握率', '未提出']);
  expect(lines.map((line) => Number(line[5]))).toEqual(missing);

  await page.getByLabel('部', { exact: true }).selectOption({ label: '市民部' });
  await page.getByRole('button', { name: '表示', exact: true }).click();
  const names = (await shown(page)).map((line) => line[0]);
  expect(names.length).toBeGreaterThan(0);
  expect(names.every((name) => name.includes('市民部')), names.join()).toBe(true);
  // Who gets it and in which words is seen before it is sent.
  await page.getByRole('link', { name: new RegExp(`表示中の${names.length}所属`) }).click();
  await expect(page.locator('h1')).toHaveText(`表示中の${names.length}所属への督促`);
  await expect(page.locator('main')).toContainText('メールの送信先が設定されていない');
  await expect(page.locator('.quote')).toContainText('件名：【再度のお願い】');
  await page.getByText('宛先の氏名を見る').click();
  await expect(page.locator('.names__place').first()).toBeVisible();
  await examine();
  await press(page.getByRole('button', { name: /この内容で\d+人に督促を送る/ }));
  await expect(page.getByRole('status').filter({ hasText: '督促を作りました' })).toBeVisible();
  await expect(page).toHaveURL(/show=missing.*sort=missing.*division=/);
  expect(await page.locator('tr[data-row]').count()).toBe(names.length);
  await examine();
  const last = ask(`select count(*) from reminder where department_id is not null and at > datetime('now', '-1 minute')`);
  expect(Number(last)).toBe(names.length);
});

test('one department is reminded after the same look, and named; a heading sorts', async ({ page, signIn, examine, shot }) => {
  await signIn(people.officer, password);
  await page.goto('/board');
  await page.getByRole('columnheader', { name: '把握率' }).getByRole('link').click();
  await expect(page.getByRole('columnheader', { name: '把握率' })).toHaveAttribute('aria-sort', 'ascending');
  const rates = (await shown(page)).map((line) => parseFloat(line[3])).filter((rate) => !Number.isNaN(rate));
  expect(rates).toEqual([...rates].sort((a, b) => a - b));
  await page.getByRole('columnheader', { name: '把握率' }).getByRole('link').click();
  await expect(page.getByRole('columnheader', { name: '把握率' })).toHaveAttribute('aria-sort', 'descending');
  const down = (await shown(page)).map((line) => parseFloat(line[3])).filter((rate) => !Number.isNaN(rate));
  expect(down).toEqual([...rates].reverse());
  const row = page.locator('tr[data-row]', { has: page.getByRole('link', { name: '市民課', exact: true }) });
  const missing = (await row.getByRole('link', { name: /^督促：市民課の未提出/ }).getAttribute('aria-label'))!.match(/(\d+)人/)![1];
  await row.getByRole('link', { name: /^督促：市民課の未提出/ }).click();
  await expect(page.locator('h1')).toHaveText('市民課への督促');
  await expect(page.locator('.names li')).toHaveCount(Number(missing));
  await examine();
  await shot('board-03-reminder');
  await press(page.getByRole('button', { name: `この内容で${missing}人に督促を送る` }));
  await expect(page.getByRole('status').filter({ hasText: `市民課の${missing}人に督促を作りました` })).toBeInViewport();
  await expect(page).toHaveURL(/sort=rate&turn=1/);
  await examine();
});

test('from a department the office goes on with it chosen; closing says what stays open', async ({ page, signIn, examine }) => {
  await signIn(people.officer, password);
  await page.goto('/board');
  await expect(page.locator('.figures dd').first()).toContainText(/\d,\d{3}/);
  await page.getByRole('link', { name: '市民課', exact: true }).click();
  await examine();
  await page.getByRole('link', { name: '期限の延長' }).click();
  await expect(page.locator('#f-department option:checked')).toHaveText(/市民課/);
  await page.goto('/board');
  await page.getByText('この点検を締め切る').click();
  const open = /回答期限はまだ過ぎていません。今締め切ると.*未提出の点検票 [\d,]+件.*所属長の確認が済んでいない所属 \d+/;
  await expect(page.locator('.ending')).toContainText(open);
});

test('the projector is legible, names nobody and changes by itself', async ({ page, browser, signIn, visit, shot }) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await signIn(people.officer, password);
  await page.goto('/board');
  await page.getByRole('link', { name: '投影用の画面' }).click();
  await expect(page.locator('.wall__rate b')).toHaveText(/^\d+\.\d$/);
  await visit(new URL(page.url()).pathname);
  const small = await page.locator('.wall__parts li').first().evaluate((line) => parseFloat(getComputedStyle(line).fontSize));
  expect(small, 'at least 1/30 of the height').toBeGreaterThanOrEqual(36);
  const high = await page.evaluate(() => document.documentElement.scrollHeight);
  expect(high, 'everything fits on the wall').toBeLessThanOrEqual(1080);
  await expect(page.locator('main')).not.toContainText('立花');
  await shot('board-04-projector');
  const rate = await page.locator('.wall__counts b').first().innerText();
  const other = await signInElsewhere(browser, '198807'); // 桐山, who has not handed in
  await finish(other, running);
  await expect(page.locator('.wall__counts b').first()).not.toHaveText(rate, { timeout: 20_000 });
  await other.context().close();
});

test('a draft is refused, kept, changed and tried out', async ({ page, signIn, visit, examine, shot }) => {
  await signIn(people.officer, password);
  await page.goto('/board');
  await page.getByRole('link', { name: '次の点検・下書き' }).click();
  await page.getByLabel('名称', { exact: false }).first().fill('令和8年度冬の点検');
  await page.getByLabel('「一部実施」の重み').fill('2');
  await press(page.getByRole('button', { name: '下書きとして保存する' }));
  await expect(page.locator('.error')).toContainText('0から1まで');
  await examine();
  await page.getByLabel('「一部実施」の重み').fill('0.25');
  await page.getByLabel('対象期間').fill('令和8年4月から9月まで');
  await press(page.getByRole('button', { name: '下書きとして保存する' }));
  await expect(page.getByRole('status')).toContainText('下書きを保存しました');
  draft = new URL(page.url()).pathname;
  await expect(page.getByLabel('「一部実施」の重み')).toHaveValue('0.25');
  await examine();
  await page.getByLabel('問合せ先', { exact: false }).fill('総務課（内線1）');
  await press(page.getByRole('button', { name: '下書きとして保存する' }));
  await expect(page.getByLabel('問合せ先', { exact: false })).toHaveValue('総務課（内線1）');

  await page.getByLabel(/参加する職員の職員番号/).fill('999999');
  await press(page.getByRole('button', { name: '試行を始める' }));
  await expect(page.locator('.error')).toContainText('999999');
  await examine();
  await page.getByLabel(/参加する職員の職員番号/).fill(`${people.staff}\n${people.head}`);
  await press(page.getByRole('button', { name: '試行を始める' }));
  await expect(page.locator('#rehearsal tbody tr')).toContainText('実施中');
  await examine();
  await shot('board-05-draft');
  await visit('/inspections/new');
  await expect(page.getByRole('region', { name: '下書き' })).toContainText('令和8年度冬の点検');
});

test('a pilot answers and remarks; the officer reads it; the start leaves nothing of it', async ({ page, signIn, visit, examine, shot }) => {
  await signIn(people.staff, password);
  await page.goto('/');
  await expect(page.locator('main')).toContainText('【試行】令和8年度冬の点検');
  await page.locator('main li', { hasText: '【試行】' }).getByRole('link', { name: /回答/ }).click();
  await expect(page.getByRole('note')).toContainText('これは試行です');
  await page.locator('#q1').getByText('一部実施', { exact: true }).click();
  await page.locator('#q1 textarea').first().fill('「端末」にスマートフォンを含むか分かりにくい。');
  await page.locator('#q1 textarea').first().blur();
  await expect(page.locator('.saved')).toContainText('保存済み');
  await shot('board-06-pilot');
  await finish(page, '【試行】');

  await signIn(people.officer, password);
  await visit(draft);
  await expect(page.locator('#rehearsal tbody tr td').nth(2)).toHaveText('1');
  await page.getByRole('link', { name: /回答と備考/ }).click();
  await expect(page.locator('main')).toContainText('スマートフォンを含むか分かりにくい');
  await examine();
  await shot('board-07-remarks');
  await page.goto('/results');
  await expect(page.locator('main')).not.toContainText('試行');

  await visit(draft);
  await page.getByLabel('基準日', { exact: false }).fill(day(0));
  await page.getByLabel('開始日', { exact: false }).fill(day(0));
  await press(page.getByRole('button', { name: 'この内容で始める' }));
  await expect(page.locator('h1')).toContainText('令和8年度冬の点検');
  await expect(page.locator('.figures dd').nth(1)).toContainText('0');
  await examine();
  await visit(draft);
  await expect(page.locator('.title .chip')).toContainText('開始済');
  await expect(page.locator('#rehearsal tbody tr')).toContainText('終了');
  await signIn(people.staff, password);
  await page.goto('/');
  await expect(page.locator('main')).not.toContainText('【試行】');
  await expect(page.locator('main li', { hasText: '令和8年度冬の点検' })).toContainText(/0／\d+問/);
});

test('a sheet of paper carries its number beside the questions', async ({ page, signIn, examine, shot }) => {
  await signIn(people.officer, password);
  await page.goto('/board');
  await page.getByRole('link', { name: '確認票の番号' }).click();
  await page.getByLabel('職員番号').fill(people.staff);
  await page.locator('#with-person').selectOption({ label: '番号と設問（紙に記入してもらう）' });
  await press(page.getByRole('button', { name: '1人分を作って印刷する' }));
  const paper = page.locator('.paper--own');
  await expect(paper).toHaveCount(1);
  await expect(paper.locator('.code')).toHaveText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  expect(await paper.locator('.boxes').count()).toBeGreaterThan(5);
  await examine();
  await shot('board-08-paper');
  const code = await paper.locator('.code').innerText();
  await page.emulateMedia({ media: 'print' });
  await page.pdf({ path: 'test-results/shots/board-paper.pdf', preferCSSPageSize: true });
  await page.emulateMedia({ media: 'screen' });
  await page.context().clearCookies();
  await page.goto('/kiosk');
  await page.getByLabel(/番号/).fill(code);
  await press(page.getByRole('button', { name: /開く|回答|始め/ }).first());
  await expect(page).toHaveURL(/\/answer\//);
});

test('a start of more than two thousand shows how far it is, and a large department stands in pages', async ({ page, signIn, visit, examine, shot }) => {
  const person = (_: unknown, at: number) => `7${String(at).padStart(5, '0')},職員　番号${at},てすと,市立病院看護部,主事,正規`;
  const file = join(site.data, 'meibo.csv');
  writeFileSync(file, ['職員番号,氏名,ふりがな,所属,職名,雇用区分', ...Array.from({ length: 2_100 }, person)].join('\n'));
  site.run(['roster', 'import', '--since', day(-10), '--keep-missing', '--max-changes', '5000', file]);
  await signIn(people.officer, password);
  await visit('/inspections/new');
  await page.getByLabel('名称').fill('病院を含む点検');
  await page.getByLabel('開始日').fill(day(0));
  await press(page.getByRole('button', { name: 'この内容で始める' }));
  const told = page.getByRole('status').filter({ hasText: '点検票を配付しています' });
  await expect(told).toContainText(/3,\d{3}件のうち2,000件を配付済み/);
  await expect(told.getByRole('progressbar', { name: '配付の進み具合' })).toBeVisible();
  await shot('board-09-handing-out');
  await expect(told, 'it goes by itself').toHaveCount(0, { timeout: 60_000 });
  await page.getByRole('link', { name: '市立病院看護部', exact: true }).click();
  await expect(page.locator('#people tbody tr')).toHaveCount(200);
  await page.getByRole('link', { name: '次のページ' }).click();
  await expect(page.locator('.pager')).toContainText('2／11ページ');
  await expect(page.locator('#people tbody tr')).toHaveCount(200);
  await examine();
  await shot('board-10-pages');
});
