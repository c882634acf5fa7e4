// What walks in the demo city share.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Download, Page } from '@playwright/test';
import ExcelJS from 'exceljs';
import { running } from './site';

/** The password of all named people of the demo city. */
export const password = 'minaoshi-demo';
/** 事務局: 椎名 and 篠田; 立花 heads 市民課; 西川 works there; 柏木 is the CISO; 根岸 is an auditor. */
export const people = { officer: '201503', second: '199412', head: '199521', staff: '201709', ciso: '200001', auditor: '200305' };

/** One value of this site's database, asked by hand; keys as they stand in addresses. */
export function ask(sql: string): string {
  const told = execFileSync('sqlite3', [join(running().data, 'minaoshi.db'), '.timeout 5000', sql], { encoding: 'utf8' }).trim();
  return told.replace(/^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/i, '$1-$2-$3-$4-$5').toLowerCase();
}

/** A day relative to today in Japan. */
export const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toLocaleDateString('sv', { timeZone: 'Asia/Tokyo' });

/** Follows a link that saves a file. */
export async function save(page: Page, name: string | RegExp): Promise<Download> {
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name }).or(page.getByRole('button', { name })).click();
  return saved;
}

/** The sheets of a saved workbook as rows of texts. */
export async function rows(file: Download): Promise<Map<string, string[][]>> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(await file.path());
  const sheets = new Map<string, string[][]>();
  for (const sheet of workbook.worksheets) {
    const lines: string[][] = [];
    sheet.eachRow((row) => lines.push((row.values as unknown[]).slice(1).map((cell) => String(cell ?? ''))));
    sheets.set(sheet.name, lines);
  }
  return sheets;
}
