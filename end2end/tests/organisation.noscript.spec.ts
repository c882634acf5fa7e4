// Organisation, record and retention with JavaScript switched off, in the demo city.
import { expect, test } from '../support/test';
import { day, password, people, rows, save } from '../support/city.steps';
import { press } from '../support/acts';
import { freshSite } from '../support/site';

// axe looks at a copy of each page, which takes its time.
test.describe.configure({ mode: 'serial', timeout: 120_000 });
freshSite((site) => void site.run(['demo']));

test('what the demo city shows of its organisation', async ({ page, visit, signIn }) => {
  await signIn(people.officer, password);
  await page.goto('/departments');
  await expect(page.getByRole('row', { name: /^こども家庭センター/ })).toContainText('子ども家庭相談室及び母子保健室を統合');
  await expect(page.getByRole('row', { name: /^上郷出張所/ })).toContainText('（事務取扱）');
  await page.getByRole('link', { name: 'こども家庭センター' }).click();
  await page.getByRole('link', { name: '母子保健室' }).click();
  await expect(page.locator('.title .chip')).toContainText('現在はありません');
  await page.goto('/board');
  await expect(page.locator('.notice--warn', { hasText: '異動などの変更が' })).toBeVisible();
  await page.getByRole('link', { name: '内容を確かめて反映する' }).click();
  await expect(page.locator('main')).toContainText('事務取扱の発令がありました');
  for (const path of ['/systems', '/people/new', '/permissions', '/ledger/check']) await visit(path);
});

test('a department is moved and merged by plain forms', async ({ page, signIn, examine }) => {
  await signIn(people.officer, password);
  await page.goto('/departments');
  await page.locator('summary', { hasText: '所属を統合する' }).click();
  const form = page.locator('form', { has: page.getByRole('button', { name: '統合する', exact: true }) });
  for (const name of ['磯部出張所', '上郷出張所']) await form.getByLabel(name, { exact: true }).check();
  await form.getByLabel(/新しい所属の名称/).fill('総合出張所');
  await form.getByLabel('新しい所属の上の部・局').selectOption({ label: '市民部' });
  const lead = await form.getByLabel('統合後の所属長').locator('option', { hasText: /^磯部出張所/ }).innerText();
  await form.getByLabel('統合後の所属長').selectOption({ label: lead });
  await press(form.getByRole('button', { name: '統合する', exact: true }));
  await expect(page.locator('h1')).toHaveText('総合出張所');
  const heads = page.locator('main table tbody tr', { hasText: '所属長' });
  await expect(heads, 'the one who acted for the other is the only head').toHaveCount(1);
  await expect(heads).toContainText(lead.split('　')[1]);
  await examine();
});

test('the record is searched and saved, a stop is set', async ({ page, signIn, examine }) => {
  await signIn(people.officer, password);
  await page.goto(`/ledger?person=${people.officer}&noun=department&from=${day(0)}`);
  await expect(page.locator('main table').first()).toContainText('所属の承継');
  const [lines] = [...(await rows(await save(page, 'Excelで保存：記録'))).values()];
  expect(lines.flat().join('\n')).toContain('総合出張所');
  await page.goto('/retention');
  const hold = page.locator('form', { has: page.getByRole('heading', { name: '廃棄を停止する' }) });
  await hold.getByLabel('職員のときは職員番号').fill(people.staff);
  await hold.getByLabel('停止する理由').fill('開示請求のため');
  await press(hold.getByRole('button', { name: '廃棄を停止する' }));
  await expect(page.getByRole('row', { name: /西川 拓也/ })).toContainText('停止中');
  await examine();
});

test('a 推進員 finds who is missing from the first screen and enters for somebody', async ({ page, signIn, examine }) => {
  await signIn(people.officer, password);
  await page.goto(`/people?q=${people.staff}`);
  await page.getByRole('link', { name: '西川 拓也' }).click();
  const grant = page.locator('form', { has: page.getByRole('button', { name: '役割を付与する' }) });
  await grant.getByLabel('役割').selectOption({ label: '情報セキュリティ推進員' });
  await press(grant.getByRole('button'));
  await signIn(people.staff, password);
  await page.getByRole('link', { name: '市民課：未提出の人を見る' }).click();
  await expect(page.locator('h1')).toHaveText('市民課');
  await expect(page.getByRole('button', { name: /差し戻す|確認する/ }), 'only the head gives back and confirms').toHaveCount(0);
  await examine();
  const row = page.locator('main table tbody tr', { hasText: '未着手' }).first();
  const name = await row.getByRole('rowheader').innerText();
  await row.locator('summary', { hasText: '代理で入力する' }).click();
  await row.getByRole('textbox').fill('育児短時間勤務のため、電話で聞き取った。');
  await press(row.getByRole('button').last());
  await expect(page).toHaveURL(/\/answer\//);
  await expect(page.locator('main')).toContainText(name.trim());
  await examine();
});
