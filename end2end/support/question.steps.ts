// A policy imported for the workbench; the same with and without JavaScript.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { freshSite } from './site';
import { expect } from './test';

export const officer = { login: '000201', name: '椎名　航平', password: 'なぎはらの海は青い2026' };

/** A fresh site with an officer. */
export function benchSite(): void {
  freshSite((site) => site.addUser(officer.login, officer.name, 'secretariat', officer.password));
}

/** Imports a policy and gives the path of its revision. */
export async function importPolicy(page: Page, name = 'policy.md'): Promise<string> {
  await page.goto('/policies');
  await page.getByLabel(/ポリシーの本文/).setInputFiles(join(import.meta.dirname, '../fixtures', name));
  await page.getByRole('button', { name: '取り込む' }).click();
  await expect(page).toHaveURL(/\/policies\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

/** How many proposals wait, as the title line says. */
export async function left(page: Page): Promise<number> {
  const text = await page.locator('.cover .sub').innerText();
  return Number(/\d+/.exec(text)?.[0]);
}
