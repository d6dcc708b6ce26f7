import { createPrivateKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type JWK } from 'oidc-provider';
import { must } from '#shared/domain/must.ts';

type Claims = Readonly<Record<string, unknown>>;

/** A pair of keys that tokens are signed with, as JWK. */
const newKey = (): JWK => ({
  ...(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }) as JWK),
  kid: randomUUID(),
  use: 'sig',
  alg: 'RS256',
});

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs a token by hand, as a provider with other claims or another key would. */
function signed(claims: Claims, key: JWK, kid = key.kid): string {
  const text = `${encoded({ alg: 'RS256', typ: 'JWT', kid })}.${encoded(claims)}`;
  const by = createPrivateKey({ key: { ...key } as Record<string, unknown>, format: 'jwk' });
  return `${text}.${sign('sha256', Buffer.from(text), by).toString('base64url')}`;
}

const claimsIn = (token: string): Claims =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;

/** Untruths that it tells; what is left out is as it should be. */
export interface ProviderLie {
  /** Stand in the ID token instead of what should. */
  readonly claims?: Claims;
  /** Signs with a key of nobody's, under the name of its own. */
  readonly strangeKey?: boolean;
  /** Stand in what it says of itself. */
  readonly metadata?: Claims;
}

/**
 * A real OpenID Connect provider (oidc-provider) with its own pages, where everybody gives their name and is
 * believed. Its tokens can be made to lie.
 */
export class FakeSignInProvider {
  readonly client = { id: 'pult', access: 'a secret that nobody guesses anywhere' };
  /** Claims of people by the name that they give. */
  readonly people = new Map<string, Claims>();
  lie: ProviderLie = {};
  /** Answers nothing at all while it is true. */
  isSilent = false;
  /** Answers nothing at this path; '' for none. */
  silentAt = '';
  /** Empty until it listens. */
  issuer = '';
  readonly #server = createServer((request, response) => this.#handle(request, response));
  #key = newKey();
  #handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  #consoleUrl = '';

  /** `consoleUrl`: where the console is opened, for the addresses it sends people back to. */
  async start(consoleUrl: string): Promise<void> {
    this.#consoleUrl = consoleUrl;
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.issuer = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    this.#serve();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Signs with another key from now on, which it shows to whoever asks. */
  changeKeys(): void {
    this.#key = newKey();
    this.#serve();
  }

  #serve(): void {
    const { client, people } = this;
    const provider = new Provider(this.issuer, {
      jwks: { keys: [this.#key] },
      clients: [
        {
          client_id: client.id,
          client_secret: client.access,
          redirect_uris: [`${this.#consoleUrl}/api/v1/sign-in/callback`],
          post_logout_redirect_uris: [`${this.#consoleUrl}/`],
        },
      ],
      claims: {
        openid: ['sub'],
        profile: ['name', 'preferred_username', 'groups', 'realm_access'],
        email: ['email', 'email_verified'],
      },
      cookies: { keys: ['fake'] },
      pkce: { required: () => true },
      ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
      findAccount: (_ctx, id) => ({
        accountId: id,
        claims: async () => ({ sub: `person-${id}`, preferred_username: id, ...people.get(id) }),
      }),
    });
    provider.use(async (ctx, next) => {
      await next();
      this.#spoil(ctx.path, ctx);
    });
    const answer = provider.callback();
    this.#handle = (request, response) => {
      if (!this.isSilent && request.url !== this.silentAt) void answer(request, response);
    };
  }

  #spoil(path: string, ctx: { body: unknown }): void {
    const { claims, strangeKey = false, metadata } = this.lie;
    const body = ctx.body as Record<string, unknown>;
    if (path === '/.well-known/openid-configuration') ctx.body = { ...body, ...metadata };
    if (path !== '/token' || (claims === undefined && !strangeKey)) return;
    const token = must(body['id_token'], 'a token') as string;
    const key = strangeKey ? newKey() : this.#key;
    ctx.body = { ...body, id_token: signed({ ...claimsIn(token), ...claims }, key, this.#key.kid) };
  }
}
