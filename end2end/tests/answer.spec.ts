// Answering one's own sheet in the demo city: files, last year's answers, the keyboard, a connection that is cut, two
// windows, the check before handing in, the receipt.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { toCheck } from '../support/answer';
import { press } from '../support/acts';
import { ask } from '../support/city.steps';
import { freshSite } from '../support/site';
import { expect, test } from '../support/test';

test.describe.configure({ mode: 'serial' });
const site = freshSite((site) => void site.run(['demo']));

const password = 'minaoshi-demo';
const [officer, head, employee] = ['201503', '199521', '201709'];
const name = '令和8年度臨時自己点検';
const seen: Record<string, string> = {};
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const file = (name: string, content: Buffer | string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });

const q = (page: Page, no: number) => page.locator(`#q${no}`);
const saved = (page: Page) => expect(page.locator('.saved')).toContainText('保存済み');
const choose = (question: Locator, word: string) => question.getByText(word, { exact: true }).click();

/** Opens the sheet and waits until the island is awake. */
async function open(page: Page): Promise<void> {
  await page.goto(seen.answer);
  await page.locator('.autosave.is-live').waitFor();
}

test('the office starts an inspection; the employee finds the sheet', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer, password);
  await visit('/inspections/new');
  await page.getByLabel('名称').fill(name);
  await press(page.getByRole('button', { name: 'この内容で始める' }));
  seen.inspection = new URL(page.url()).pathname;
  await signIn(employee, password);
  await page.locator('li', { hasText: name }).getByRole('link', { name: /回答/ }).click();
  seen.answer = new URL(page.url()).pathname;
  await page.locator('.autosave.is-live').waitFor();
  await examine();
  await shot('answer-01-begin');
});

test('last year\'s answer is taken over for one question, is marked, and loses the mark when it is changed', async ({ page, signIn, examine, shot }) => {
  await signIn(employee, password);
  await open(page);
  const offered = page.locator('fieldset.q', { has: page.getByRole('button', { name: /前年と同じ/ }) });
  await expect(page.locator('fieldset.q [data-carry]')).not.toHaveCount(0);
  seen.carried = (await offered.first().getAttribute('id'))!;
  const one = page.locator(`#${seen.carried}`);
  await expect(one.getByText('前年から引継ぎ')).toBeHidden();
  await one.getByRole('button', { name: /前年と同じ/ }).click();
  await saved(page);
  await expect(page.locator('.choices input:checked'), 'only this one').toHaveCount(1);
  await page.reload();
  await expect(one.getByText('前年から引継ぎ')).toBeVisible();
  await expect(one.getByRole('button', { name: /前年と同じ/ })).toBeHidden();
  await one.scrollIntoViewIfNeeded();
  await shot('answer-02-carried');
  await examine();
  // Last year's words stand only where a chip says that they were others.
  const reworded = page.locator('fieldset.q', { hasText: '前年度の設問' });
  await expect(reworded).toHaveCount(await reworded.filter({ hasText: /設問が変わりました|表現が変わりました/ }).count());
  // Nothing changes for a question that was reworded in its meaning.
  await expect(page.locator('fieldset.q', { hasText: '設問が変わりました' }).locator('[data-carry]')).toHaveCount(0);
  await page.locator('.autosave.is-live').waitFor();
  await one.locator('input[data-choice]:not([data-last])').first().click();
  await expect(one.getByText('前年から引継ぎ')).toBeHidden();
  // What is answered is never overwritten: the button is gone, and the same answer is called so.
  await expect(one.getByRole('button', { name: /前年と同じ/ })).toBeHidden();
  await expect(one.getByText('前年と同じ回答')).toBeHidden();
  await one.locator('input[data-last]').click();
  await expect(one.getByText('前年と同じ回答')).toBeVisible();
  await one.locator('input[data-choice]:not([data-last])').first().click();
  await saved(page);
  await page.reload();
  await expect(one.getByText('前年から引継ぎ')).toBeHidden();
});

