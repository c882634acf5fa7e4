// Workbooks as departments send them: the sample forms, packed into one zip, and a form put right by hand.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { press } from './acts';
import { ask, day } from './city.steps';
import { freeze } from './sheet.steps';
import { expect } from './test';

const folder = join(import.meta.dirname, '../../server/documents/tests/material/forms');

/** A form of three departments with the same questions. */
export const three = '03_R6セルフチェック（３課まとめ）.xlsx';

interface Truth {
  sheets: { sheet: string | null; items: { question: string; answer: string | null }[] }[];
}

/** What stands in a sample form, as a person read it. */
export const truth = (name: string): Truth => JSON.parse(readFileSync(join(folder, name.replace(/\.[a-z]+$/, '.truth.json')), 'utf8'));

/** The sample forms. */
export const forms = (): string[] => readdirSync(folder).filter((name) => !name.endsWith('.json') && statSync(join(folder, name)).isFile());

/** A sample form as it was sent. */
export const sample = (name: string): Buffer => readFileSync(join(folder, name));

/** All sample forms in one zip. */
export function zipped(): Promise<Buffer> {
  const zip = new JSZip();
  for (const name of forms()) zip.file(name, sample(name));
  return zip.generateAsync({ type: 'nodebuffer' });
}

export const officer = { login: '100202', name: '椎名　航平', password: 'なぎはらの海は青い2026' };
const staff = [['100401', '飯島　遥', '市民課'], ['100402', '古賀　一馬', '税務課'], ['100403', '七尾　さつき', '福祉課']];

/** A sheet asks what the form of the three departments asks, its people and more owe it; gives the inspection's path. */
export async function begin(page: Page, more: string[] = []): Promise<string> {
  await page.goto('/policies');
  const policy = '# 凪原市情報セキュリティ対策基準\n\n## 1　利用\n\n- (1) 職員等は、端末を施錠しなければならない。\n';
  await page.getByLabel(/ポリシーの本文/).setInputFiles({ name: 'kijun.md', mimeType: 'text/markdown', buffer: Buffer.from(policy) });
  await press(page.getByRole('button', { name: '取り込む' }));
  const revision = new URL(page.url()).pathname.split('/').pop()!;
  const clause = ask('select hex(clause_id) from sentence limit 1');
  const there = { revision, clause, page: `/policies/${revision}/clauses/${clause}` };
  for (const { question } of truth(three).sheets[0].items) {
    const form = { ...there, role: 'staff', topic: '5', text: question, not_applicable: '該当する業務がない' };
    const added = await page.request.post(new URL('/api/question/add', page.url()).href, { form, maxRedirects: 0 });
    expect(added.status(), question).toBe(200);
  }
  await page.goto('/sheets');
  await press(page.getByRole('button', { name: '職員の点検票を作る' }));
  await freeze(page);
  await page.goto('/roster');
  const lines = staff.map(([no, name, place]) => `${no},${name},てすと,市民部${place},主事,正規`);
  const roster = ['職員番号,氏名,ふりがな,所属,職名,雇用区分', ...lines, ...more].join('\n');
  await page.getByLabel('職員名簿のファイル').setInputFiles({ name: 'meibo.csv', mimeType: 'text/csv', buffer: Buffer.from(roster) });
  await press(page.getByRole('button', { name: '読み込んで確認する' }));
  await press(page.getByRole('button', { name: 'この内容で取り込む' }));
  await page.goto('/inspections/new');
  await page.getByLabel('開始日').fill(day(0));
  await page.getByLabel('問合せ先').fill('情報政策課（内線2341）');
  await press(page.getByRole('button', { name: 'この内容で始める' }));
  return new URL(page.url()).pathname;
}

/** Chooses a file and waits until it is read; the page keeps itself current, with and without a script. */
export async function bring(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByLabel('点検票のファイル').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  await press(page.getByRole('button', { name: '読み取る' }));
  await expect(page).toHaveURL(/\/intakes\/[0-9a-f-]{36}/);
  await expect(page.locator('main')).not.toContainText('読み取っています', { timeout: 60_000 });
}

/** Opens the form of a department and person, says what its one unclear answer is, and goes back. */
export async function settle(page: Page, who: RegExp, answer: string): Promise<void> {
  await page.getByRole('link', { name: who }).click();
  const unclear = page.locator('tr', { has: page.locator('.chip', { hasText: '読み取れない' }) });
  await expect(unclear).toHaveCount(1);
  await unclear.getByRole('combobox').first().selectOption({ label: answer });
  await press(page.getByRole('button', { name: '選んだ扱いを保存する' }));
  await expect(unclear).toHaveCount(0);
}

/** Takes the files that are beyond doubt, having seen what that does. */
export async function take(page: Page, files: number): Promise<void> {
  await page.getByRole('link', { name: `確認の済んだ${files}ファイルの取込みへ進む` }).click();
  await expect(page.getByRole('heading', { name: '取込みの確認' })).toBeVisible();
  await press(page.getByRole('button', { name: `この内容で${files}ファイルを取り込む` }));
}

/** The notes of an error workbook by sheet: cell and what it says. */
export async function notes(path: string): Promise<{ sheet: string; cell: string; text: string }[]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  const found: { sheet: string; cell: string; text: string }[] = [];
  for (const sheet of book.worksheets) {
    sheet.eachRow({ includeEmpty: true }, (row) =>
      row.eachCell({ includeEmpty: true }, (cell) => {
        const note = cell.note as { texts?: { text: string }[] } | string | undefined;
        const text = typeof note === 'string' ? note : (note?.texts ?? []).map((part) => part.text).join('');
        if (text) found.push({ sheet: sheet.name, cell: cell.address, text });
      }),
    );
  }
  return found;
}

/** Does what the department does with it: one mark where the note stands, none in the other coloured cells of the row. */
export async function corrected(path: string): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  for (const { sheet: name, cell: address } of await notes(path)) {
    const cell = book.getWorksheet(name)!.getCell(address);
    const colour = JSON.stringify(cell.fill);
    book.getWorksheet(name)!.getRow(Number(cell.row)).eachCell((other) => {
      if (other.address !== address && JSON.stringify(other.fill) === colour) other.value = null;
    });
    cell.value = '○';
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}
