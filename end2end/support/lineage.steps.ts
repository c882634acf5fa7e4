// The next revision of a policy, with and without JavaScript: imported, one link put right, every question
// settled, the 新旧対照表 saved.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { press } from './acts';
import { freshSite } from './site';
import { expect, test } from './test';

const officer = { login: '100202', name: '椎名　航平', password: 'なぎはらの海は青い2026' };
const policy = readFileSync(join(import.meta.dirname, '../../server/demo/policy.md'), 'utf8');

/** The policy after a committee: two clauses changed, one inserted, one split, one repealed. */
function revised(): string {
  const changes: [string, string][] = [
    ['保管し、四半期に1回以上、その数量', '保管し、毎月1回以上、その数量'],
    ['その日から起算して10日以内に、不要となった', 'その日から起算して5日以内に、不要となった'],
    ['- イ 職員等は、パスワードを他の者に知られないように管理しなければならない。\n- ウ', '- イ 職員等は、認証に用いるカードを他の者に貸与してはならない。\n- ウ 職員等は、パスワードを他の者に知られないように管理しなければならない。\n- エ'],
    ['利用していた情報資産を返却しなければならない。また、業務を離れた後も、', '利用していた情報資産を返却しなければならない。\n- エ 職員等は、業務を離れた後も、'],
    ['\n- ウ 職員等は、執務室において見慣れない者を認めたときは、声を掛け、用件を確認するよう努めなければならない。', ''],
  ];
  return changes.reduce((text, [from, to]) => {
    expect(text.split(from).length, from).toBe(2);
    return text.replace(from, to);
  }, policy);
}

async function upload(page: Page, name: string, text: string): Promise<void> {
  await page.getByLabel(/ポリシーの本文/).setInputFiles({ name, mimeType: 'text/markdown', buffer: Buffer.from(text) });
}

export function lineageSteps(): void {
  test.describe.configure({ mode: 'serial' });
  const site = freshSite((site) => site.addUser(officer.login, officer.name, 'secretariat', officer.password));
  let revision = '';

  test('the first revision is imported and all its proposals are accepted', async ({ page, visit, signIn }) => {
    expect(site.url).not.toBe('');
    await signIn(officer.login, officer.password);
    await visit('/policies');
    await upload(page, 'policy.md', policy);
    await press(page.getByRole('button', { name: '取り込む' }));
    await page.getByRole('link', { name: /まとめて採用/ }).click();
    await press(page.getByRole('button', { name: /件を採用する/ }));
    await expect(page.locator('main')).toContainText('まだ決めていない案0件');
  });

  test('another title is not taken without a word; then only what changed is left to do', async ({ page, visit, signIn, examine, shot }) => {
    await signIn(officer.login, officer.password);
    await visit('/policies');
    const renamed = revised().replace('# 凪原市情報セキュリティポリシー', '# 凪原市情報セキュリティ規程');
    await upload(page, 'policy-2.md', renamed);
    await press(page.getByRole('button', { name: '取り込む' }));
    await expect(page.getByRole('alert')).toContainText('表題は異なりますが');
    await examine();
    await page.getByLabel('どのポリシーの改定か').selectOption({ label: '「凪原市情報セキュリティポリシー」の次の版' });
    await page.getByLabel('施行日（分かるとき）').fill('2027-04-01');
    await upload(page, 'policy-2.md', renamed);
    await press(page.getByRole('button', { name: '取り込む' }));
    await expect(page).toHaveURL(/\/policies\/[0-9a-f-]{36}$/);
    revision = new URL(page.url()).pathname;
    await examine();
    await shot('lineage-01-revision');
    await page.getByRole('link', { name: '見直しが必要な設問' }).first().click();
    await expect(page.locator('h1')).toHaveText('見直しが必要な設問');
    await expect(page.locator('main')).toContainText('変更 2・分割 1・新設 1・削除 1');
    await examine();
    await shot('lineage-02-changes');
    await visit('/');
    await expect(page.locator('main')).toContainText('改定に伴う設問の見直し');
  });

  test('a link of the alignment is put right and set back', async ({ page, visit, signIn, examine, shot }) => {
    await signIn(officer.login, officer.password);
    await visit(`${revision}/lineage?kind=changed`);
    await shot('lineage-03-alignment');
    await page.getByRole('link', { name: /の対応を改める/ }).first().click();
    await examine();
    await shot('lineage-04-correction');
    await press(page.getByRole('button', { name: /は新設とする/ }));
    await expect(page.locator('#line')).toContainText('新設');
    await examine();
    await press(page.getByRole('button', { name: 'この条項を元とする' }));
    await expect(page.locator('#line')).toContainText('変更');
  });

  test('every question is settled, each in its own way, and one is taken back', async ({ page, visit, signIn, examine, shot }) => {
    await signIn(officer.login, officer.password);
    const changes = `${revision}/changes`;
    await visit(changes);
    const open = page.locator('article.prop', { hasText: '要見直し' });
    const before = await open.count();
    expect(before).toBeGreaterThanOrEqual(4);
    // A question that lost its clause stays only for a reason; the others at once.
    const keepable = open.filter({ has: page.getByRole('button', { name: 'このまま使う' }) });
    const keep = () => press(keepable.first().getByRole('button', { name: 'このまま使う' }).first());
    await keep();
    await expect(open).toHaveCount(before - 1);
    await press(page.getByRole('button', { name: /取り消す/ }).first());
    await expect(open).toHaveCount(before);

    const changed = open.filter({ hasText: '5日以内' }).first();
    await changed.getByText('文言を直す').click();
    await press(changed.getByRole('button', { name: '直した文で使う' }));
    await expect(page.locator('article.prop', { hasText: '文言を直した' })).toContainText('5日以内');

    const lost = open.filter({ hasText: '削除されました' }).first();
    await lost.getByText('廃止する').first().click();
    await lost.getByLabel('廃止の理由').fill('根拠となる条項が削除されたため');
    await press(lost.getByRole('button', { name: '廃止する' }));
    await open.first().getByRole('link', { name: '別の条項に結び付ける' }).click();
    await examine();
    await press(page.getByRole('button', { name: 'この条項に結び付ける' }));
    await examine();
    for (let left = await open.count(); left > 0; left -= 1) {
      await keep();
    }
    await expect(page.locator('main')).toContainText('すべて見直しました');
    await examine();
    await shot('lineage-05-settled');
  });

  test('redline, 新旧対照表 and history say what changed; the table is saved for Word', async ({ page, visit, signIn, shot, examine }) => {
    await signIn(officer.login, officer.password);
    await visit(`${revision}/redline`);
    await expect(page.locator('.redline')).toContainText('毎月');
    await shot('lineage-06-redline');
    await page.getByLabel('同じ条項も表示する').check();
    await page.getByRole('button', { name: '比べる' }).click();
    await examine();
    await visit(`${revision}/history`);
    await expect(page.locator('table').first()).toContainText('令和9年4月1日');
    await shot('lineage-07-history');
    await visit(`${revision}/table`);
    await expect(page.locator('table')).toContainText('（新設）');
    await expect(page.locator('table')).toContainText('（削る）');
    await shot('lineage-08-table');
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Word形式で保存' }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toContain('新旧対照表');
    expect(readFileSync(await file.path()).subarray(0, 2).toString()).toBe('PK');
  });
}
