// 組織改正 and people by hand: renamed, merged with a head chosen, systems with who is in charge, somebody no roster
// knows with 本務 and 兼務, a role that ends by itself; and a roster read in two ways.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { day, rows, save } from '../support/city.steps';
import { press } from '../support/acts';
import { freshSite } from '../support/site';
import { expect, test } from '../support/test';

test.describe.configure({ mode: 'serial' });
const officer = { login: '100202', name: '椎名　航平', password: 'なぎはらの海は青い2026' };
freshSite((site) => site.addUser(officer.login, officer.name, 'secretariat', officer.password));
const april = join(import.meta.dirname, '../fixtures/year-april.csv');

/** A line of the tree of departments, or of another table, by what stands first in it. */
const line = (page: Page, name: string): Locator => page.locator('main table tbody tr', { has: page.getByRole('rowheader', { name }) });
const member = (page: Page, name: string): Locator => page.locator('main table tbody tr', { hasText: name });

async function read(page: Page, name: string, text: string): Promise<void> {
  await page.goto('/roster');
  await page.getByLabel('職員名簿のファイル').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await press(page.getByRole('button', { name: '読み込んで確認する' }));
  await expect(page).toHaveURL(/\/roster\/imports\//);
}

/** Opens a department from the tree. */
async function open(page: Page, name: string): Promise<void> {
  await page.goto('/departments');
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.locator('h1')).toHaveText(name);
}

test('the tree shows each 部 with its sum, its heads and what is missing', async ({ page, visit, signIn, shot }) => {
  await signIn(officer.login, officer.password);
  await read(page, 'april.csv', readFileSync(april, 'utf8'));
  await page.getByLabel('発令日').fill(day(-400));
  await press(page.getByRole('button', { name: 'この内容で取り込む' }));
  await visit('/departments');
  await expect(line(page, '市民部')).toContainText('7');
  await expect(line(page, '市民課')).toContainText('立花　由美子');
  await expect(line(page, '市民課').locator('.num')).toHaveText('5');
  await page.getByRole('link', { name: '組織改正' }).click();
  await expect(page.locator('summary', { hasText: '所属を統合する' })).toBeInViewport();
  await shot('organisation-01-tree');
  await visit(`/departments?day=${day(-401)}`);
  await expect(page.locator('main')).toContainText('この日の所属はありません');
  await expect(page.getByText('所属を統合する'), 'the past is not reorganised').toHaveCount(0);
});

