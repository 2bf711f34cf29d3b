import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { Provider } from 'oidc-provider';

export const AUDIENCE = 'urn:shukun:test';
const CLIENT = 'portal';
const CALLBACK = 'https://portal.example/callback';
const SCOPE = 'use';
type Key = JWK & { kid: string };

/** Seconds. */
const TTL = {
  AccessToken: 600,
  AuthorizationCode: 60,
  Grant: 600,
  IdToken: 600,
  Interaction: 600,
  Session: 600,
};

/** What the provider keeps between two requests, by kind and id. */
class Kept {
  private static readonly rows = new Map<string, { uid?: string; grantId?: string; consumed?: boolean }>();

  constructor(private readonly kind: string) {}

  async upsert(id: string, row: object): Promise<void> {
    Kept.rows.set(`${this.kind} ${id}`, row);
  }

  async find(id: string): Promise<object | undefined> {
    return Kept.rows.get(`${this.kind} ${id}`);
  }

  async findByUid(uid: string): Promise<object | undefined> {
    return [...Kept.rows].find(([key, row]) => key.startsWith(`${this.kind} `) && row.uid === uid)?.[1];
  }

  async consume(id: string): Promise<void> {
    Object.assign((await this.find(id)) ?? {}, { consumed: true });
  }

  async destroy(id: string): Promise<void> {
    Kept.rows.delete(`${this.kind} ${id}`);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, row] of Kept.rows) if (row.grantId === grantId) Kept.rows.delete(key);
  }
}

/** A person of the issuer: `sub` and `preferred_username`. */
export interface Person {
  subject: string;
  user: string;
}

/** A real OIDC provider in the process, at which people sign in with PKCE, and whose keys can be changed. */
export class OidcIssuer {
  /** How often each path was asked for. */
  readonly asked = new Map<string, number>();
  private provider!: Provider;
  private keys: Key[] = [];
  private readonly people = new Map<string, Person>();
  private readonly cookieKey = randomBytes(16).toString('hex');
  private isAway = false;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<OidcIssuer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const issuer = new OidcIssuer(server, `http://127.0.0.1:${port}`);
    server.on('request', (request, response) => void issuer.answer(request, response));
    await issuer.rotate();
    return issuer;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** Cuts every connection from now on, as a machine that is switched off; or no longer. */
  away(isAway: boolean): void {
    this.isAway = isAway;
  }

  /** The key that signs now, with its private part. */
  get key(): Key {
    const [key] = this.keys;
    if (key === undefined) throw new Error('the issuer has no key');
    return key;
  }

  /** A new key signs from now on; the old one is published no longer. */
  async rotate(): Promise<void> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const kid = randomBytes(6).toString('hex');
    this.keys = [{ ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' }];
    this.provider = this.build();
  }

  /** Signs in as people do: by the browser, with PKCE. @returns the access token */
  async signIn(person: Person, audience = AUDIENCE): Promise<string> {
    this.people.set(person.subject, person);
    const verifier = randomBytes(32).toString('base64url');
    const asked = new URLSearchParams({
      client_id: CLIENT,
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope: `openid ${SCOPE}`,
      resource: audience,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      login_hint: person.subject,
    });
    const code = await this.codeOf(`${this.url}/auth?${asked.toString()}`);
    const answer = await fetch(`${this.url}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: CLIENT,
        redirect_uri: CALLBACK,
        code_verifier: verifier,
        resource: audience,
        code,
      }),
    });
    const { access_token: token } = Object(await answer.json());
    if (typeof token !== 'string') throw new Error(`no token: ${answer.status}`);
    return token;
  }

  /** Follows the redirects of a sign-in as a browser with cookies does. */
  private async codeOf(start: string): Promise<string> {
    const cookies = new Map<string, string>();
    let at = start;
    while (!at.startsWith(CALLBACK)) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(at, { redirect: 'manual', headers: { cookie } });
      await answer.body?.cancel();
      for (const line of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (name !== undefined && value !== undefined) cookies.set(name, value);
      }
      const next = answer.headers.get('location');
      if (next === null) throw new Error(`the issuer answered ${answer.status} at ${at}`);
      at = new URL(next, at).href;
    }
    const code = new URL(at).searchParams.get('code');
    if (code === null) throw new Error(`no code: ${at}`);
    return code;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = ''] = (request.url ?? '').split('?', 1);
    this.asked.set(path, (this.asked.get(path) ?? 0) + 1);
    if (this.isAway) {
      request.socket.destroy();
      return;
    }
    if (!path.startsWith('/interaction/')) {
      await this.provider.callback()(request, response);
      return;
    }
    // Whoever is named is believed: what is tried here is what comes after.
    const { params } = await this.provider.interactionDetails(request, response);
    const login = { accountId: String(params['login_hint']) };
    await this.provider.interactionFinished(request, response, { login });
  }

  private build(): Provider {
    return new Provider(this.url, {
      jwks: { keys: this.keys },
      adapter: Kept,
      ttl: TTL,
      cookies: { keys: [this.cookieKey] },
      clients: [
        {
          client_id: CLIENT,
          token_endpoint_auth_method: 'none',
          redirect_uris: [CALLBACK],
        },
      ],
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      findAccount: (_: unknown, accountId: string) => ({
        accountId,
        claims: () => ({ sub: accountId }),
      }),
      extraTokenClaims: (_: unknown, token: { accountId?: string }) => ({
        preferred_username: this.people.get(token.accountId ?? '')?.user,
      }),
      loadExistingGrant: async (context: {
        oidc: { client: { clientId: string }; session: { accountId: string }; params: { resource: string } };
      }) => {
        const { client, session, params } = context.oidc;
        const grant = new this.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
        grant.addOIDCScope('openid');
        grant.addResourceScope(params.resource, SCOPE);
        await grant.save();
        return grant;
      },
      features: {
        devInteractions: { enabled: false },
        resourceIndicators: {
          enabled: true,
          useGrantedResource: () => true,
          getResourceServerInfo: (_: unknown, audience: string) => ({
            audience,
            scope: SCOPE,
            accessTokenFormat: 'jwt',
            accessTokenTTL: 600,
            jwt: { sign: { alg: 'RS256' } },
          }),
        },
      },
    });
  }
}