test('several files are attached with their progress; a wrong kind is refused by its content; one is taken off', async ({ page, signIn, examine, shot }) => {
  await signIn(employee, password);
  await open(page);
  const question = q(page, 2);
  await question.getByText('証跡を添付').click();
  await question.locator('input[type=file]').setInputFiles([
    file('台帳の写し.pdf', '%PDF-1.7\n台帳'),
    file('棚の写真.png', png),
    file('プログラム.pdf', 'MZ\x90\0'),
  ]);
  const list = question.locator('[data-files] li');
  await expect(list).toHaveCount(2);
  await expect(question.locator('.error')).toContainText('「プログラム.pdf」は添付できません。');
  await question.scrollIntoViewIfNeeded();
  await shot('answer-03-files');
  await examine();
  // Dropped on the question, the second time the same content.
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['%PDF-1.7\n鍵'], '鍵の管理簿.pdf', { type: 'application/pdf' }));
    return data;
  });
  await question.dispatchEvent('dragover', { dataTransfer: transfer });
  await expect(question).toHaveAttribute('data-over', '');
  await question.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(list).toHaveCount(3);
  await expect(question).not.toHaveAttribute('data-over', '');
  const [download] = await Promise.all([page.waitForEvent('download'), list.first().getByRole('link').click()]);
  expect(download.suggestedFilename()).toBe('台帳の写し.pdf');
  const headers = (await page.request.get(new URL((await list.first().getByRole('link').getAttribute('href'))!, site.url).href)).headers();
  expect([headers['content-disposition'].split(';')[0], headers['x-content-type-options']]).toEqual(['attachment', 'nosniff']);
  await press(list.nth(1).getByRole('button', { name: /外す/ }));
  await expect(page).toHaveURL(/#q2$/);
  await expect(list).toHaveCount(2);
  await expect(question).not.toContainText('棚の写真.png');
});

test('with the keyboard alone: numbers answer, n goes to the next open question, brackets to the chapters; not while writing', async ({ page, signIn }) => {
  await signIn(head, password);
  await page.locator('li', { hasText: name }).getByRole('link', { name: /回答/ }).first().click();
  await page.locator('.autosave.is-live').waitFor();
  const first = page.locator('fieldset.q').first();
  await first.locator('input[data-choice]').first().focus();
  await page.keyboard.press('3');
  await expect(first.locator('input[data-choice]').nth(2)).toBeChecked();
  // The reason is required now: the key leads there, where keys are text, and Escape leads back.
  await expect(first.locator('textarea')).toBeFocused();
  await expect(first.locator('input[type=date]'), 'with the day in sight').toBeInViewport();
  await page.keyboard.type('n1 [ ]');
  await expect(first.locator('textarea')).toHaveValue('n1 [ ]');
  await page.keyboard.press('Escape');
  await expect(first.locator('input[data-choice]').nth(2)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(first.locator('input[data-choice]').nth(1)).toBeChecked();
  await page.keyboard.press('n');
  const inside = () => page.evaluate(() => document.activeElement?.closest('fieldset.q')?.id ?? '');
  const second = await page.locator('fieldset.q').nth(1).getAttribute('id');
  expect(await inside()).toBe(second);
  await page.keyboard.press('1');
  await page.keyboard.press('n');
  expect(await inside()).toBe(await page.locator('fieldset.q').nth(2).getAttribute('id'));
  await page.keyboard.press(']');
  const begins = (at: number) => page.locator('section.chapter').nth(at).locator('fieldset.q').first().getAttribute('id');
  expect(await inside(), 'from the second chapter to the third').toBe(await begins(2));
  await page.keyboard.press('[');
  expect(await inside()).toBe(await begins(1));
  await saved(page);
  // Coming back: the link to where one was takes the focus along, and the keys work at once.
  await page.reload();
  await page.locator('.autosave.is-live').waitFor();
  const link = page.getByRole('link', { name: /^続きから/ }).first();
  const next = (await link.getAttribute('href'))!.slice(1);
  await link.focus();
  await page.keyboard.press('Enter');
  await expect.poll(inside).toBe(next);
  await page.keyboard.press('1');
  await expect(page.locator(`#${next} input[data-choice]`).first()).toBeChecked();
  // When nothing is open any more n leads to the button and says so.
  for (let left = await page.locator('fieldset.q[data-open]').count(); left > 0; left -= 1) {
    await page.keyboard.press('n');
    await page.keyboard.press('1');
  }
  await expect(page.locator('fieldset.q[data-open]')).toHaveCount(0);
  await page.keyboard.press('n');
  await expect(page.locator('.progress').getByRole('button', { name: '確認へ進む' })).toBeFocused();
  await expect(page.locator('.progress .left')).toHaveText('すべて回答済みです。確認へ進んでください');
  await expect(page.locator('.progress [role=status][data-told]')).toHaveText('すべて回答済みです。確認へ進んでください');
  await saved(page);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/check$/);
});

