// Workbooks no reader would recognise by itself: headings of its own invention, no word of 設問 or 回答 in them.
import type { Page } from '@playwright/test';
import ExcelJS from 'exceljs';
import { press } from './acts';
import { bring, three, truth } from './intake.steps';
import { expect } from './test';

/** The questions of the inspection. */
export const questions = (): string[] => truth(three).sheets[0].items.map(({ question }) => question);

interface Odd {
  place: string;
  name: string;
  /** The answer of a question by its place. */
  said?: (index: number) => string;
  /** A row put in above the table. */
  inserted?: string;
  /** The heading of the answers. */
  heading?: string;
}

/** A form of a department in a layout of its own. */
export async function odd({ place, name, said = () => '○', inserted, heading = 'わが課' }: Odd): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('しーと');
  sheet.getColumn(2).width = 60;
  sheet.addRow(['おしらせ', '', '', '', '']);
  sheet.addRow(['', `ところ　${place}`, '', place, name]);
  sheet.addRow([]);
  sheet.addRow(['ばん', 'ことがら', heading, 'ひとこと', '']);
  questions().forEach((question, index) => {
    if (inserted && index === 2) sheet.addRow(['新', inserted, '○', '', '']);
    sheet.addRow([index + 1, question, said(index), '', '']);
  });
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** Says what a place of the sheet is, by the fields. */
export async function point(page: Page, part: string, place: string): Promise<void> {
  await page.getByLabel('指定するもの').selectOption({ label: part });
  await page.getByLabel(/^場所/).fill(place);
  await page.getByRole('button', { name: '指定する', exact: true }).click();
  await page.waitForLoadState();
}

/** Says what a cell of the drawn sheet is, by pressing it. */
export async function touch(page: Page, part: string, place: string): Promise<void> {
  await page.getByLabel('指定するもの').selectOption({ label: part });
  await page.locator(`.drawn button[value="${place}"]`).click();
  await page.waitForLoadState();
}

/** Brings an odd form in and opens what was read. */
export async function brought(page: Page, inspection: string, file: string, form: Odd): Promise<string> {
  await page.goto(`${inspection}/intakes`);
  await bring(page, file, await odd(form));
  return new URL(page.url()).pathname;
}

/** Keeps the layout pointed at, and waits until the file is read by it. */
export async function keep(page: Page, name: string): Promise<void> {
  await page.getByLabel('様式の名称').fill(name);
  await press(page.getByRole('button', { name: '保存して、このファイルを読み直す' }));
  await expect(page.getByText('様式を保存しました。')).toBeVisible();
  await expect(page.locator('main')).not.toContainText('読み取っています', { timeout: 60_000 });
}
