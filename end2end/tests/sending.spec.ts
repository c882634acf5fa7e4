// Sending out, against a real mail server: an inspection starts, a notice is edited, the period becomes longer for one
// department, a target is withdrawn and added, the letter is printed; what was delivered and what failed is seen, and
// what failed is sent again. With TLS, with STARTTLS, without either.
import { join } from 'node:path';
import { press } from '../support/acts';
import { MailServer } from '../support/mail_server';
import { freePort } from '../support/provider';
import { freeze } from '../support/sheet.steps';
import { freshSite } from '../support/site';
import { expect, test } from '../support/test';

test.describe.configure({ mode: 'serial', timeout: 150_000 });

const password = 'なぎはらの海は青い2026';
const officer = '100202';
const fixture = (name: string) => join(import.meta.dirname, '../fixtures', name);
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toLocaleDateString('sv', { timeZone: 'Asia/Tokyo' });
/** The job looks every half minute. */
const patience = { timeout: 100_000, intervals: [1000] };

const mail = new MailServer();
// The walk may happen at night or on a Sunday.
const anyTime = ['--mail-hours', 'always', '--mail-from', 'joho@nagihara.example'];
const site = freshSite(
  (site) => site.addUser(officer, '椎名　航平', 'secretariat', password),
  async (site) => {
    // The same address when it starts again.
    site.listen = `127.0.0.1:${await freePort()}`;
    site.options = [...(await mail.start('tls')), ...anyTime];
  },
);
test.afterAll(() => mail.remove());
let inspection = '';

const arrived = (to: string) => mail.mails.filter((one) => one.to === to).length;

/** The same site with the mail server in another way. */
async function again(options: string[]): Promise<void> {
  await site.stop();
  site.options = [...options, ...anyTime];
  await site.start();
}

test('an inspection starts and its notices are edited', async ({ page, signIn, visit, examine, shot }) => {
  mail.unknown.add('mori@nagihara.example');
  await signIn(officer, password);
  await page.goto('/roster');
  await page.getByLabel('職員名簿のファイル').setInputFiles(fixture('roster.csv'));
  await press(page.getByRole('button', { name: '読み込んで確認する' }));
  await page.getByLabel('発令日').fill(day(-400));
  await press(page.getByRole('button', { name: 'この内容で取り込む' }));
  await page.goto('/policies');
  await page.getByLabel(/ポリシーの本文/).setInputFiles(fixture('policy.md'));
  await press(page.getByRole('button', { name: '取り込む' }));
  await page.getByRole('link', { name: /まとめて採用/ }).click();
  await press(page.getByRole('button', { name: /件を採用する/ }));
  await page.goto('/sheets');
  await press(page.getByRole('button', { name: '職員の点検票を作る', exact: true }));
  await freeze(page);
  await visit('/inspections/new');
  await page.getByLabel('基準日').fill(day(-1));
  await page.getByLabel('開始日').fill(day(0));
  await page.getByLabel('回答期限').fill(day(20));
  await press(page.getByRole('button', { name: 'この内容で始める' }));
  inspection = new URL(page.url()).pathname;

  await visit(`${inspection}/notices`);
  await shot('sending-01-notices');
  const notice = page.locator('details#start');
  await notice.locator('summary').click();
  await notice.getByLabel('本文').fill('{名前}様、回答してください。');
  await press(notice.getByRole('button', { name: /保存して表示例/ }));
  await expect(page.locator('details#start')).toContainText('差込み項目「{名前}」はありません');
  await examine();
  await notice.getByLabel('本文').fill('{所属}　{氏名}　様\n\n{期限}までに回答してください。\n{点検票}');
  await press(notice.getByRole('button', { name: /保存して表示例/ }));
  await expect(page.locator('details#start .quote')).toContainText('までに回答してください。');
  await examine();
  await shot('sending-02-notice');
  await page.locator('#calendar').getByLabel('閉庁日').fill(day(10));
  await page.locator('#calendar').getByLabel('理由').fill('市制記念日');
  await press(page.getByRole('button', { name: '登録する' }));
  await expect(page.locator('#calendar')).toContainText('市制記念日');
  await press(page.getByRole('button', { name: /市制記念日を取り消す/ }));
});

