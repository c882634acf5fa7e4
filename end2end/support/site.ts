// The real executable with a data folder of its own, for one spec file.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from '@playwright/test';

/** The executable. */
export const program = resolve(process.env.MINAOSHI_BIN ?? join(import.meta.dirname, '../../target/debug/minaoshi'));

export class Site {
  url = '';
  data = '';
  /** Further options of the server, and where it listens; set before it starts. */
  options: string[] = [];
  listen = '127.0.0.1:0';
  /** Other servers its pages may lead to. */
  friends: string[] = [];
  private process?: ChildProcess;
  private log = '';

  /** Runs a command of the executable on this site's data; gives what it prints. */
  run(args: string[], input = ''): string {
    return execFileSync(program, [...args, '--data', this.data], {
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  }

  /** Makes a user as the operator does. */
  addUser(login: string, name: string, role: string, password: string): void {
    this.run(['user', 'add', '--login', login, '--name', name, '--role', role], `${password}\n`);
  }

  async start(): Promise<void> {
    this.data ||= mkdtempSync(join(tmpdir(), 'minaoshi-'));
    const args = ['serve', '--data', this.data, '--listen', this.listen, '--city', '凪原市', ...this.options];
    // No notice by itself while a walk counts messages; a walk of its own opens the hours with an option.
    const env = { MINAOSHI_MAIL_HOURS: '00:00-00:00', ...process.env };
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    this.process = child;
    child.stderr.on('data', (text) => (this.log += text));
    this.url = await new Promise((done, fail) => {
      let said = '';
      child.stdout.on('data', (text) => {
        said += text;
        const found = /http:\/\/[\d.]+:\d+/.exec(said);
        if (found) done(found[0]);
      });
      child.on('error', fail);
      child.on('exit', (code) => fail(new Error(`${program} ended with ${code}\n${said}${this.log}`)));
    });
  }

  /** Stops the server; the data stays. */
  async stop(): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    // Connections the browser keeps open must not hold the tests up.
    const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
    await ended;
    clearTimeout(timer);
  }

  remove(): void {
    if (this.data) rmSync(this.data, { recursive: true, force: true });
  }

  /** What the server wrote to its log. */
  get messages(): string {
    return this.log;
  }
}

let current: Site | undefined;

/** The site of the spec file that runs. */
export function running(): Site {
  if (!current) throw new Error('call freshSite() at the top of the spec file');
  return current;
}

/** An empty site for this spec file: starts before its tests, is removed after them. */
export function freshSite(
  prepare: (site: Site) => void | Promise<void> = () => {},
  before: (site: Site) => void | Promise<void> = () => {},
): Site {
  const site = new Site();
  test.beforeAll(async () => {
    current = site;
    await before(site);
    await site.start();
    await prepare(site);
  });
  test.afterAll(async () => {
    await site.stop();
    site.remove();
    site.data = '';
  });
  return site;
}
