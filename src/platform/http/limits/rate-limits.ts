import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Clock } from '../../clock/clock.js';
import { AppConfig } from '../../config/app-config.js';
import { Refusal } from '../../errors/refusal.js';
import { RateLimit } from './rate-limit.js';
import { SharedCounts } from './shared-counts.js';

/** Of the sign-ins that an address may try, so many for one name, from wherever they come. */
const NAMES_SHARE = 3;

/** What an attempt to sign in has taken. */
export interface SignInTake {
  readonly address: string;
  readonly name: string | undefined;
  readonly at: Date;
}

/** How often one may ask. `RateLimit` headers tell of the last limit that was asked. */
@Injectable()
export class RateLimits implements OnApplicationShutdown {
  private readonly account: RateLimit;
  private readonly address: RateLimit;
  private readonly signIn: RateLimit;
  private readonly signInName: RateLimit;
  private readonly counts: SharedCounts;

  constructor(
    config: AppConfig,
    private readonly clock: Clock,
  ) {
    this.account = new RateLimit('account', config.rateLimitAccount);
    this.address = new RateLimit('address', config.rateLimitAddress);
    this.signIn = new RateLimit('sign-in', config.rateLimitSignIn);
    this.signInName = new RateLimit('sign-in-name', Math.ceil(config.rateLimitSignIn / NAMES_SHARE));
    const limits = [this.account, this.address, this.signIn, this.signInName];
    this.counts = new SharedCounts(config.redisUrl, config.redisPrefix, limits);
  }

  /** @param caller an account or a key. @throws Refusal 429 RATE_LIMITED, as the others */
  takeForCaller(caller: string, reply: FastifyReply): void {
    this.take(this.account, caller, reply);
  }

  takeForAddress(address: string, reply: FastifyReply): void {
    this.take(this.address, address, reply);
  }

  /** @param name whom somebody says that he is; `undefined` where he says it by a token */
  takeForSignIn(address: string, name: string | undefined, reply: FastifyReply): SignInTake {
    const at = this.clock.now();
    this.take(this.signIn, address, reply, at);
    if (name !== undefined) this.take(this.signInName, name, reply, at);
    return { address, name, at };
  }

  /** He was who he said: many people have one address, and come at one hour. */
  giveBackSignIn({ address, name, at }: SignInTake): void {
    this.signIn.giveBack(address, at);
    if (name !== undefined) this.signInName.giveBack(name, at);
    this.counts.tellSoon();
  }

  onApplicationShutdown(): Promise<void> {
    return this.counts.close();
  }

  private take(limit: RateLimit, key: string, reply: FastifyReply, now = this.clock.now()): void {
    if (limit.quota === 0) return;
    const remaining = limit.take(key, now);
    const seconds = limit.secondsLeft(now);
    void reply.header('RateLimit-Policy', limit.policy);
    void reply.header('RateLimit', `"${limit.name}";r=${Math.max(remaining, 0)};t=${seconds}`);
    if (remaining < 0)
      throw new Refusal(
        429,
        'RATE_LIMITED',
        { limit: limit.quota, window: limit.windowSeconds },
        [],
        seconds,
      );
    this.counts.tellSoon();
  }
}
