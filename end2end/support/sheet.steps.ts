// A sheet whose questions have every kind of setting; the same with and without JavaScript.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { press } from './acts';
import { expect } from './test';

export const officer = { login: '100202', name: '椎名　航平', password: 'なぎはらの海は青い2026' };

/** From the sheet through the page that says what freezing means to the edition. */
export async function freeze(page: Page): Promise<void> {
  await page.getByRole('link', { name: '確定へ進む' }).click();
  await press(page.getByRole('button', { name: '確定して版を作る' }));
}

/** The fiscal year that runs, as the server's clock says in Japan. */
export function fiscalYear(): number {
  const [year, month] = new Date().toLocaleDateString('sv', { timeZone: 'Asia/Tokyo' }).split('-').map(Number);
  return month < 4 ? year - 1 : year;
}

/** Imports the policy with nine duties of everybody, takes all proposals, and begins the sheet. */
export async function beginSheet(page: Page): Promise<{ revision: string; sheet: string }> {
  await page.goto('/policies');
  await page.getByLabel(/ポリシーの本文/).setInputFiles(join(import.meta.dirname, '../fixtures/scales.md'));
  await press(page.getByRole('button', { name: '取り込む' }));
  await expect(page).toHaveURL(/\/policies\/[0-9a-f-]{36}$/);
  const revision = new URL(page.url()).pathname;
  await page.getByRole('link', { name: /まとめて採用/ }).click();
  await press(page.getByRole('button', { name: /件を採用する/ }));
  await page.goto('/sheets');
  await press(page.getByRole('button', { name: '職員の点検票を作る', exact: true }));
  await expect(page).toHaveURL(/\/sheets\/[0-9a-f-]{36}$/);
  return { revision, sheet: new URL(page.url()).pathname };
}

/** Opens the settings of a question by its number. */
export async function openSettings(page: Page, sheet: string, no: number): Promise<void> {
  await page.goto(sheet);
  await page.getByRole('link', { name: `問${no}の設定`, exact: true }).click();
  await expect(page.locator('h1')).toHaveText(`問${no}の設定`);
}

export const save = (page: Page) => press(page.getByRole('button', { name: '設定を保存する' }));

/** What is set for which question, in the order of the sheet. */
export const SETTINGS: [number, (page: Page) => Promise<void>][] = [
  [1, async (page) => {
    await page.getByLabel('尺度').selectOption('levels');
    await page.getByLabel('各段階の説明').fill('分類を知らない\n一部の情報だけ\n半分程度\n大半の情報\n全ての情報');
    await page.getByLabel('目標の段階').selectOption('4');
  }],
  [2, async (page) => {
    await page.getByLabel('必須とする').check();
    await page.getByLabel('証跡（文書名・保管場所）を求める').check();
    await page.getByLabel('記入の手引').fill('細断機又は溶解の回収箱によるものを「実施」とします。');
  }],
  [3, async (page) => void (await page.getByLabel('重み').selectOption('2'))],
  [4, async (page) => void (await page.getByLabel('この設問を表示する場合').selectOption({ label: '窓口あり' }))],
  [5, async (page) => {
    await page.getByLabel('尺度').selectOption('day');
    await page.getByLabel('年月日の判定').selectOption('year');
  }],
  [6, async (page) => {
    await page.getByLabel('尺度').selectOption('percent');
    await page.getByLabel('基準', { exact: true }).fill('９０');
  }],
  [7, async (page) => {
    await page.getByLabel('尺度').selectOption('rows');
    await page.getByLabel('表の行').fill('端末\n複合機\n記録媒体');
  }],
  [8, async (page) => {
    await page.getByLabel('尺度').selectOption('yes_no');
    await page.getByLabel('実施率に数えない').check();
  }],
  [9, async (page) => {
    await page.getByLabel('この設問を表示する場合').selectOption({ label: '問8が「はい」' });
    await page.getByRole('group', { name: '理由と改善の内容を必ず求める回答' }).getByLabel('実施', { exact: true }).check();
  }],
];
