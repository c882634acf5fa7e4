// Handing in from the answering page: the check, then the button there.
import { expect, type Page } from '@playwright/test';
import { press } from './acts';

/** Goes to the check before handing in. */
export async function toCheck(page: Page): Promise<void> {
  await press(page.locator('#hand-in').getByRole('button', { name: '確認へ進む' }));
  await expect(page).toHaveURL(/\/answer\/[0-9a-f-]{36}\/check$/);
}

/** Hands the sheet at hand in. */
export async function handIn(page: Page): Promise<void> {
  await toCheck(page);
  await press(page.getByRole('button', { name: '提出する' }));
}
