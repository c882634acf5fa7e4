// A certified OpenID Connect provider with two people, on this machine: the one of npm, with a sign-in page of its own.
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export const client = { id: 'minaoshi', secret: 'himitsu-no-aikotoba-0123456789abcdef' };

/** Somebody the provider knows. */
export interface Account {
  password: string;
  staffNo: string;
  groups: string[];
}

export class IdentityProvider {
  readonly accounts = new Map<string, Account>();
  private server?: Server;

  private constructor(readonly port: number) {}

  /** Its address, as it names itself. */
  get issuer(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Chooses an address; it does not answer yet. */
  static async reserve(): Promise<IdentityProvider> {
    return new IdentityProvider(await freePort());
  }

  /** Starts to answer, for a site at this address. */
  async start(site: string): Promise<void> {
    const provider = new Provider(this.issuer, this.configuration(site));
    const callback = provider.callback();
    this.server = createServer((request, response) => {
      if (request.url?.startsWith('/interaction/')) this.interact(provider, request, response).catch((e) => fail(response, e));
      else callback(request, response);
    });
    await new Promise<void>((done) => this.server!.listen(this.port, '127.0.0.1', done));
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((done) => (this.server ? this.server.close(done) : done(undefined)));
  }

  private configuration(site: string) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'one' };
    return {
      clients: [
        { client_id: client.id, client_secret: client.secret, redirect_uris: [`${site}/sign-in/oidc/back`] },
      ],
      jwks: { keys: [key] },
      cookies: { keys: ['only for this test'] },
      claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'] },
      conformIdTokenClaims: false,
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      findAccount: (_: unknown, id: string) => this.findAccount(id),
      loadExistingGrant: (ctx: any) => grant(ctx),
      ttl: { Session: 3600, Interaction: 600, Grant: 3600, AccessToken: 600, IdToken: 600 },
    };
  }

  private findAccount(id: string) {
    const account = this.accounts.get(id);
    if (!account) return undefined;
    const claims = { sub: id, name: id, preferred_username: account.staffNo, groups: account.groups };
    return { accountId: id, claims: async () => claims };
  }

  /** The provider's own sign-in page. */
  private async interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') return page(response, '');
    const form = new URLSearchParams(await body(request));
    if (form.has('cancel')) {
      const result = { error: 'access_denied', error_description: 'the user gave up' };
      return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    }
    const id = form.get('name') ?? '';
    const account = this.accounts.get(id);
    if (!account || account.password !== form.get('password')) return page(response, '違います。');
    // Each sign-in asks again: the next test may be somebody else.
    const result = { login: { accountId: id, remember: false } };
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
}

/** The city's own application: nobody is asked for consent. */
async function grant(ctx: any) {
  const { client: known, session, provider } = ctx.oidc;
  const given = new provider.Grant({ clientId: known.clientId, accountId: session.accountId });
  given.addOIDCScope('openid profile');
  await given.save();
  return given;
}

function page(response: ServerResponse, alert: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><html lang="ja"><title>庁内認証基盤</title><h1>庁内認証基盤</h1><p role="alert">${alert}</p>
<form method="post"><label>名前 <input name="name"></label><label>合言葉 <input name="password" type="password"></label>
<button>進む</button><button name="cancel" value="1">やめる</button></form></html>`);
}

function fail(response: ServerResponse, error: unknown): void {
  response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(String(error));
}

async function body(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
