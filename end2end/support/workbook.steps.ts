// Workbooks of ours as somebody fills them in, and packages compared part by part.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Download } from '@playwright/test';
import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { program, running } from './site';

const [answerColumn, keyColumn] = [4, 7];

/** Fills every answer of every sheet in; gives the workbook and how many answers there are. */
export async function filled(file: Download, answer: string): Promise<{ buffer: Buffer; answers: number }> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(await file.path());
  let answers = 0;
  for (const sheet of book.worksheets) {
    sheet.eachRow((row) => {
      const key = row.getCell(keyColumn).text;
      if (!/^[0-9a-f-]{36}$/.test(key)) return;
      row.getCell(answerColumn).value = answer;
      answers += 1;
    });
  }
  return { buffer: Buffer.from(await book.xlsx.writeBuffer()), answers };
}

/** The parts of a package by name, each as its digest. */
async function parts(bytes: Buffer): Promise<Map<string, string>> {
  const zip = await JSZip.loadAsync(bytes);
  const found = new Map<string, string>();
  for (const [name, part] of Object.entries(zip.files)) {
    found.set(name, createHash('sha256').update(await part.async('nodebuffer')).digest('hex'));
  }
  return found;
}

/** Names of the parts in which two packages differ. */
export async function different(before: Buffer, after: Buffer): Promise<string[]> {
  const [old, now] = [await parts(before), await parts(after)];
  const names = new Set([...old.keys(), ...now.keys()]);
  return [...names].filter((name) => old.get(name) !== now.get(name)).sort();
}

/** The saved file as bytes. */
export const bytes = async (file: Download): Promise<Buffer> => readFileSync(await file.path());

/** What our own reader finds in a workbook: the answers by sheet. */
export function readAgain(name: string, content: Buffer): Map<string, (string | null)[]> {
  const path = join(running().data, name);
  writeFileSync(path, content);
  const read: { sheets: { sheet: string; items: { answer: string | null }[] }[] } = JSON.parse(execFileSync(program, ['form', 'read', path], { encoding: 'utf8' }));
  return new Map(read.sheets.map(({ sheet, items }) => [sheet, items.map(({ answer }) => answer)]));
}

/** A form of a department that somebody else filled last year: her name in its head, a remark, a remark of all. */
export async function othersForm(questions: string[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('点検票');
  sheet.getCell('A1').value = '令和7年度　情報セキュリティ自己点検票';
  for (const [cell, text] of [['A2', '所属'], ['B2', '市民部　税務課'], ['C2', '氏名'], ['D2', '新堂　あかね'], ['C3', '点検日'], ['D3', '令和７年１１月５日']]) sheet.getCell(cell).value = text;
  sheet.getRow(5).values = ['番号', '点検項目', '回答', '備考'];
  questions.forEach((question, at) => (sheet.getRow(6 + at).values = [at + 1, question, '×', at === 0 ? '昨年の備考' : '']));
  sheet.getColumn(2).width = 60;
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** What stands in some cells of the first sheet of a saved file. */
export async function cells(file: Download, names: string[]): Promise<string[]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(await file.path());
  return names.map((name) => book.worksheets[0].getCell(name).text);
}
