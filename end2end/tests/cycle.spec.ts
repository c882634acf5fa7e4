// The whole cycle on a fresh database, in the order of the year: from the policy's sentence to its amendment.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import type { Page } from '@playwright/test';
import { firstSignIn, press } from '../support/acts';
import { handIn } from '../support/answer';
import { freeze } from '../support/sheet.steps';
import { freshSite } from '../support/site';
import { expect, test } from '../support/test';

test.describe.configure({ mode: 'serial' });
const site = freshSite();

const fixture = (name: string) => join(import.meta.dirname, '../fixtures', name);
const password = 'なぎはらの海は青い2026';
const officer = '100202';
const people = { shimin: '100401', hirano: '100402', nishikawa: '100403', takanashi: '100404', auditor: '100501', somu: '100301' };
/** One-time codes as printed, by staff number. */
const codes = new Map<string, string>();
/** Addresses found on the way. */
const seen: Record<string, string> = {};

test.beforeAll(() => site.addUser(officer, '椎名　航平', 'secretariat', password));

test('1: a policy becomes a tree of clauses; what is no policy is refused with a sentence', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer, password);
  await visit('/policies');
  await page.getByLabel(/ポリシーの本文/).setInputFiles({ name: 'policy.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj') });
  await press(page.getByRole('button', { name: '取り込む' }));
  await expect(page.getByRole('alert')).toContainText('PDF');
  await page.getByLabel(/ポリシーの本文/).setInputFiles(fixture('policy.md'));
  await press(page.getByRole('button', { name: '取り込む' }));
  await expect(page).toHaveURL(/\/policies\/[0-9a-f-]{36}$/);
  seen.revision = new URL(page.url()).pathname;
  await expect(page.getByRole('navigation', { name: '条項' })).toContainText('端末の持出し');
  await expect(page.getByText(/このポリシーだけでは、職員 \d+問・所属長 \d+問・システム管理者 \d+問/)).toBeVisible();
  await examine();
  await shot('cycle-01-policy');
});

test('2: proposals are accepted, rejected with a reason, taken back, and a question is added by hand', async ({ page, visit, signIn }) => {
  await signIn(officer, password);
  await visit(seen.revision);
  await page.getByRole('link', { name: '次の案を決める' }).click();
  const [said, live] = [page.locator('.workbench > .said'), page.locator('.workbench.is-live')];
  await live.waitFor();
  await page.getByRole('button', { name: /案1を ?採用/ }).click();
  await expect(said).toContainText('採用');
  const rejected = new URL(page.url()).pathname;
  await page.keyboard.press('r');
  await page.getByRole('button', { name: '実施手順で確認' }).first().click();
  await expect(said).toContainText('却下');
  await visit(rejected);
  await live.waitFor();
  await page.getByRole('button', { name: /案1の処理を取り消す/ }).click();
  await expect(said).toContainText('取り消しました');
  await visit(seen.revision);
  await page.getByRole('link', { name: /まとめて採用/ }).click();
  await press(page.getByRole('button', { name: /件を採用する/ }));
  await expect(page.locator('main')).toContainText('まだ決めていない案0件');
  await visit(rejected);
  await page.locator('summary', { hasText: '設問を自分で書く' }).click();
  const own = page.locator('form', { has: page.getByRole('button', { name: '設問を加える' }) });
  await own.locator('[name=text]').fill('所属では、台帳を毎年度見直していますか。');
  await own.locator('[name=role]').selectOption('manager');
  await own.getByRole('button', { name: '設問を加える' }).click();
  await expect(page.locator('main')).toContainText('所属では、台帳を毎年度見直していますか。');
});

test('3: the sheets of three roles are frozen as editions', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer, password);
  for (const role of ['職員', '所属長', 'システム管理者']) {
    await visit('/sheets');
    await press(page.getByRole('button', { name: `${role}の点検票を作る` }));
    await expect(page).toHaveURL(/\/sheets\/[0-9a-f-]{36}$/);
    await examine();
    if (role === '職員') await shot('cycle-03-sheet');
    await freeze(page);
    await expect(page).toHaveURL(/\/editions\//);
    await examine();
  }
  await shot('cycle-03-edition');
});

