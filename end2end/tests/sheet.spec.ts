// Sheets and scales: set by the officer, tried out, frozen, answered with and without JavaScript, counted, and
// compared with the sheet of the next year.
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import type { Locator, Page } from '@playwright/test';
import { press } from '../support/acts';
import { handIn, toCheck } from '../support/answer';
import { SETTINGS, beginSheet, fiscalYear, freeze, officer, openSettings, save } from '../support/sheet.steps';
import { freshSite } from '../support/site';
import { expect, test } from '../support/test';

test.describe.configure({ mode: 'serial' });
freshSite((site) => site.addUser(officer.login, officer.name, 'secretariat', officer.password));

const people = { hirano: '100402', nishikawa: '100403' };
const codes = new Map<string, string>();
const seen = { revision: '', sheet: '', edition: '', inspection: '', next: '' };
const year = fiscalYear();
const inYear = `${year}-05-01`;

const choose = (question: Locator, word: string) => question.getByText(word, { exact: true }).click();

/** Signs in with the printed code and sets a password; opens the one sheet that is owed. */
async function openOwn(page: Page, login: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByLabel('利用者ID').fill(login);
  await page.getByLabel('パスワード').fill(codes.get(login) ?? 'none');
  await press(page.getByRole('button', { name: 'サインイン' }));
  await page.locator('[name=password]').fill(officer.password);
  await page.locator('[name=again]').fill(officer.password);
  await press(page.getByRole('button', { name: '設定する' }));
  await page.getByRole('link', { name: /回答/ }).first().click();
  await expect(page).toHaveURL(/\/answer\//);
}

test('what can not be is refused beside its field; nothing entered is lost', async ({ page, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  Object.assign(seen, await beginSheet(page));
  await openSettings(page, seen.sheet, 1);
  await expect(page.getByLabel('各段階の説明')).toBeHidden();
  await page.getByLabel('尺度').selectOption('levels');
  await page.getByLabel('各段階の説明').fill('知らない\n一部\n半分\n全て');
  await page.getByLabel('目標の段階').selectOption('4');
  await save(page);
  await expect(page.getByLabel('各段階の説明')).toHaveAccessibleDescription(/5行で入力してください/);
  await expect(page.getByLabel('目標の段階')).toHaveValue('4');
  await examine();
  await shot('sheet-01-refused');
  await openSettings(page, seen.sheet, 6);
  await page.getByLabel('尺度').selectOption('percent');
  await page.getByLabel('基準', { exact: true }).fill('120');
  await save(page);
  await expect(page.getByLabel('基準', { exact: true })).toHaveAccessibleDescription(/0から100まで/);
  await page.getByLabel('基準', { exact: true }).fill('九割');
  await save(page);
  await expect(page.getByLabel('基準', { exact: true })).toHaveAccessibleDescription(/0以上の数値/);
  await page.getByLabel('基準', { exact: true }).fill('');
  await page.getByLabel('必須とする').check();
  await save(page);
  await expect(page.locator('.set .error')).toContainText('必須にできるのは、実施率に数える設問だけです');
  await expect(page.getByLabel('必須とする')).toBeChecked();
});

test('nine questions are set, each in its own way, and shown as they will look', async ({ page, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  for (const [no, fill] of SETTINGS) {
    await openSettings(page, seen.sheet, no);
    await fill(page);
    await save(page);
    await expect(page.locator('.notice[role=status]')).toContainText('設定を保存しました');
    if ([1, 7].includes(no)) await examine();
    if ([1, 7, 9].includes(no)) await shot(`sheet-02-setting-${no}`);
  }
  await openSettings(page, seen.sheet, 1);
  await expect(page.locator('.set__preview .choice')).toHaveCount(5);
  await expect(page.locator('.facts')).toContainText('4以上を実施、1を未実施、その間を一部実施と数えます。');
  await page.goto(seen.sheet);
  await expect(page.locator('tr', { hasText: '問2' })).toContainText('証跡');
  await examine();
  await shot('sheet-03-sheet');
});

test('the preview answers like the sheet, counts the minutes, and saves nothing', async ({ page, signIn, visit, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await visit(`${seen.sheet}/preview`);
  await expect(page.locator('.autosave.is-live')).toBeVisible();
  await expect(page.locator('.preview')).toContainText('設問 7問、見込み 約4分です。');
  await shot('sheet-04-preview');
  await expect(page.locator('#q9')).toBeHidden();
  await choose(page.locator('#q8'), 'はい');
  await expect(page.locator('#q9')).toBeVisible();
  await choose(page.locator('#q8'), 'いいえ');
  await expect(page.locator('#q9')).toBeHidden();
  await choose(page.locator('#q2'), '未実施');
  await expect(page.locator('#q2').getByLabel(/理由と改善の内容/)).toBeVisible();
  await page.getByLabel('窓口あり').check();
  await page.getByRole('button', { name: 'この所属として表示する' }).click();
  await expect(page.locator('#q4')).toBeVisible();
  await expect(page.locator('#q2 input:checked'), 'nothing was saved').toHaveCount(0);
  await page.locator('#q7').scrollIntoViewIfNeeded();
  await shot('sheet-04-preview-table');
  await examine();
});

test('the frozen edition is a paper of A4 and a workbook with its drop-downs', async ({ page, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await page.goto(seen.sheet);
  await freeze(page);
  await expect(page).toHaveURL(/\/editions\//);
  seen.edition = new URL(page.url()).pathname;
  await examine();
  await shot('sheet-05-edition');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '点検票のブックを保存' }).click()]);
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(await download.path());
  const texts: string[] = [];
  let lists = 0;
  book.worksheets[0].eachRow((row) => row.eachCell({ includeEmpty: true }, (cell) => {
    texts.push(String(cell.value));
    if (cell.dataValidation?.type === 'list') lists += 1;
  }));
  const all = texts.join('\n');
  expect(all).toContain('窓口の端末の画面を来庁者から見えないように置いていますか。');
  expect(all).toContain('全ての情報');
  expect(all).toContain('問8で「はい」と答えた場合だけ表示');
  expect(lists).toBeGreaterThanOrEqual(5);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('link', { name: '点検票のブックを保存' })).toBeHidden();
  await expect(page.getByText('補足説明を加える').first()).toBeHidden();
  await expect(page.locator('#i7')).toContainText('ウ 記録媒体');
  await expect(page.locator('#i9')).toContainText('理由と改善の内容を');
  const pdf = await page.pdf({ path: 'test-results/shots/sheet-05-edition.pdf', preferCSSPageSize: true, printBackground: true });
  const text = pdf.toString('latin1');
  expect(text.match(/\/Type\s*\/Page\b/g)?.length, 'pages').toBeLessThanOrEqual(2);
  expect(text).toMatch(/\/MediaBox\s*\[\s*0 0 59\d(\.\d+)? 84\d(\.\d+)?\s*\]/);
});

test('the attribute of a department is ticked, people are taken in, the inspection is sent', async ({ page, visit, signIn, shot, examine }) => {
  await signIn(officer.login, officer.password);
  await page.goto('/roster');
  await page.getByLabel('職員名簿のファイル').setInputFiles(join(import.meta.dirname, '../fixtures/roster.csv'));
  await press(page.getByRole('button', { name: '読み込んで確認する' }));
  await press(page.getByRole('button', { name: 'この内容で取り込む' }));
  await page.goto('/people/codes');
  await press(page.getByRole('button', { name: /人分を作って印刷する/ }));
  const text = await page.locator('main').innerText();
  for (const login of Object.values(people)) {
    const found = new RegExp(`([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4})\\s+利用者ID\\s+${login}`).exec(text);
    codes.set(login, found![1]);
  }
  await visit('/departments/attributes');
  await page.getByLabel('市民課 窓口あり').check();
  await press(page.getByRole('button', { name: '属性を保存する' }));
  await expect(page.getByRole('status')).toContainText('1所属の属性を改めました。');
  await expect(page.getByLabel('市民課 窓口あり')).toBeChecked();
  await examine();
  await shot('sheet-06-attributes');
  await page.goto('/inspections/new');
  await press(page.getByRole('button', { name: 'この内容で始める' }));
  await expect(page).toHaveURL(/\/inspections\/[0-9a-f-]{36}$/);
  seen.inspection = new URL(page.url()).pathname;
});

test('with JavaScript: a condition shows its question, a wrong number is refused at once, comments are asked for', async ({ page, examine, shot }) => {
  await openOwn(page, people.hirano);
  await expect(page.locator('.autosave.is-live')).toBeVisible();
  const q = (no: number) => page.locator(`#q${no}`);
  await expect(q(9)).toBeHidden();
  await choose(q(1), '3　半分程度');
  await choose(q(2), '実施');
  await q(2).getByLabel(/証跡/).fill('廃棄の記録（総務課の棚）');
  await choose(q(3), '実施');
  await choose(q(4), '実施');
  await q(5).getByRole('textbox', { name: /年月日/ }).fill(inYear);
  await q(6).getByLabel(/数値/).fill('120');
  await q(6).getByLabel(/数値/).blur();
  await expect(page.getByRole('alert')).toContainText('100％を超えています。0から100までの数値で入力してください。');
  await shot('sheet-07-wrong-number');
  await examine();
  await q(6).getByLabel(/数値/).fill('９２％');
  await q(6).getByLabel(/数値/).blur();
  await expect(page.getByRole('alert')).toHaveText('');
  for (const [row, word] of [['端末', '実施'], ['複合機', '実施'], ['記録媒体', '未実施']]) {
    await choose(q(7).getByRole('radiogroup', { name: row }), word);
  }
  await choose(q(8), 'はい');
  await expect(q(9)).toBeVisible();
  await choose(q(9), '実施');
  await expect(page.locator('.progress__count')).toContainText('／9問');
  await q(9).scrollIntoViewIfNeeded();
  await shot('sheet-07-answer');
  await expect(page.locator('.saved')).toContainText('保存済み');
  await toCheck(page);
  await page.getByRole('link', { name: '回答に戻って入力する' }).click();
  await expect(page.locator('.q--err')).toHaveCount(3);
  await expect(q(9)).toContainText('理由と改善の内容を入力してください。');
  await examine();
  await shot('sheet-07-gaps');
  for (const no of [1, 7, 9]) await q(no).locator('textarea').fill(`問${no}について、所属の台帳で確かめた。`);
  await handIn(page);
  await expect(page.locator('.title .chip')).toContainText('提出済');
  await expect(page.locator('main')).toContainText('ア 実施、イ 実施、ウ 未実施');
  await examine();
  await shot('sheet-07-done');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the form comes back with the question whose condition holds, and with one sentence for a wrong number', async ({ page, examine, shot }) => {
    await openOwn(page, people.nishikawa);
    const q = (no: number) => page.locator(`#q${no}`);
    await expect(q(9)).toBeHidden();
    await choose(q(8), 'はい');
    await press(page.getByRole('button', { name: '保存する', exact: true }));
    await expect(q(9)).toBeVisible();
    await choose(q(8), 'いいえ');
    await choose(q(1), '5　全ての情報');
    await choose(q(2), '未実施');
    await q(2).locator('textarea').fill('回収箱が遠い。12月に置く。');
    await choose(q(3), '実施');
    await choose(q(4), '一部実施');
    await q(4).locator('textarea').fill('1台の向きを変えられない。');
    await choose(q(5), 'まだ行っていない');
    await q(5).locator('textarea').fill('1月の回を受ける。');
    await q(6).getByLabel(/数値/).fill('八割');
    for (const row of ['端末', '複合機', '記録媒体']) await choose(q(7).getByRole('radiogroup', { name: row }), '実施');
    await press(page.locator('#hand-in').getByRole('button', { name: '確認へ進む' }));
    await expect(page.locator('.alert')).toContainText('問6の「八割」を数値として読み取れません。0以上の数値（小数は3桁まで）で入力してください。');
    await expect(q(2).locator('textarea')).toHaveValue('回収箱が遠い。12月に置く。');
    await expect(q(6).getByLabel(/数値/)).toHaveValue('八割');
    await expect(q(9)).toBeHidden();
    await examine();
    await shot('sheet-08-refused');
    await q(6).getByLabel(/数値/).fill('80');
    await q(6).locator('textarea').fill('訓練を受けていない者がいる。');
    await handIn(page);
    await expect(page.locator('.title .chip')).toContainText('提出済');
    await expect(page.locator('tr', { hasText: '問9' })).toContainText('対象外');
    await examine();
  });
});

