// Workbooks as departments send them: the sample forms, packed into one zip, and a form put right by hand.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import ExcelJS from 'exceljs';

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

/** All sample forms in one zip, stored without packing. */
export function zipped(): Buffer {
  const [parts, heads]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const file of forms()) {
    const [name, bytes] = [Buffer.from(file, 'utf8'), readFileSync(join(folder, file))];
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2); // the name is UTF-8
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const head = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, Buffer.alloc(14), name]);
    head.writeUInt32LE(offset, 42);
    heads.push(head);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), common, name, bytes);
    offset += 30 + name.length + bytes.length;
  }
  const list = Buffer.concat(heads);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(heads.length, 8);
  end.writeUInt16LE(heads.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, list, end]);
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