test('4: a roster is seen before it is taken; the bad row is named; codes are printed', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer, password);
  await visit('/roster');
  await page.getByLabel('職員名簿のファイル').setInputFiles(fixture('roster.csv'));
  await press(page.getByRole('button', { name: '読み込んで確認する' }));
  await expect(page).toHaveURL(/\/roster\/imports\//);
  await expect(page.locator('main')).toContainText('12行');
  await examine();
  await shot('cycle-04-preview');
  await press(page.getByRole('button', { name: 'この内容で取り込む' }));
  await visit('/people/codes');
  await press(page.getByRole('button', { name: /人分を作って印刷する/ }));
  await examine();
  await shot('cycle-04-codes');
  const text = await page.locator('main').innerText();
  for (const login of Object.values(people)) {
    const found = new RegExp(`([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4})\\s+利用者ID\\s+${login}`).exec(text);
    expect(found, `a code for ${login}`).not.toBeNull();
    codes.set(login, found![1]);
  }
  await visit('/people');
  await page.getByRole('link', { name: /久保田/ }).click();
  await page.locator('[name=role]').selectOption({ label: '監査人' });
  await press(page.getByRole('button', { name: '役割を付与する' }));
  await expect(page.locator('main')).toContainText('監査人');
  await examine();
});

test('5: an inspection starts and everybody has a target', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer, password);
  for (const path of ['/board', '/inspections/new']) await visit(path);
  await page.getByLabel('開始日').fill(new Date().toLocaleDateString('sv', { timeZone: 'Asia/Tokyo' })); // not the next working day
  await shot('cycle-05-new');
  await press(page.getByRole('button', { name: 'この内容で始める' }));
  await expect(page).toHaveURL(/\/inspections\/[0-9a-f-]{36}$/);
  seen.inspection = new URL(page.url()).pathname;
  await examine();
  await shot('cycle-05-board');
  await expect(page.locator('table')).toContainText('市民課');
});

test('6: an employee answers; each answer is saved as it is given; the sheet is handed in', async ({ page, visit, examine, shot }) => {
  await firstSignIn(page, people.hirano, codes.get(people.hirano), password);
  await examine();
  await shot('cycle-06-landing');
  await page.getByRole('link', { name: /回答/ }).first().click();
  await expect(page).toHaveURL(/\/answer\//);
  seen.answer = new URL(page.url()).pathname;
  await examine();
  const questions = page.locator('fieldset.q');
  const count = await questions.count();
  expect(count).toBeGreaterThan(2);
  await questions.nth(0).getByText('未実施').click();
  await expect(page.locator('.saved')).toContainText('保存');
  await questions.nth(0).locator('textarea').fill('机が離れており、施錠を忘れることがあった。</textarea><script>alert(1)</script>');
  await questions.nth(0).locator('textarea').blur();
  for (let n = 1; n < count; n += 1) {
    await questions.nth(n).getByText('実施', { exact: true }).click();
  }
  await expect(page.locator('.progress__count')).toContainText(`${count}`);
  await shot('cycle-06-answer');
  await expect(page.locator('.saved')).toContainText('保存済み');
  await page.waitForTimeout(1500);
  await page.reload();
  await expect(page.locator('fieldset.q').nth(0).locator('textarea')).toHaveValue(/施錠を忘れる.*<script>/);
  await handIn(page);
  await expect(page.locator('.title .chip')).toContainText('提出済');
  await examine();
  await shot('cycle-06-done');
  await visit('/');
});

test('6: somebody else cannot open the sheet', async ({ page }) => {
  await firstSignIn(page, people.nishikawa, codes.get(people.nishikawa), password);
  const response = await page.goto(seen.answer);
  expect(response!.status()).toBe(404);
});

test('13: an empty form goes out, is filled in with another program, and gives the same answers', async ({ page, signIn, examine, visit }) => {
  await signIn(people.nishikawa, password);
  await visit('/');
  await page.getByRole('link', { name: /回答/ }).first().click();
  await page.getByText('Excelで回答する').click();
  const link = page.locator('a[href^="/download/form/"]').first();
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(await download.path());
  const sheet = book.worksheets[0];
  let column = 0;
  let filled = 0;
  sheet.eachRow((row) => {
    if (!column) row.eachCell((cell, number) => { if (/^回答/.test(String(cell.value))) column = number; });
    else if (typeof row.getCell(1).value === 'number') {
      row.getCell(column).value = '〇';
      filled += 1;
    }
  });
  expect(filled).toBeGreaterThan(2);
  const buffer = Buffer.from(await book.xlsx.writeBuffer());
  await page.getByLabel('記入した点検票のファイル').setInputFiles({ name: '点検票.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer });
  await press(page.getByRole('button', { name: '読み込む' }));
  await expect(page.locator('fieldset.q input[value=done]:checked')).toHaveCount(filled);
  await examine();
  await handIn(page);
  await expect(page.locator('.title .chip')).toContainText('提出済');
});

test('7: the head sees who is missing, returns a sheet with a reason, and confirms', async ({ page, examine, shot, signIn }) => {
  await firstSignIn(page, people.shimin, codes.get(people.shimin), password);
  await examine();
  await shot('cycle-07-landing');
  const inspection = seen.inspection.split('/').pop();
  await page.locator(`a[href*="/inspections/${inspection}/departments/"]`).first().click();
  seen.department = new URL(page.url()).pathname;
  await expect(page.locator('main')).toContainText('髙梨');
  await examine();
  await shot('cycle-07-department');
  const row = page.locator('tr', { hasText: '平野' });
  await row.getByText('差し戻す').first().click();
  await row.getByLabel('差戻しの理由').fill('改善の予定を書いてください。');
  await press(row.getByRole('button', { name: /差し戻す/ }));
  await expect(page.locator('main')).toContainText('差戻し');
  await signIn(people.hirano, password);
  await page.goto(seen.answer);
  await expect(page.locator('main')).toContainText('改善の予定を書いてください。');
  await page.locator('fieldset.q').first().locator('textarea').fill('机が離れており、施錠を忘れることがあった。12月に自動施錠を設定する。');
  await handIn(page);
  await expect(page.locator('.title .chip')).toContainText('提出済');
  await signIn(people.shimin, password);
  await page.goto(seen.department);
  const note = page.locator('[name=note]');
  if (await note.count()) await note.first().fill('残る1人は休職中のため。');
  // The reason for confirming the own sheet is never written for the head.
  const own = page.locator('[name=own_reason]');
  if (await own.count()) await own.fill('ほかに確認する者がいないため。');
  await press(page.getByRole('button', { name: '確認する' }));
  await expect(page.locator('main')).toContainText('確認');
  await examine();
});

test('8: only the missing are reminded; the messages can be read', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer, password);
  await visit(seen.inspection);
  await shot('cycle-08-board');
  await page.getByRole('link', { name: /未提出の\d+人に督促/ }).click();
  await press(page.getByRole('button', { name: /この内容で\d+人に督促を送る/ }));
  await visit('/outbox');
  await expect(page.locator('main')).toContainText('髙梨');
  await expect(page.locator('main')).not.toContainText('西川　拓也');
  await examine();
  await shot('cycle-08-outbox');
});

test('9: results show rates with their formulas, and a figure opens the answers behind it', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer, password);
  await visit('/results');
  await expect(page).toHaveURL(/results/);
  await expect(page.locator('main')).toContainText('把握率');
  await shot('cycle-09-results');
  await page.locator('.heat td a').first().click();
  await expect(page).toHaveURL(/\/answers\?/);
  await examine();
  await shot('cycle-09-answers');
});