test('a renamed department keeps its people and says what it was', async ({ page, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await open(page, '人事課');
  await examine();
  await page.getByText('改称する').first().click();
  await page.getByLabel('新しい名称').fill('人事課');
  await page.getByLabel('改称の日').fill(day(-10));
  await press(page.getByRole('button', { name: '改称する' }));
  await expect(page.getByRole('alert').first()).toContainText('今の名称と同じです');
  await expect(page.getByLabel('新しい名称'), 'the form is still open').toBeVisible();
  await expect(page.getByLabel('改称の日')).toHaveValue(day(-10));
  await examine();
  await page.getByLabel('新しい名称').fill('人財課');
  await press(page.getByRole('button', { name: '改称する' }));
  await expect(page.locator('h1')).toHaveText('人財課');
  await expect(page.locator('main')).toContainText('改称');
  await expect(member(page, '森　久美')).toContainText('所属長');
  await examine();
  await shot('organisation-02-renamed');
  await page.getByRole('link', { name: '人事課' }).click();
  await expect(page.locator('.title .chip')).toContainText('現在はありません');
  await expect(page.getByText('改称する'), 'what is gone is not changed again').toHaveCount(0);
  await examine();
});

test('two departments become one under the head who was chosen', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await visit('/departments');
  await page.locator('summary', { hasText: '所属を統合する' }).click();
  const form = page.locator('form', { has: page.getByRole('button', { name: '統合する', exact: true }) });
  await form.getByLabel('市民課', { exact: true }).check();
  await form.getByLabel('税務課', { exact: true }).check();
  await form.getByLabel(/新しい所属の名称/).fill('市民税務課');
  await form.getByLabel('新しい所属の上の部・局').selectOption({ label: '市民部' });
  await form.getByLabel('統合の日').fill(day(0));
  await form.getByLabel('統合後の所属長').selectOption({ label: '人財課　森　久美' });
  await press(form.getByRole('button', { name: '統合する', exact: true }));
  await expect(page.getByRole('alert').first()).toContainText('統合する所属の所属長である者を選んで');
  await expect(form.getByLabel('市民課', { exact: true }), 'nothing has to be chosen again').toBeChecked();
  await expect(form.getByLabel('総務部', { exact: true })).not.toBeChecked();
  await examine();
  await form.getByLabel('統合後の所属長').selectOption({ label: '税務課　沢村　浩司' });
  await shot('organisation-03-merge');
  await press(form.getByRole('button', { name: '統合する', exact: true }));
  await expect(page.locator('h1')).toHaveText('市民税務課');
  await expect(member(page, '沢村　浩司')).toContainText('所属長');
  await expect(member(page, '立花　由美子').locator('td').last(), 'the other head stays as staff').toHaveText('職員');
  await expect(page.getByRole('heading', { name: '職員　7人' })).toBeVisible();
  await examine();
  await shot('organisation-04-merged');
  await page.getByRole('link', { name: '立花　由美子' }).click();
  await expect(page.locator('main table').first()).toContainText('所属長');
  await examine();
  await visit('/departments');
  await expect(line(page, '市民税務課')).toContainText('市民課及び税務課を統合');
  await expect(line(page, '市民税務課')).toContainText('沢村　浩司');
  await expect(line(page, '市民税務課')).not.toContainText('立花');
});

test('a system has a department and somebody in charge', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await visit('/systems');
  await expect(page.locator('main')).toContainText('登録された情報システムはありません');
  await page.getByLabel('名称').fill('住民記録システム');
  await page.getByLabel('所管する所属').selectOption({ label: '市民部　市民税務課' });
  await press(page.getByRole('button', { name: '登録する' }));
  await expect(line(page, '住民記録システム')).toContainText('不在');
  await examine();
  await open(page, '市民税務課');
  await page.getByRole('link', { name: '西川　拓也' }).click();
  await page.getByText('発令を登録する（').click();
  await page.getByLabel('所属', { exact: false }).first().selectOption({ label: '市民部　市民税務課' });
  await page.getByLabel('区分').selectOption({ label: '本務' });
  await page.getByLabel('役割').first().selectOption({ label: '情報システム管理者' });
  await page.getByLabel('情報システム（情報システム管理者のとき）').fill('住民記録システム');
  await press(page.getByRole('button', { name: '発令を登録する' }));
  await visit('/systems');
  await expect(line(page, '住民記録システム')).toContainText('西川　拓也');
  await expect(line(page, '住民記録システム')).not.toContainText('不在');
  await shot('organisation-05-systems');
  // The forms stand in the row that is being changed, and in no other.
  await expect(page.getByRole('button', { name: '住民記録システムの所管を移す' })).toHaveCount(0);
  await page.getByRole('link', { name: '住民記録システムの所管を移す・終える' }).click();
  await expect(page.getByRole('button', { name: '住民記録システムの所管を移す' })).toBeVisible();
  await examine();
});

