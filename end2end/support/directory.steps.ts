// Signing in at the city's OpenID Connect provider; the same steps with and without JavaScript.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { client, freePort, IdentityProvider } from './provider';
import { freshSite, type Site } from './site';
import { expect, test } from './test';

const hirano = { name: 'hirano', password: 'umi-wa-aoi', staffNo: '000102', groups: ['監査係'] };
const stranger = { name: 'tabibito', password: 'tabi-no-sora', staffNo: '999999', groups: ['監査係'] };

export function directorySteps(): void {
  test.describe.configure({ mode: 'serial' });
  const folder = mkdtempSync(join(tmpdir(), 'minaoshi-oidc-'));
  let provider: IdentityProvider;

  async function configure(site: Site): Promise<void> {
    provider = await IdentityProvider.reserve();
    for (const one of [hirano, stranger]) provider.accounts.set(one.name, { ...one });
    const secret = join(folder, 'secret');
    writeFileSync(secret, `${client.secret}\n`);
    site.listen = `127.0.0.1:${await freePort()}`;
    site.friends = [provider.issuer];
    site.options = [
      ...['--oidc-issuer', provider.issuer, '--oidc-client-id', client.id, '--oidc-client-secret-file', secret],
      ...['--oidc-site', `http://${site.listen}`, '--oidc-role', '監査係=auditor'],
    ];
  }
  // The roster knows 平野 as a member of the committee.
  const site = freshSite((site) => site.addUser(hirano.staffNo, '平野 智子', 'committee', 'なぎはらの海は青い2026'), configure);
  test.afterAll(async () => {
    await provider.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** From the sign-in page through the provider's. */
  async function through(page: Page, who: { name: string; password: string }): Promise<void> {
    await page.getByRole('link', { name: '庁内の認証基盤でサインイン' }).click();
    await page.getByLabel('名前').fill(who.name);
    await page.getByLabel('合言葉').fill(who.password);
    await page.getByRole('button', { name: '進む' }).click();
  }

  test('while the provider is away one sentence says so, and the password still works', async ({ visit, page, shot, examine, signIn }) => {
    await visit('/sign-in');
    await shot('directory-sign-in');
    await page.getByRole('link', { name: '庁内の認証基盤でサインイン' }).click();
    await expect(page.getByRole('alert')).toContainText('認証基盤に接続できません');
    await examine();
    await signIn(hirano.staffNo, 'なぎはらの海は青い2026');
    expect(site.messages).toContain('could not be asked');
  });

  test('the provider vouches, and its group gives the role', async ({ visit, page, shot }) => {
    await provider.start(site.url);
    await visit('/audits');
    await expect(page).toHaveURL(/\/sign-in\?next=%2Faudits$/);
    await through(page, { name: hirano.name, password: 'chigau' });
    await expect(page.getByRole('alert'), 'the provider itself looks at the password').toContainText('違います');
    await page.getByLabel('名前').fill(hirano.name);
    await page.getByLabel('合言葉').fill(hirano.password);
    await page.getByRole('button', { name: '進む' }).click();
    await expect(page, 'goes where one wanted to go').toHaveURL(`${site.url}/audits`);
    await expect(page.locator('.me summary')).toContainText('平野 智子');
    await expect(page.locator('.me summary')).toContainText('監査人');
    await shot('directory-signed-in');
    const names = (await page.context().cookies(site.url)).map((cookie) => cookie.name);
    expect(names).toContain('__Host-minaoshi');
    expect(names, 'the attempt is over').not.toContain('__Host-minaoshi-oidc');
  });

  test('without the group the role is gone at the next sign-in', async ({ visit, page }) => {
    provider.accounts.get(hirano.name)!.groups = [];
    await visit('/sign-in');
    await through(page, hirano);
    await expect(page).toHaveURL(`${site.url}/`);
    await expect(page.locator('.me summary')).toContainText('委員会');
    await expect(page.locator('.me summary')).not.toContainText('監査人');
  });

  test('somebody who is not in the roster is told so', async ({ visit, page, examine, shot }) => {
    await visit('/sign-in?next=%2Faudits');
    await through(page, stranger);
    await expect(page.getByRole('alert')).toContainText('「999999」は名簿に登録されていません');
    await expect(page.getByLabel('利用者ID')).toBeVisible();
    await examine();
    await shot('directory-not-in-roster');
  });

  test('who gives up at the provider comes back to the sign-in page', async ({ visit, page, examine }) => {
    await visit('/sign-in');
    await page.getByRole('link', { name: '庁内の認証基盤でサインイン' }).click();
    await page.getByRole('button', { name: 'やめる' }).click();
    await expect(page.getByRole('alert')).toContainText('取りやめられた');
    await examine();
  });

  test('an invented answer opens nothing', async ({ page, examine }) => {
    await page.goto('/sign-in/oidc/back?code=invented&state=invented');
    await expect(page.getByRole('alert')).toContainText('もう一度');
    await examine();
    await page.goto('/');
    await expect(page).toHaveURL(/\/sign-in\?next=/);
  });

  test('an answer counts once, and a used code is refused by the provider', async ({ visit, page }) => {
    let answer = '';
    page.on('request', (request) => {
      if (request.url().includes('/sign-in/oidc/back?')) answer = request.url();
    });
    await visit('/sign-in');
    await through(page, hirano);
    await expect(page.locator('.me summary')).toBeVisible();
    const used = answer;
    expect(used).toContain('code=');
    await page.context().clearCookies();
    await page.goto(used);
    await expect(page.getByRole('alert'), 'the whole answer again').toContainText('もう一度');

    // Another sign-in under way, answered with the used code.
    const asked = page.waitForRequest((request) => request.url().startsWith(`${provider.issuer}/auth?`));
    await page.goto('/sign-in/oidc?next=/');
    const state = new URL((await asked).url()).searchParams.get('state');
    const code = new URL(used).searchParams.get('code');
    await page.goto(`/sign-in/oidc/back?code=${code}&state=${state}`);
    await expect(page.getByRole('alert')).toContainText('応答を確かめられませんでした');
  });

  test('the answer to another browser opens nothing here', async ({ visit, page, browser }) => {
    const other = await browser.newContext();
    try {
      const begun = await other.request.get(`${site.url}/sign-in/oidc?next=/`, { maxRedirects: 0 });
      const state = new URL(begun.headers().location).searchParams.get('state');
      await visit('/sign-in');
      await page.goto(`/sign-in/oidc/back?code=any&state=${state}`);
      await expect(page.getByRole('alert')).toContainText('途中で切れました');
    } finally {
      await other.close();
    }
  });

  test('the way on never leads to another site', async ({ page }) => {
    await page.goto('/sign-in/oidc?next=https://elsewhere.example/');
    await page.getByLabel('名前').fill(hirano.name);
    await page.getByLabel('合言葉').fill(hirano.password);
    await page.getByRole('button', { name: '進む' }).click();
    await expect(page).toHaveURL(`${site.url}/`);
  });
}