test('10: an auditor is refused for the own department, marks another one and reports a finding', async ({ page, visit, examine, shot }) => {
  await firstSignIn(page, people.auditor, codes.get(people.auditor), password);
  await visit('/audits');
  await page.getByLabel('監査する所属').selectOption({ label: '会計課' });
  await page.getByLabel('往査日').fill('2026-11-20');
  await page.getByLabel('監査の目的').fill('端末の管理の状況を確かめる。');
  await press(page.getByRole('button', { name: '監査を始める' }));
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('監査の目的')).toHaveValue('端末の管理の状況を確かめる。');
  const shimin = page.getByLabel('監査する所属').locator('option', { hasText: '市民課' });
  await page.getByLabel('監査する所属').selectOption((await shimin.getAttribute('value'))!);
  await press(page.getByRole('button', { name: '監査を始める' }));
  await expect(page).toHaveURL(/\/audits\/[0-9a-f-]{36}/);
  seen.audit = new URL(page.url()).pathname;
  await examine();
  await page.locator('a[href*="item="]').first().click();
  await page.locator('input[name=value][value=not_done]').check();
  await page.getByLabel('確認した事実').fill('抽出した5台のうち2台が施錠されていなかった。');
  await press(page.getByRole('button', { name: '評価を記録する' }));
  await examine();
  await shot('cycle-10-mark');
  await page.getByText('この設問について指摘を記録する').click();
  await page.locator('input[name=grade][value=minor]').check();
  await page.locator('[name=title]').fill('端末の施錠');
  await page.locator('[name=fact]').fill('5台のうち2台が施錠されていなかった。');
  await page.locator('[name=criterion]').fill('職員等は、席を離れるときは、端末を施錠しなければならない。');
  await page.locator('[name=effect]').fill('権限のない者に操作されるおそれがある。');
  await page.locator('[name=recommendation]').fill('自動で施錠する設定を全台に行うこと。');
  await press(page.getByRole('button', { name: '指摘を記録する' }));
  await page.goto(`${seen.audit}/report`);
  await examine();
  await page.getByLabel('文書番号').fill('凪監第12号');
  await page.getByLabel('総評').fill('端末の施錠に不備が認められた。改善を求める。');
  await press(page.getByRole('button', { name: '報告書を発行する' }));
  await expect(page.locator('main')).toContainText('凪監第12号');
  await examine();
  await shot('cycle-10-report');
});

