// A real mail server on this machine (that of Nodemailer): without encryption, with STARTTLS, or with TLS from the
// beginning, with a certificate of the city's own authority.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

export type Encryption = 'none' | 'starttls' | 'tls';

/** A message as it arrived. */
export interface Mail {
  to: string;
  text: string;
  encrypted: boolean;
}

export class MailServer {
  readonly mails: Mail[] = [];
  /** Recipients it refuses for good. */
  readonly unknown = new Set<string>();
  private readonly folder = mkdtempSync(join(tmpdir(), 'minaoshi-mail-'));
  private server?: SMTPServer;
  private port = 0;

  constructor() {
    const run = (...args: string[]) => execFileSync('openssl', args, { cwd: this.folder, stdio: 'pipe' });
    const request = ['-newkey', 'rsa:2048', '-nodes', '-days', '2'];
    run('req', '-x509', ...request, '-subj', '/CN=Nagihara CA', '-keyout', 'ca.key', '-out', 'ca.pem');
    run('req', '-x509', ...request, '-subj', '/CN=mail', '-addext', 'subjectAltName=IP:127.0.0.1', '-addext', 'basicConstraints=critical,CA:FALSE',
      '-CA', 'ca.pem', '-CAkey', 'ca.key', '-keyout', 'mail.key', '-out', 'mail.pem');
  }

  /** The certificate of the authority. */
  get ca(): string {
    return join(this.folder, 'ca.pem');
  }

  /** Starts, or starts again in another way; gives the options of the site. */
  async start(encryption: Encryption): Promise<string[]> {
    await this.stop();
    const server = new SMTPServer({
      secure: encryption === 'tls',
      key: readFileSync(join(this.folder, 'mail.key')),
      cert: readFileSync(join(this.folder, 'mail.pem')),
      authOptional: true,
      disabledCommands: encryption === 'none' ? ['AUTH', 'STARTTLS'] : ['AUTH'],
      onRcptTo: ({ address }, _session, answer) =>
        answer(this.unknown.has(address) ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null),
      onData: (stream, session, answer) => {
        let text = '';
        stream.setEncoding('utf8').on('data', (part: string) => (text += part));
        stream.on('end', () => {
          for (const { address } of session.envelope.rcptTo) this.mails.push({ to: address, text, encrypted: session.secure });
          answer();
        });
      },
    });
    server.on('error', () => {}); // a client that does not trust the certificate hangs up
    this.server = server;
    await new Promise<void>((done) => server.listen(this.port, '127.0.0.1', done));
    this.port = (server.server.address() as AddressInfo).port;
    const place = `127.0.0.1:${this.port}`;
    return {
      none: ['--smtp', `smtp://${place}`],
      starttls: ['--smtp', `smtp://${place}?tls=required`, '--smtp-ca', this.ca],
      tls: ['--smtp', `smtps://${place}`, '--smtp-ca', this.ca],
    }[encryption];
  }

  async stop(): Promise<void> {
    await new Promise<void>((done) => (this.server ? this.server.close(() => done()) : done()));
    this.server = undefined;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
