// What every walk does by hand: sending a form, signing in for the first time.
import type { Locator, Page } from '@playwright/test';
import { expect } from './test';

/** Presses a button that sends a form, and waits until the server has answered. */
export async function press(button: Locator): Promise<void> {
  const page = button.page();
  const answered = page.waitForResponse((response) => response.request().method() === 'POST' && response.request().isNavigationRequest());
  await button.click();
  await answered;
  await page.waitForLoadState();
}

/** Signs in with the printed one-time code and sets the password. */
export async function firstSignIn(page: Page, login: string, code: string | undefined, password: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByLabel('利用者ID').fill(login);
  await page.getByLabel('パスワード').fill(code ?? 'none');
  await press(page.getByRole('button', { name: 'サインイン' }));
  await expect(page).toHaveURL(/\/password$/);
  await page.locator('[name=password]').fill(password);
  await page.locator('[name=again]').fill(password);
  await press(page.getByRole('button', { name: '設定する' }));
  await expect(page).toHaveURL(/\/$/);
}