test('11: the finding becomes an improvement: planned, done, and verified by somebody else', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(people.auditor, password);
  await page.goto(seen.audit);
  await page.locator('a[href^="/findings/"]').first().click();
  await examine();
  seen.finding = new URL(page.url()).pathname;
  await page.goto(`/improvements/new?finding=${seen.finding.split('/').pop()}`);
  await press(page.getByRole('button', { name: '改善として登録する' }));
  await expect(page).toHaveURL(/\/improvements\/[0-9a-f-]{36}$/);
  seen.improvement = new URL(page.url()).pathname;
  await signIn(people.shimin, password);
  await visit(seen.improvement);
  await page.getByLabel('原因').fill('自動施錠の設定が端末ごとに任せられていた。');
  await page.getByLabel('改善の内容').fill('全台に自動施錠を設定する。');
  await page.getByLabel('期限').fill('2027-01-29');
  await press(page.locator('main form .btn--main'));
  await page.getByLabel('実施した内容').fill('12月10日に全台へ設定し、一覧で確かめた。');
  await press(page.getByRole('button', { name: '完了を報告する' }));
  await signIn(people.auditor, password);
  await visit(seen.improvement);
  await page.getByLabel('確かめた方法と結果').fill('5台を抽出し、いずれも施錠されることを確かめた。');
  await press(page.getByRole('button', { name: '完了を確認する' }));
  await expect(page.locator('main')).toContainText('確認済');
  await examine();
  await shot('cycle-11-improvement');
  await visit('/improvements');
});

test('11: a × answer picked by the head becomes an improvement that stays visible', async ({ page, visit, signIn, examine }) => {
  await signIn(people.shimin, password);
  await page.goto(seen.department);
  await page.locator('tr', { hasText: '平野' }).locator('a[href^="/responses/"]').first().click();
  await examine();
  await page.locator('a[href^="/improvements/new"]').first().click();
  await press(page.getByRole('button', { name: '改善として登録する' }));
  await expect(page).toHaveURL(/\/improvements\/[0-9a-f-]{36}$/);
  await expect(page.locator('h1')).toContainText(/R\d+-自-001/);
  await examine();
});

test('12: what speaks against a clause leads to an amendment, a decision and the table of old and new', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer, password);
  await visit('/review');
  await shot('cycle-12-review');
  await page.locator('a[href^="/review/clauses/"]').first().click();
  await examine();
  await page.getByLabel('改正後の条文').fill('職員等は、席を離れるときは、端末を施錠し、又は自動で施錠する設定を行わなければならない。');
  await page.getByLabel('改正の理由').fill('手で施錠するだけでは守られないため。');
  const ground = page.locator('main input[type=checkbox]').first();
  if (await ground.count()) await ground.check();
  else await page.getByLabel('根拠となる数値又は事実').fill('実施率が低い。');
  await press(page.getByRole('button', { name: '改正案を作成する' }));
  await expect(page).toHaveURL(/\/amendments\/[0-9a-f-]{36}$/);
  await page.getByLabel('会議の名称').fill('令和8年度第2回情報セキュリティ委員会');
  await press(page.getByRole('button', { name: '採択を記録する', exact: true }));
  await expect(page.locator('main')).toContainText('採択');
  await examine();
  await shot('cycle-12-amendment');
  await visit('/amendments/table');
  await expect(page.locator('table')).toContainText('自動で施錠する');
  await shot('cycle-12-table');
});

test('13: the results go out as a workbook with the values of the screen', async ({ page, visit, signIn }) => {
  await signIn(officer, password);
  await visit('/results');
  const screen = await page.locator('.stats').innerText();
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[href^="/download/results/"]').click()]);
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(await download.path());
  expect(book.worksheets.map((sheet) => sheet.name)).toContain('課別×分野');
  const values: number[] = [];
  book.getWorksheet('部別×分野')!.eachRow((row) => row.eachCell((cell) => { if (typeof cell.value === 'number') values.push(cell.value); }));
  const rate = /実施率[\s\S]*?(\d+\.\d)/.exec(screen)![1];
  expect(values.map((value) => (value * 100).toFixed(1))).toContain(rate);
});

test('14: everything is in the ledger; an altered row is named', async ({ page, visit, signIn, shot }) => {
  await signIn(officer, password);
  await visit('/ledger');
  await shot('cycle-14-ledger');
  expect(site.run(['ledger', 'verify'])).toContain('書換え、削除、並べ替えはありません');
  expect(site.run(['tally', 'verify'])).toContain('確かめました');
  await page.goto('about:blank');
  await site.stop();
  const statement = `UPDATE event SET actor_name = '別の人' WHERE kind = 'finding.recorded'`;
  execFileSync('sqlite3', [join(site.data, 'minaoshi.db'), statement]);
  let said = '';
  try {
    site.run(['ledger', 'verify']);
  } catch (error) {
    said = String((error as { stderr: string }).stderr);
  }
  expect(said).toContain('書き換えられています');
  expect(said).toContain('finding');
});