test('the results count what counts, and tell what is only to know', async ({ page, visit, signIn, shot }) => {
  await signIn(officer.login, officer.password);
  await visit(`${seen.inspection}/results`);
  await expect(page.locator('.stats')).toContainText('実施 9÷15件');
  await expect(page.locator('.stats')).toContainText('60.0');
  await expect(page.locator('section', { hasText: '未実施のある必須の設問 1問' })).toContainText('細断');
  await shot('sheet-09-results');
  await page.getByRole('link', { name: '設問別', exact: false }).first().click();
  const row = (no: number) => page.locator('tr', { has: page.locator('th', { hasText: new RegExp(`問${no}$`) }) });
  await expect(row(1)).toContainText('平均 4.0');
  await expect(row(4)).toContainText('窓口');
  await expect(row(6)).toContainText('平均 86.0％（80％から92％まで、2件の回答）');
  await expect(row(7)).toContainText('ウ　実施 1、一部実施 0、未実施 1');
  await expect(row(8)).toContainText('はい 1、いいえ 1');
  await expect(row(8)).toContainText('把握のための回答 2件');
  await expect(row(9)).toContainText('対象外 1件');
  await shot('sheet-09-questions');
});

test('the sheet of the next year begins with this edition; what became of each question is said', async ({ page, visit, signIn, shot, examine }) => {
  await signIn(officer.login, officer.password);
  await visit('/sheets');
  await page.getByRole('link', { name: /準備/ }).click();
  await examine();
  await shot('sheet-10-sheets');
  await press(page.getByRole('button', { name: /職員の点検票をR\d+-職員-1から作る/ }));
  await expect(page).toHaveURL(/\/compare$/);
  await expect(page.locator('.lead-text')).toContainText('同一 9問');
  seen.next = new URL(page.url()).pathname.replace(/\/compare$/, '');

  await page.goto(seen.revision);
  await page.getByRole('navigation', { name: '条項' }).getByRole('link', { name: /端末の施錠/ }).click();
  await page.getByText('文を直す').click();
  const wording = page.locator('form', { has: page.getByRole('button', { name: '保存', exact: true }) }).filter({ visible: true });
  await wording.locator('[name=text]').fill('席を離れるときは、その都度、端末の画面を施錠していますか。');
  await wording.locator('[name=change]').selectOption('minor');
  await wording.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.locator('main')).toContainText('その都度、端末の画面を施錠');
  await page.locator('summary', { hasText: '設問を自分で書く' }).click();
  const own = page.locator('form', { has: page.getByRole('button', { name: '設問を加える' }) });
  await own.locator('[name=text]').fill('執務室を最後に出るとき、全ての端末の電源を切っていますか。');
  await own.locator('[name=role]').selectOption('staff');
  await own.getByRole('button', { name: '設問を加える' }).click();
  await expect(page.locator('main')).toContainText('全ての端末の電源を切っていますか。');

  await openSettings(page, seen.next, 1);
  await page.getByLabel('目標の段階').selectOption('5');
  await save(page);
  await expect(page.getByRole('status')).toContainText('趣旨変更として記録しました。');
  await page.goto(seen.next);
  await press(page.getByRole('button', { name: /「執務室を最後に出るとき.*を載せる/ }));
  await press(page.getByRole('button', { name: '問4を外す' }));

  await visit(`${seen.next}/compare`);
  await expect(page.locator('.lead-text')).toContainText('同一 6問、軽微修正 1問、趣旨変更 1問、新規 1問、廃止 1問');
  const line = (kind: string) => page.locator('tbody tr', { has: page.locator('.chip', { hasText: kind }) });
  await expect(line('軽微修正').locator('ins').first()).toContainText('その都度');
  await expect(line('趣旨変更')).toContainText('尺度の基準');
  await expect(line('新規')).toContainText('全ての端末の電源');
  await expect(line('廃止')).toContainText('窓口の端末');
  await shot('sheet-11-compare');
  await page.goto(seen.next);
  await freeze(page);
  await expect(page.locator('main')).toContainText('趣旨変更');
  await visit('/sheets');
  await expect(page.locator('main')).not.toContainText(`R${year + 1 - 2018}-職員-1`);
});