test('somebody no roster knows: 本務, 兼務, and a role that ends by itself', async ({ page, visit, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await visit('/people/new');
  await page.getByLabel('氏名').fill('樋口　正彦');
  await page.getByLabel('ふりがな').fill('ひぐち　まさひこ');
  await press(page.getByRole('button', { name: '登録する' }));
  await expect(page.locator('h1')).toHaveText('樋口　正彦');
  await expect(page.locator('main')).toContainText('発令はありません');
  const grant = page.locator('form', { has: page.getByRole('button', { name: '役割を付与する' }) });
  await grant.getByLabel('役割').selectOption({ label: '監査人' });
  await press(grant.getByRole('button'));
  await expect(page.getByRole('alert').first(), 'a contract has an end').toContainText('期限を入力してください');
  await examine();
  await grant.getByLabel(/^期限/).fill(day(100));
  await press(grant.getByRole('button'));
  const [year, month, date] = day(100).split('-').map(Number);
  await expect(page.locator('.todo', { hasText: '監査人' })).toContainText(`令和${year - 2018}年${month}月${date}日まで`);
  const post = async (department: string, kind: string) => {
    await page.getByText('発令を登録する（').click();
    const form = page.locator('form', { has: page.getByRole('button', { name: '発令を登録する' }) });
    await form.getByLabel(/^所属/).selectOption({ label: department });
    await form.getByLabel('区分').selectOption({ label: kind });
    await form.getByLabel('職名').fill('専門員');
    await press(form.getByRole('button', { name: '発令を登録する' }));
  };
  await post('総務部　情報政策課', '本務');
  await post('会計課', '兼務');
  const posts = page.locator('main table').first();
  await expect(posts.getByRole('row', { name: /情報政策課/ })).toContainText('本務');
  await expect(posts.getByRole('row', { name: /会計課/ })).toContainText('兼務');
  await examine();
  await shot('organisation-06-person');
  await visit('/departments');
  await expect(line(page, '会計課').locator('.num'), 'counted where the person belongs').toHaveText('2');
  await expect(line(page, '情報政策課').locator('.num')).toHaveText('3');
  await open(page, '会計課');
  await expect(member(page, '樋口　正彦')).toContainText('職員（兼務）');
});

test('the workbook of the difference reads the codes as the screen does', async ({ page, signIn, examine }) => {
  await signIn(officer.login, officer.password);
  const next = readFileSync(april, 'utf8').replaceAll('会計課,会計課,900100', '会計室,会計室,900100');
  await read(page, 'next.csv', next);
  await expect(page.getByRole('heading', { name: /^改称・移管/ })).toBeVisible();
  const link = '差分をExcelで保存する';
  const text = async () => JSON.stringify([...(await rows(await save(page, link)))]);
  const followed = await text();
  await page.getByRole('link', { name: '新しい所属として扱ってください' }).click();
  await expect(page.getByRole('heading', { name: /^新しい所属/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: /^改称・移管/ })).toHaveCount(0);
  await examine();
  const moved = Number(/異動　(\d+)人/.exec(await page.locator('main').innerText())?.[1]);
  expect(moved, 'the two of 会計課').toBeGreaterThanOrEqual(2);
  const apart = await text();
  expect(apart).not.toBe(followed);
  expect(apart.match(/"異動"/g) ?? []).toHaveLength(moved);
  await page.getByRole('link', { name: String(moved), exact: true }).first().click();
  await expect(page.locator('main'), 'a click keeps the reading').toContainText('所属コードの一致を使わず');
});

test('without a mouse: the acts are reached and opened by keyboard, and the ring is seen', async ({ page, signIn }) => {
  await signIn(officer.login, officer.password);
  await open(page, '情報政策課');
  const focused = () => page.evaluate(() => {
    const one = document.activeElement as HTMLElement;
    return { text: one.innerText ?? '', ring: getComputedStyle(one).outlineStyle !== 'none' || getComputedStyle(one).boxShadow !== 'none', top: one.getBoundingClientRect().top };
  });
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab');
    const at = await focused();
    expect(at.ring, `a ring at「${at.text}」`).toBe(true);
    if (at.text === '改称する') break;
  }
  expect((await focused()).text).toBe('改称する');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('情報推進課');
  await expect(page.getByLabel('新しい名称')).toHaveValue(/情報推進課/);
});
