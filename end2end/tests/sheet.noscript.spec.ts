// Scales, conditions and the preview with JavaScript switched off.
import { freshSite } from '../support/site';
import { SETTINGS, beginSheet, officer, openSettings, save } from '../support/sheet.steps';
import { expect, test } from '../support/test';

test.describe.configure({ mode: 'serial' });
freshSite((site) => site.addUser(officer.login, officer.name, 'secretariat', officer.password));

let sheet = '';

test('every kind of setting is saved by an ordinary form and shown as it will look', async ({ page, signIn, examine, shot }) => {
  await signIn(officer.login, officer.password);
  ({ sheet } = await beginSheet(page));
  for (const [no, fill] of SETTINGS) {
    await openSettings(page, sheet, no);
    await fill(page);
    await save(page);
    await expect(page.locator('.notice[role=status]')).toContainText('設定を保存しました');
    if (no > 7) await examine();
  }
  await shot('sheet-noscript-setting');
});

test('a number needs its unit, a table its rows; what was entered stays', async ({ page, signIn, examine }) => {
  await signIn(officer.login, officer.password);
  await openSettings(page, sheet, 3);
  await page.getByLabel('尺度').selectOption('number');
  await page.getByLabel('基準', { exact: true }).fill('2');
  await page.getByLabel('基準の向き').selectOption('1');
  await save(page);
  await expect(page.getByLabel('単位')).toHaveAccessibleDescription('単位（件、人、台など）を入力してください。');
  await expect(page.getByLabel('基準', { exact: true })).toHaveValue('2');
  await examine();
  await page.getByLabel('単位').fill('回');
  await save(page);
  await expect(page.locator('.facts')).toContainText('2回以下を実施、それ以外を未実施と数えます。');
  await page.getByLabel('尺度').selectOption('rows');
  await page.getByLabel('表の行').fill('端末');
  await save(page);
  await expect(page.getByLabel('表の行')).toHaveAccessibleDescription(/2行から10行まで/);
  await expect(page.getByRole('status'), 'what was saved before is not said again').toHaveCount(0);
});

test('the preview names the questions not everybody sees, and shows them to whom they concern', async ({ page, signIn, visit, examine, shot }) => {
  await signIn(officer.login, officer.password);
  await visit(`${sheet}/preview`);
  await expect(page.locator('#q4, #q9').filter({ visible: true })).toHaveCount(0);
  await page.getByText('条件によって表示する設問 2問').click();
  await expect(page.locator('.preview')).toContainText('問9：問8で「はい」と答えた場合だけ表示');
  await page.getByLabel('窓口あり').check();
  await page.getByRole('button', { name: 'この所属として表示する' }).click();
  await expect(page.locator('#q4')).toBeVisible();
  await examine();
  await shot('sheet-noscript-preview');
});

test('a question before which its condition stands no more is not frozen', async ({ page, signIn, examine }) => {
  await signIn(officer.login, officer.password);
  await page.goto(sheet);
  await page.getByRole('button', { name: '問8を外す' }).click();
  await page.getByRole('link', { name: '確定へ進む' }).click();
  await page.getByRole('button', { name: '確定して版を作る' }).click();
  await expect(page.getByRole('alert')).toContainText('問8は、前にある設問の回答によって表示する設定ですが');
  await examine();
  await page.getByRole('link', { name: '確定せずに戻る' }).click();
  await page.getByRole('button', { name: /「個人の端末を業務に使用しないようにしていますか。」を載せる/ }).click();
  for (let place = 9; place > 8; place -= 1) await page.getByRole('button', { name: `問${place}を上へ` }).click();
  await page.getByRole('link', { name: '確定へ進む' }).click();
  await page.getByRole('button', { name: '確定して版を作る' }).click();
  await expect(page).toHaveURL(/\/editions\//);
  await expect(page.locator('#i9')).toContainText('問8で「はい」と答えた場合だけ表示');
  await examine();
});
