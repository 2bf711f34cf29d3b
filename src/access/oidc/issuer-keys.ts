import { Inject, Injectable, Logger } from '@nestjs/common';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { Clock } from '../../platform/clock/clock.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { IssuerHttp } from './issuer-http.js';

/** Milliseconds for which keys are good without asking again: one that the issuer has withdrawn opens nothing after. */
const FRESH = 10 * 60_000;
/** Between two questions for a key that is not known: whoever makes up key ids does not make us ask each time. */
const COOLDOWN = 30_000;
/** After a failure: nobody waits for an issuer that is known to be away. */
const PAUSE = 5_000;

/**
 * The issuer's keys, by discovery. Asked for by the first token that needs them, not at the start; the time is the
 * clock's, which is why jose's own remote set, with a clock of its own, is not what holds them.
 */
@Injectable()
export class IssuerKeys {
  private readonly logger = new Logger(IssuerKeys.name);
  private keys: JWTVerifyGetKey | undefined;
  private askedAt = Number.NEGATIVE_INFINITY;
  private failedAt = Number.NEGATIVE_INFINITY;
  private asking: Promise<JWTVerifyGetKey> | undefined;

  constructor(
    private readonly config: AppConfig,
    @Inject(IssuerHttp) private readonly http: Pick<IssuerHttp, 'get'>,
    private readonly clock: Clock,
  ) {}

  /** For jose: the key that a token says it is signed with. @throws Refusal 503 ISSUER_AWAY */
  readonly keyOf: JWTVerifyGetKey = async (header, token) => {
    const keys = this.keys !== undefined && this.since(this.askedAt) < FRESH ? this.keys : await this.ask();
    try {
      return await keys(header, token);
    } catch (error) {
      const isUnknown = error instanceof errors.JWKSNoMatchingKey;
      if (!isUnknown || this.since(this.askedAt) < COOLDOWN) throw error;
      return (await this.ask())(header, token);
    }
  };

  /** Those who come while it is being asked wait for the same answer. */
  private ask(): Promise<JWTVerifyGetKey> {
    if (this.since(this.failedAt) < PAUSE) throw away();
    this.asking ??= this.load().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async load(): Promise<JWTVerifyGetKey> {
    try {
      const keys = createLocalJWKSet(await this.published());
      this.keys = keys;
      this.askedAt = this.clock.now().getTime();
      return keys;
    } catch (error) {
      this.failedAt = this.clock.now().getTime();
      this.logger.warn({ err: error }, 'the OIDC issuer gave no keys');
      throw away();
    }
  }

  private async published(): Promise<JSONWebKeySet> {
    const issuer = this.config.oidc?.issuer ?? '';
    const document = await this.read(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    // Else whoever may write one document on a host speaks for every issuer there.
    if (document['issuer'] !== issuer) throw new Error('the discovery document is of another issuer');
    const { jwks_uri: address } = document;
    if (typeof address !== 'string' || !URL.canParse(address)) throw new Error('jwks_uri is no URL');
    if (new URL(address).protocol !== new URL(issuer).protocol && !address.startsWith('https:'))
      throw new Error('jwks_uri is less protected than the issuer');
    const { keys } = await this.read(address);
    if (!Array.isArray(keys)) throw new Error('there are no keys at jwks_uri');
    return { keys };
  }

  private async read(url: string): Promise<Record<string, unknown>> {
    const answer = await this.http.get(url);
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
    const document: unknown = await answer.json();
    if (typeof document !== 'object' || document === null) throw new Error(`${url} is no JSON object`);
    return Object.fromEntries(Object.entries(document));
  }

  private since(moment: number): number {
    return this.clock.now().getTime() - moment;
  }
}

const away = (): Refusal => new Refusal(503, 'ISSUER_AWAY', {}, [], PAUSE / 1000);