test('a cut connection is said, nothing is lost by closing the window, and everything is sent when it returns', async ({ page, context, signIn, shot }) => {
  await signIn(employee, password);
  await open(page);
  await context.setOffline(true);
  await choose(q(page, 3), '未実施');
  await q(page, 3).locator('textarea').fill('回線が切れている間に書いた理由。');
  await expect(page.getByRole('alert')).toContainText('接続が切れています。回答はこの端末に残っています');
  await expect(page.locator('.saved')).toContainText('接続が切れています');
  await shot('answer-04-offline');
  // Leaving warns.
  const asked = page.waitForEvent('dialog');
  const closing = page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await closing;
  await context.setOffline(false);
  await expect(page.getByRole('alert')).toHaveText('', { timeout: 20_000 });
  await saved(page);
  expect(await page.evaluate(() => localStorage.length), 'what is acknowledged is not kept').toBe(0);
  await open(page);
  await expect(q(page, 3).locator('textarea')).toHaveValue('回線が切れている間に書いた理由。');
});

test('a session that ends while answering is said, and nothing is lost by signing in again', async ({ page, context, signIn }) => {
  await signIn(employee, password);
  await open(page);
  await choose(q(page, 5), '実施');
  await saved(page);
  // Once a moment after a save, where the person is remembered, and once for a cookie nobody knows.
  for (const [value, word] of [['partial', '一部実施'], ['not_done', '未実施']]) {
    ask('delete from session');
    if (value === 'not_done') await context.clearCookies();
    await choose(q(page, 5), word);
    await expect(page.getByRole('alert')).toContainText('もう一度サインインしてください');
    expect(await page.evaluate(() => localStorage.length), 'the answer is kept').toBe(1);
    const second = await context.newPage();
    await second.goto(`${site.url}/sign-in`);
    await second.getByLabel('利用者ID').fill(employee);
    await second.getByLabel('パスワード').fill(password);
    await second.getByRole('button', { name: 'サインイン' }).click();
    await second.locator('.me summary').waitFor();
    await second.close();
    await page.getByRole('button', { name: 'もう一度保存する' }).click();
    await saved(page);
    await expect(page.getByRole('alert')).toHaveText('');
    await open(page);
    await expect(q(page, 5).locator(`input[value=${value}]`)).toBeChecked();
  }
});

test('what was left behind comes back the next day; if somebody answered meanwhile both are shown and one is chosen', async ({ page, context, signIn, browser, shot }) => {
  await signIn(employee, password);
  await open(page);
  await context.setOffline(true);
  await choose(q(page, 4), '未実施');
  await expect(page.getByRole('alert')).toContainText('接続が切れています');
  page.on('dialog', (dialog) => dialog.accept());
  // The window is closed without a connection; the browser keeps the answer.
  await page.goto('about:blank').catch(() => {});
  await context.setOffline(false);
  const other = await browser.newContext();
  const second = await other.newPage();
  await second.goto(`${site.url}/sign-in`);
  await second.getByLabel('利用者ID').fill(employee);
  await second.getByLabel('パスワード').fill(password);
  await second.getByRole('button', { name: 'サインイン' }).click();
  await second.locator('.me summary').waitFor();
  await second.goto(`${site.url}${seen.answer}`);
  await second.locator('.autosave.is-live').waitFor();
  await choose(q(second, 4), '実施');
  await expect(second.locator('.saved')).toContainText('保存済み');
  await open(page);
  await expect(page.getByRole('alert')).toContainText('問4は、ほかの画面で別の回答が保存されています。');
  await expect(page.getByRole('alert')).toContainText('保存されている回答：実施');
  await expect(page.getByRole('alert')).toContainText('この画面の回答：未実施');
  await shot('answer-05-clash');
  await page.getByRole('button', { name: '保存されている回答にする' }).click();
  await expect(q(page, 4).locator('input[value=done]')).toBeChecked();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  // The other way round, in two open windows.
  await choose(q(page, 4), '一部実施');
  await saved(page);
  await choose(q(second, 4), '未実施');
  await expect(second.getByRole('alert')).toContainText('保存されている回答：一部実施');
  await second.getByRole('button', { name: 'この画面の回答を保存する' }).click();
  await expect(second.locator('.saved')).toContainText('保存済み');
  await other.close();
  await open(page);
  await expect(q(page, 4).locator('input[value=not_done]')).toBeChecked();
});

