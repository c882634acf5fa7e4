// The test function of all specs: whoever looks at a page also looks for accessibility, for requests to
// other servers, for errors and for breaches of the content security policy.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as plain, type Page, type Response } from '@playwright/test';
import { running } from './site';

interface Helpers {
  /** Opens an address and examines the page; gives the response. */
  visit: (path: string) => Promise<Response | null>;
  /** Examines the page at hand with axe: no violations. */
  examine: () => Promise<void>;
  /** Signs in through the form; any other session of this browser ends first. */
  signIn: (login: string, password: string) => Promise<void>;
  /** Takes a picture of the screen at 1366×768. */
  shot: (name: string) => Promise<void>;
}

// The browser notes every 4xx answer; a refused form is one, and the tests look at what it shows. A connection is
// cut only where a test cuts it.
const refused = /^Failed to load resource: (the server responded with a status of 4\d\d|net::ERR_INTERNET_DISCONNECTED)/;

export const test = plain.extend<Helpers>({
  // Not `baseURL` and not automatic: both are asked for before the site of the spec file has started.
  page: async ({ page, context }, use) => {
    const problems: string[] = [];
    const own = running().url;
    const goto = page.goto.bind(page);
    page.goto = (path, options) => goto(new URL(path, own).href, options);
    context.on('request', (request) => {
      const url = request.url();
      const known = [own, ...running().friends].some((address) => url.startsWith(`${address}/`));
      const inside = known || url.startsWith('data:') || url === 'about:blank';
      if (!inside) problems.push(`asks another server: ${url}`);
    });
    context.on('console', (message) => {
      if (message.type() === 'error' && !refused.test(message.text())) problems.push(`console: ${message.text()}`);
    });
    context.on('weberror', (error) => problems.push(`script: ${error.error().message}`));
    await use(page);
    expect(problems).toEqual([]);
  },

  examine: async ({ page, javaScriptEnabled }, use) =>
    use(async () => {
      await expect(page.locator('h1')).toHaveCount(1);
      await (javaScriptEnabled === false ? withCopy(page, examine) : examine(page));
    }),

  visit: async ({ page, examine }, use) =>
    use(async (path) => {
      const response = await page.goto(path);
      await examine();
      return response;
    }),

  signIn: async ({ page }, use) =>
    use(async (login, password) => {
      await page.context().clearCookies();
      await page.goto('/sign-in');
      await page.getByLabel('利用者ID').fill(login);
      await page.getByLabel('パスワード').fill(password);
      await page.getByRole('button', { name: 'サインイン' }).click();
      await expect(page.locator('.me summary')).toBeVisible();
    }),

  shot: async ({ page }, use) =>
    use(async (name) => {
      await page.screenshot({ path: `test-results/shots/${name}.png` });
    }),
});

async function examine(page: Page): Promise<void> {
  const result = await new AxeBuilder({ page }).analyze();
  const found = result.violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => node.html) }));
  expect(found, page.url()).toEqual([]);
}

/** axe is a script: where scripts are off it looks at a copy of the page as it stands. */
async function withCopy(page: Page, look: (copy: Page) => Promise<void>): Promise<void> {
  const html = (await page.content()).replaceAll(/<script\b.*?<\/script>/gs, '');
  const context = await page.context().browser()!.newContext({ javaScriptEnabled: true, viewport: page.viewportSize() });
  try {
    const copy = await context.newPage();
    await copy.route(page.url(), (route) => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }));
    await copy.goto(page.url());
    await look(copy);
  } finally {
    await context.close();
  }
}

export { expect };
