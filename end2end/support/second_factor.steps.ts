// The second factor: set up, asked for, recovered, required by a role, taken away; with and without JavaScript.
import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import { press } from './acts';
import { freshSite } from './site';
import { expect, test } from './test';

const officer = { login: '000201', name: '椎名 航平', password: 'なぎはらの海は青い2026' };
const auditor = { login: '000401', name: '久保田 千尋', password: '監査の目は細かい2026' };

/** What an authenticator shows (RFC 6238), some steps of 30 seconds later: a code is taken only once. */
function totp(key: string, stepsLater = 0): string {
  const bits = [...key.replaceAll(' ', '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'));
  const bytes = bits.join('').match(/.{8}/g)!.map((byte) => parseInt(byte, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsLater));
  const hash = createHmac('sha1', Buffer.from(bytes)).update(counter).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Begins setting up, and gives the key. */
async function begin(page: Page): Promise<string> {
  await press(page.getByRole('button', { name: '設定を始める' }));
  await expect(page.getByRole('img', { name: '認証アプリで読み取る二次元コード' })).toBeVisible();
  return page.locator('.key-groups').innerText();
}

async function give(page: Page, code: string, button = '続ける'): Promise<void> {
  await page.getByLabel('認証コード').fill(code);
  await press(page.getByRole('button', { name: button, exact: true }));
}

export function secondFactorSteps(): void {
  test.describe.configure({ mode: 'serial' });
  freshSite((site) => {
    site.addUser(officer.login, officer.name, 'secretariat', officer.password);
    site.addUser(auditor.login, auditor.name, 'auditor', auditor.password);
  });
  let key = '';
  let codes: string[] = [];

  test('it is set up with the key, and recovery codes are given once', async ({ page, visit, signIn, examine, shot }) => {
    await signIn(officer.login, officer.password);
    await visit('/account');
    await shot('second-factor-account');
    await page.getByRole('link', { name: '設定する' }).click();
    await examine();
    key = await begin(page);
    await examine();
    await shot('second-factor-key');
    await give(page, totp(key, 100), '設定する');
    await expect(page.getByRole('alert')).toContainText('認証コードが違います');
    await examine();
    await give(page, totp(key), '設定する');
    await expect(page.locator('h1')).toHaveText('回復コード');
    codes = await page.locator('.recovery .code').allInnerTexts();
    expect(codes).toHaveLength(10);
    expect(new Set(codes).size).toBe(10);
    await examine();
    await shot('second-factor-recovery-codes');
    await page.getByRole('link', { name: '控えたので、続ける' }).click();
    await expect(page.locator('.nav')).toBeVisible();
    await visit('/second-factor');
    await expect(page.locator('main')).toContainText('10個');
    await shot('second-factor-own');
  });

  test('after the password the code is asked for, and nothing else is open', async ({ page, visit, signIn, examine, shot }) => {
    await signIn(officer.login, officer.password);
    await expect(page).toHaveURL(/\/sign-in\/second-factor/);
    await expect(page.locator('.nav')).toHaveCount(0);
    await visit('/people?show=granted');
    await expect(page).toHaveURL(/\/sign-in\/second-factor\?next=/);
    await shot('second-factor-asked');
    await give(page, totp(key, 100));
    await expect(page.getByRole('alert')).toContainText('認証コードが違うか');
    await examine();
    await give(page, totp(key, 1));
    await expect(page, 'goes where one wanted to go').toHaveURL(/\/people\?show=granted$/);
    await expect(page.locator('.nav')).toBeVisible();
  });

  test('a recovery code opens the door once', async ({ page, signIn, examine }) => {
    await signIn(officer.login, officer.password);
    await give(page, codes[0].toLowerCase());
    await expect(page.locator('.nav')).toBeVisible();
    await signIn(officer.login, officer.password);
    await give(page, codes[0]);
    await expect(page.getByRole('alert')).toContainText('既に使われて');
    await examine();
    await give(page, codes[1]);
    await expect(page.locator('.nav')).toBeVisible();
  });

  test('a role that requires it opens nothing but setting it up', async ({ page, visit, signIn, examine, shot }) => {
    await signIn(officer.login, officer.password);
    await give(page, codes[2]);
    await visit('/people/second-factor');
    await press(page.getByRole('button', { name: '必須にする：監査人' }));
    await expect(page.getByRole('row', { name: /^監査人/ })).toContainText('必須');
    await examine();
    await shot('second-factor-roles');

    await signIn(auditor.login, auditor.password);
    await visit('/audits');
    await expect(page).toHaveURL(/\/second-factor$/);
    await expect(page.locator('main')).toContainText('必須です');
    await shot('second-factor-forced');
    const own = await begin(page);
    await give(page, totp(own), '設定する');
    await visit('/audits');
    await expect(page).toHaveURL(/\/audits$/);
  });

  test('the office takes it away from somebody who lost the device', async ({ page, visit, signIn, examine }) => {
    await signIn(officer.login, officer.password);
    await give(page, codes[3]);
    await visit('/people?show=granted');
    await page.getByRole('link', { name: auditor.name }).click();
    await press(page.getByRole('button', { name: '二段階認証を解除する' }));
    await expect(page.locator('.facts')).toContainText('未設定');
    await examine();
  });

  test('it is taken away with a code, and then the password is enough again', async ({ page, visit, signIn, examine }) => {
    await signIn(officer.login, officer.password);
    await give(page, codes[4]);
    await visit('/second-factor');
    await page.locator('#f-code-remove').fill(codes[5]);
    await press(page.getByRole('button', { name: '解除する', exact: true }));
    await expect(page.getByRole('button', { name: '設定を始める' })).toBeVisible();
    await examine();
    await signIn(officer.login, officer.password);
    await expect(page.locator('.nav')).toBeVisible();
    await visit('/ledger?words=回復コードの使用');
    await expect(page.locator('table').first()).toContainText('回復コードの使用');
  });
}
