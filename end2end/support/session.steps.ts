// Signing in and out; the same steps with and without JavaScript.
import { press } from './acts';
import { freshSite } from './site';
import { expect, test } from './test';

const officer = { login: '000201', name: '椎名 航平', password: 'なぎはらの海は青い2026' };

export function sessionSteps(): void {
  test.describe.configure({ mode: 'serial' });
  const site = freshSite();

  test('an empty database shows how to make the first account', async ({ visit, page, shot }) => {
    await visit('/');
    await expect(page).toHaveURL(/\/sign-in\?next=%2F$/);
    await expect(page.getByRole('heading', { name: '最初の利用者を登録してください' })).toBeVisible();
    await expect(page.getByText('minaoshi user add')).toBeVisible();
    await shot('session-first-account');
  });

  test('the account made on the command line can sign in', async ({ visit, page, shot, examine }) => {
    site.addUser(officer.login, officer.name, 'secretariat', officer.password);
    await visit('/password');
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await shot('session-sign-in');
    await expect(page.getByLabel('利用者ID'), 'ready to type').toBeFocused();
    await page.getByLabel('利用者ID').fill(officer.login);
    await page.getByLabel('パスワード').fill(officer.password);
    await page.getByRole('button', { name: 'サインイン' }).click();
    await expect(page, 'goes where one wanted to go').toHaveURL(/\/password$/);
    await expect(page.locator('.me summary')).toContainText(officer.name);
    await examine();
  });

  test('a wrong password keeps the login and says what to do', async ({ visit, page, shot, examine }) => {
    await visit('/sign-in');
    await page.getByLabel('利用者ID').fill(officer.login);
    await page.getByLabel('パスワード').fill('ちがう合言葉');
    await page.getByRole('button', { name: 'サインイン' }).click();
    await expect(page.getByRole('alert')).toContainText('事務局に連絡してください');
    await expect(page.getByLabel('利用者ID')).toHaveValue(officer.login);
    await expect(page.getByLabel('パスワード')).toHaveValue('');
    await examine();
    await shot('session-refused');
  });

  test('a password that is too short is refused with the reason', async ({ visit, page, signIn, examine }) => {
    await signIn(officer.login, officer.password);
    await visit('/password');
    await page.locator('[name=old]').fill(officer.password);
    await page.locator('[name=password]').fill('みじかい');
    await page.locator('[name=again]').fill('みじかい');
    await page.getByRole('button', { name: '設定する' }).click();
    await expect(page.getByRole('alert')).toContainText('10文字');
    await examine();
  });

  test('a password is changed only with the old one and is none that everybody tries', async ({ visit, page, signIn, examine, shot }) => {
    await signIn(officer.login, officer.password);
    await visit('/password');
    for (const [old, word, reason] of [
      ['ちがう合言葉', 'あたらしい合言葉2026', '今のパスワードが違います'],
      [officer.password, 'password2026', 'よく使われるパスワード'],
      [officer.password, '000201000201', '職員番号'],
    ]) {
      await page.locator('[name=old]').fill(old);
      await page.locator('[name=password]').fill(word);
      await page.locator('[name=again]').fill(word);
      await press(page.getByRole('button', { name: '設定する' }));
      await expect(page.getByRole('alert')).toContainText(reason);
    }
    await examine();
    await shot('session-password');
  });

  test('own sessions are listed, one is ended, then all others', async ({ visit, page, signIn, examine, shot }) => {
    await signIn(officer.login, officer.password);
    await visit('/');
    await page.locator('.me summary').click();
    await page.getByRole('link', { name: '自分の設定' }).click();
    await examine();
    await page.getByRole('listitem').filter({ hasText: 'サインイン中の端末' }).getByRole('link').click();
    await expect(page.locator('h1')).toHaveText('サインイン中の端末');
    await examine();
    await shot('session-devices');
    const rows = page.locator('tbody tr');
    await expect(rows.filter({ hasText: 'この端末' })).toHaveCount(1);
    await expect(rows.first()).toContainText('Chrome（');
    const before = await rows.count();
    expect(before, 'earlier tests signed in as well').toBeGreaterThan(2);
    await press(page.getByRole('button', { name: /^終了する/ }).first());
    await expect(rows).toHaveCount(before - 1);
    await press(page.getByRole('button', { name: 'ほかの端末のサインインをすべて終了する' }));
    await expect(rows).toHaveCount(1);
    await examine();
  });

  test('after signing out nothing is open', async ({ page, signIn, examine }) => {
    await signIn(officer.login, officer.password);
    await page.locator('.me summary').click();
    await page.getByRole('button', { name: 'サインアウト' }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
    await examine();
    await page.goto('/');
    await expect(page).toHaveURL(/\/sign-in\?next=/);
  });
}
