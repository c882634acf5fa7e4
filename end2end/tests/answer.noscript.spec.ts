// Answering without JavaScript: files with an ordinary form, last year's answer, the check, the receipt.
import { toCheck } from '../support/answer';
import { press } from '../support/acts';
import { freshSite } from '../support/site';
import { expect, test } from '../support/test';

test.describe.configure({ mode: 'serial' });
const site = freshSite((site) => void site.run(['demo']));

const password = 'minaoshi-demo';
const [officer, employee] = ['201503', '201709'];
const name = '令和8年度臨時自己点検';
const seen: Record<string, string> = {};
const file = (name: string, content: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });

test('files go with the form and nothing entered is lost', async ({ page, visit, signIn, examine }) => {
  await signIn(officer, password);
  await visit('/inspections/new');
  await page.getByLabel('名称').fill(name);
  await press(page.getByRole('button', { name: 'この内容で始める' }));
  await signIn(employee, password);
  await page.locator('li', { hasText: name }).getByRole('link', { name: /回答/ }).click();
  seen.answer = new URL(page.url()).pathname;
  const [first, second] = [page.locator('#q1'), page.locator('#q2')];
  await first.getByText('未実施', { exact: true }).click();
  await first.locator('textarea').fill('まだ途中の理由');
  await second.getByText('証跡を添付').click();
  await second.locator('input[type=file]').setInputFiles([file('台帳.pdf', '%PDF-1.7'), file('道具.xlsx', 'MZ')]);
  await press(second.getByRole('button', { name: /添付する/ }));
  await expect(page.locator('.alert')).toContainText('「道具.xlsx」は添付できません。');
  await expect(second.locator('[data-files] li')).toHaveCount(1);
  await expect(first.locator('textarea')).toHaveValue('まだ途中の理由');
  await examine();
  await press(second.getByRole('button', { name: /「台帳.pdf」を外す/ }));
  await expect(page).toHaveURL(/#q2$/);
  await expect(second.locator('[data-files] li')).toHaveCount(0);
  await expect(first.locator('textarea')).toHaveValue('まだ途中の理由');
});

test('last year\'s answer, the check, the receipt', async ({ page, signIn, visit, examine }) => {
  await signIn(employee, password);
  await page.goto(seen.answer);
  const offered = page.locator('fieldset.q', { has: page.locator('[data-carry]') });
  const one = page.locator(`#${await offered.nth(1).getAttribute('id')}`);
  const checked = await page.locator('.choices input:checked').count();
  await press(one.getByRole('button', { name: /前年と同じ/ }));
  await expect(one.getByText('前年から引継ぎ')).toBeVisible();
  await expect(page.locator('.choices input:checked')).toHaveCount(checked + 1);
  await toCheck(page);
  await expect(page.locator('.gaps a')).not.toHaveCount(0);
  await expect(page.locator('main')).toContainText('前年から引き継いだ回答：');
  await examine();
  await page.goto(seen.answer);
  const questions = page.locator('fieldset.q:not([hidden])');
  for (let at = 0; at < (await questions.count()); at += 1) {
    const question = questions.nth(at);
    if ((await question.locator('input[data-choice]:checked').count()) === 0) await question.getByText('実施', { exact: true }).click();
    const reason = question.locator('textarea');
    if ((await reason.isVisible()) && (await reason.inputValue()) === '') await reason.fill('12月の課内研修で確かめる。');
  }
  await toCheck(page);
  await press(page.getByRole('button', { name: '提出する' }));
  await expect(page.locator('.title .chip')).toContainText('提出済み');
  await page.getByRole('link', { name: '受領証を表示する' }).click();
  await examine();
  const number = await page.locator('code').innerText();
  expect(site.run(['ledger', 'verify', '--receipt', number])).toContain('提出した時のままです');
  // A second hand-in of a window that stayed open is the same submission.
  await visit(seen.answer);
});