test('the period becomes longer for one department; a target is withdrawn and added', async ({ page, signIn, visit, examine, shot }) => {
  await signIn(officer, password);
  await page.goto(inspection);
  await page.getByRole('link', { name: '期間・対象の変更' }).click();
  await page.getByLabel('所属', { exact: true }).first().selectOption({ label: '人事課' });
  await page.getByLabel(/新しい回答期限/).fill(day(27));
  await page.locator('#longer-reason').fill('台風の対応のため');
  await press(page.getByRole('button', { name: '期限を延長する' }));
  await expect(page.getByRole('status')).toContainText('通知を作りました');
  await examine();
  for (const act of ['withdraw', 'restore']) {
    await page.locator('#hand-staff-no').fill('100302');
    await page.locator('[name=act]').selectOption(act);
    await page.locator('#hand-reason').fill('育児休業のため');
    await press(page.getByRole('button', { name: '変更する' }));
    await expect(page.getByRole('status')).toContainText('対象者を変更しました');
  }
  await examine();
  await shot('sending-03-settings');
  await visit(`${inspection}/settings`);
  await page.getByText('取り消す', { exact: true }).first().click();
  await page.getByLabel('取消しの理由').fill('予定どおり行うこととしたため');
  await press(page.getByRole('button', { name: '人事課の延長を取り消す' }));
  await expect(page.locator('main')).toContainText('取消済');
  await examine();
});

test('the letter is written and printed', async ({ page, signIn, visit, examine, shot }) => {
  await signIn(officer, password);
  await visit(`${inspection}/letter`);
  await page.getByLabel('文書番号').fill('情政第123号');
  await press(page.getByRole('button', { name: 'この内容にする' }));
  await expect(page.locator('.paper__no')).toContainText('情政第123号');
  await examine();
  await shot('sending-04-letter');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('通知文を直す')).toBeHidden();
  await page.pdf({ path: 'test-results/shots/sending-letter.pdf', preferCSSPageSize: true });
  await page.emulateMedia({ media: 'screen' });
});

test('what was delivered and what failed is seen, and is sent again', async ({ page, signIn, visit, examine, shot }) => {
  await expect.poll(() => arrived('tadokoro@nagihara.example'), patience).toBeGreaterThan(0);
  expect(mail.mails.every((one) => one.encrypted), 'TLS from the beginning').toBe(true);
  expect(mail.mails[0].text).toContain('From: joho@nagihara.example');
  await signIn(officer, password);
  await expect
    .poll(async () => {
      await page.goto('/outbox?pile=failed');
      return page.locator('main').innerText();
    }, patience)
    .toContain('宛先のメールアドレスが、メールサーバーに受け付けられませんでした');
  await examine();
  await shot('sending-05-failed');
  const failed = await page.locator('tbody tr').count();
  mail.unknown.clear();
  await press(page.getByRole('button', { name: /件をもう一度送る/ }));
  await expect(page.getByRole('status')).toContainText(`${failed}件をもう一度送ります`);
  await examine();
  await expect.poll(() => arrived('mori@nagihara.example'), patience).toBeGreaterThanOrEqual(1);
  await visit('/outbox?pile=sent');
  await expect(page.locator('main')).toContainText('森　久美');
  await shot('sending-06-sent');
});

for (const encryption of ['starttls', 'none'] as const) {
  test(`messages arrive by ${encryption}`, async ({ page, signIn }) => {
    await again(await mail.start(encryption));
    mail.mails.length = 0;
    await signIn(officer, password);
    await page.goto(`${inspection}/settings`);
    await page.getByLabel(/新しい回答期限/).fill(day(encryption === 'none' ? 40 : 30));
    await page.locator('#longer-reason').fill('全庁の都合のため');
    await press(page.getByRole('button', { name: '期限を延長する' }));
    await expect.poll(() => arrived('tadokoro@nagihara.example'), patience).toBeGreaterThan(0);
    expect(mail.mails.every((one) => one.encrypted === (encryption === 'starttls'))).toBe(true);
  });
}

test('a certificate nobody vouches for is told in words', async ({ page, signIn }) => {
  const options = await mail.start('tls');
  await again(options.slice(0, 2));
  mail.mails.length = 0;
  await signIn(officer, password);
  await page.goto(`${inspection}/settings`);
  await page.getByLabel(/新しい回答期限/).fill(day(50));
  await page.locator('#longer-reason').fill('全庁の都合のため');
  await press(page.getByRole('button', { name: '期限を延長する' }));
  await expect
    .poll(async () => {
      await page.goto('/outbox?pile=waiting');
      return page.locator('main').innerText();
    }, patience)
    .toContain('証明書を確かめられませんでした');
  expect(mail.mails).toEqual([]);
});
