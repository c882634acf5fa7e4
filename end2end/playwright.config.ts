import { defineConfig } from '@playwright/test';

// The system's Chromium: nothing is downloaded, and the tests see what an office PC has.
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: 'tests',
  fullyParallel: false,
  workers: Number(process.env.WORKERS ?? 2),
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1366, height: 768 },
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    actionTimeout: 10_000,
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
    },
  },
  projects: [
    { name: 'with-script', testIgnore: /\.noscript\.spec\.ts$/ },
    { name: 'without-script', testMatch: /\.noscript\.spec\.ts$/, use: { javaScriptEnabled: false } },
  ],
});
