// Tables as files: saved from the links above them, and read again.
import { readFileSync } from 'node:fs';
import { expect, type Download, type Page } from '@playwright/test';
import { rows } from './city.steps';

export type Form = 'Excel' | 'CSV' | 'CSV（Shift_JIS）';

/** The cells of a table on the screen, row by row; what only ears hear is left out. */
export async function shown(page: Page, caption: RegExp): Promise<string[][]> {
  const table = page.locator('main table', { has: page.locator('caption', { hasText: caption }) });
  return table.evaluate((table) =>
    [...(table as HTMLTableElement).querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => (cell as HTMLElement).innerText.trim()),
    ),
  );
}

/** Saves a table in a form. */
export async function saveTable(page: Page, title: string, form: Form): Promise<Download> {
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: `${form}で保存：${title}`, exact: true }).click();
  return saved;
}

/** The rows of a text with commas. */
export function csv(text: string): string[][] {
  const all: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ',') {
      all.push(row);
      row = [];
    }
  }
  return all;
}

/** What a saved file holds, its headings first. */
export async function content(file: Download, form: Form): Promise<string[][]> {
  if (form === 'Excel') return [...(await rows(file)).values()][0];
  const bytes = readFileSync(await file.path());
  if (form === 'CSV') {
    expect([...bytes.subarray(0, 3)], 'the mark of UTF-8').toEqual([0xef, 0xbb, 0xbf]);
    return csv(bytes.subarray(3).toString('utf8'));
  }
  return csv(new TextDecoder('shift_jis', { fatal: true }).decode(bytes));
}

/** One column of a file. */
export function column(table: string[][], heading: string): string[] {
  const at = table[0].indexOf(heading);
  expect(at, `${heading} in ${table[0].join('・')}`).toBeGreaterThan(-1);
  return table.slice(1).map((row) => row[at] ?? '');
}
