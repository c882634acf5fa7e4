// How long the officer waits at the workbench: from the key to the next proposal on the screen. Prints figures.
//   node end2end/bench/workbench.mjs URL LOGIN PASSWORD POLICY [KEYS]
import { chromium } from '@playwright/test';

const [url, login, password, policy, keys = '50'] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});
try {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ja-JP' });
  const page = await context.newPage();
  await openBench(page);
  const [shown, asked] = [[], []];
  for (let key = 0; key < Number(keys); key += 1) {
    const wait = await pressOnce(page);
    if (!wait) break;
    shown.push(wait.shown);
    asked.push(wait.asked);
  }
  print('key to next proposal', shown);
  print('of that the call    ', asked);
} finally {
  await browser.close();
}

async function openBench(page) {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('利用者ID').fill(login);
  await page.getByLabel('パスワード').fill(password);
  await page.getByRole('button', { name: 'サインイン' }).click();
  await page.waitForURL(`${url}/`);
  await page.goto(`${url}/policies`);
  await page.getByLabel(/ポリシーの本文/).setInputFiles(policy);
  await page.getByRole('button', { name: '取り込む' }).click();
  await page.waitForURL(/\/policies\/[0-9a-f-]{36}$/);
  await page.getByRole('link', { name: '次の案を決める' }).click();
  await page.locator('.workbench.is-live').waitFor();
}

/** Presses A and waits until another card is painted; nothing where no proposal is left. */
async function pressOnce(page) {
  const open = await page.evaluate(() => {
    const before = document.querySelector('.prop--on');
    if (!before) return false;
    performance.clearResourceTimings();
    let pressed = 0;
    addEventListener('keydown', (event) => { pressed = event.timeStamp; }, { once: true, capture: true });
    window.waiting = new Promise((done) => {
      const watch = new MutationObserver(() => {
        const now = document.querySelector('.prop--on');
        if (now && now.id === before.id) return;
        watch.disconnect();
        // The frame is drawn after its callbacks; what runs then runs behind the paint.
        requestAnimationFrame(() => setTimeout(() => {
          const call = performance.getEntriesByType('resource').find((one) => one.name.includes('/api/'));
          done({ shown: performance.now() - pressed, asked: call?.duration ?? 0 });
        }));
      });
      watch.observe(document.body, { childList: true, subtree: true });
      setTimeout(() => done(null), 10000);
    });
    return true;
  });
  if (!open) return null;
  await page.keyboard.press('a');
  return page.evaluate(() => window.waiting);
}

function print(name, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]);
  console.log(`${name}  median ${at(0.5)} ms, 95% within ${at(0.95)} ms (${at(0)} to ${at(1)} ms, ${sorted.length} keys)`);
}