test('the check before handing in names what is missing, and the receipt can be checked', async ({ page, signIn, visit, examine, shot }) => {
  await signIn(employee, password);
  await open(page);
  await toCheck(page);
  await expect(page.locator('.gaps')).toContainText('問4　理由と改善の内容を入力してください。');
  await expect(page.getByRole('button', { name: '提出する' })).toHaveCount(0);
  await examine();
  await shot('answer-06-check-gaps');
  await page.locator('.gaps a').first().click();
  await expect(page).toHaveURL(/gaps=1#q\d+$/);
  await expect(page.locator('.q--err')).not.toHaveCount(0);
  await page.locator('.autosave.is-live').waitFor();
  await expect(page.locator('fieldset.q:focus-within'), 'keys work at once where the link led').toHaveCount(1);
  const questions = page.locator('fieldset.q:not([hidden])');
  for (let at = 0; at < (await questions.count()); at += 1) {
    const one = questions.nth(at);
    if ((await one.locator('input[data-choice]:checked').count()) === 0) await choose(one, '実施');
    const reason = one.locator('textarea');
    if ((await reason.isVisible()) && (await reason.inputValue()) === '') await reason.fill('12月の課内研修で確かめる。');
  }
  // Pressed at once: what is still on its way is saved first.
  await toCheck(page);
  await expect(page.locator('.title .chip')).toContainText('提出できます');
  await expect(page.locator('.given')).toContainText('× 未実施');
  await examine();
  await shot('answer-07-check');
  await press(page.getByRole('button', { name: '提出する' }));
  await expect(page.locator('.title .chip')).toContainText('提出済み');
  await expect(page.locator('.files')).toContainText('台帳の写し.pdf');
  await examine();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  await visit(`${seen.answer}/receipt`);
  await expect(page.locator('main')).toContainText('西川');
  await shot('answer-08-receipt');
  await expect(page.locator('main')).toContainText('Ctrl＋P');
  await expect(page.locator('main'), 'no command line for employees').not.toContainText('ledger verify');
  const number = await page.locator('code').innerText();
  expect(number.replaceAll(/\s/g, '')).toMatch(/^[0-9a-f]{64}$/);
  await page.emulateMedia({ media: 'print' });
  await shot('answer-08-receipt-print');
  await page.emulateMedia({ media: null });
  await page.pdf({ path: 'test-results/shots/answer-receipt.pdf', preferCSSPageSize: true });
  expect(site.run(['ledger', 'verify', '--receipt', number])).toContain('提出した時のままです');
  seen.number = number;
});

test('the head opens the file; it is written down', async ({ page, signIn, visit }) => {
  await signIn(head, password);
  await visit(`/responses/${seen.answer.split('/').pop()}`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '台帳の写し.pdf' }).click()]);
  expect(download.suggestedFilename()).toBe('台帳の写し.pdf');
  await signIn(officer, password);
  await visit('/ledger');
  await expect(page.locator('main')).toContainText('証跡の閲覧');
});

test('an answer changed in the database makes the receipt wrong, and its question is named', async () => {
  const target = seen.answer.split('/').pop()!.replaceAll('-', '');
  const sql = `UPDATE answer SET value = 'done' WHERE value = 'not_done' AND hex(target_id) = upper('${target}') AND item_id IN (SELECT id FROM edition_item WHERE no = 4)`;
  execFileSync('sqlite3', [join(site.data, 'minaoshi.db'), sql]);
  expect(() => site.run(['ledger', 'verify', '--receipt', seen.number])).toThrow(/異なる設問：問4/);
});

for (const [what, size] of [['a phone', { width: 360, height: 740 }], ['200 %', { width: 683, height: 384 }]] as const) {
  test(`nothing is cut off on ${what}`, async ({ page, signIn, examine, shot }) => {
    await page.setViewportSize(size);
    await signIn(head, password);
    await page.locator('li', { hasText: name }).getByRole('link', { name: /回答/ }).first().click();
    await page.locator('.autosave.is-live').waitFor();
    await page.locator('fieldset.q').nth(2).scrollIntoViewIfNeeded();
    await page.locator('fieldset.q').nth(2).getByText('証跡を添付').click();
    await shot(`answer-09-${size.width}`);
    await expect(page.locator('.progress .btn'), 'the way on stays in sight').toBeInViewport();
    await examine();
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await wide()).toBe(0);
    await toCheck(page);
    await shot(`answer-10-${size.width}`);
    expect(await wide()).toBe(0);
    expect(await page.locator('.wide').evaluate((one) => one.scrollWidth - one.clientWidth), 'the whole table').toBe(0);
  });
}
