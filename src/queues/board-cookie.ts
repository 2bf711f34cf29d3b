import { Injectable } from '@nestjs/common';
import { validate } from 'uuid';
import type { SignedIn } from '../access/own-proof.js';
import { Clock } from '../platform/clock/clock.js';
import { AppConfig } from '../platform/config/app-config.js';
import { Sealer } from '../platform/seal/sealer.js';

/** Under it alone the cookie is sent. */
export const BOARD_PATH = '/queues';
const NAME = 'shukun_board';
const SECONDS = 15 * 60;
const IN_HEADER = new RegExp(`(?:^|; )${NAME}=([\\w-]{1,500})(?:;|$)`);

/**
 * What lets a browser, which sends no bearer token, look at the board: the session that asked for it, for a quarter of
 * an hour, sealed. Whether the session still lives is asked at each request.
 */
@Injectable()
export class BoardCookie {
  private readonly sealer: Sealer;
  private readonly isAlwaysSecure: boolean;

  constructor(
    config: AppConfig,
    private readonly clock: Clock,
  ) {
    this.sealer = new Sealer(config, 'shukun board session');
    this.isAlwaysSecure = config.publicUrl.startsWith('https:');
  }

  /** `Set-Cookie`. @param isSecure it was asked for by https */
  make({ accountId, sessionId }: SignedIn, isSecure: boolean): string {
    const expiresAt = this.clock.now().getTime() + SECONDS * 1_000;
    const sealed = this.sealer.seal(JSON.stringify([accountId, sessionId, expiresAt]), BOARD_PATH);
    const secure = this.isAlwaysSecure || isSecure ? '; Secure' : '';
    return `${NAME}=${sealed.toString('base64url')}; Path=${BOARD_PATH}; Max-Age=${SECONDS}; HttpOnly; SameSite=Strict${secure}`;
  }

  /** @param header `Cookie`. @returns `undefined` for whatever was not made here, or is over */
  open(header: string | undefined): SignedIn | undefined {
    const text = IN_HEADER.exec(header ?? '')?.[1];
    const sealed = Buffer.from(text ?? '', 'base64url');
    if (text === undefined || !this.sealer.canOpen(sealed, BOARD_PATH)) return undefined;
    const [accountId, sessionId, expiresAt]: unknown[] = JSON.parse(
      this.sealer.open(sealed, BOARD_PATH).toString(),
    );
    if (typeof expiresAt !== 'number' || expiresAt <= this.clock.now().getTime()) return undefined;
    return isId(accountId) && isId(sessionId) ? { accountId, sessionId } : undefined;
  }
}

const isId = (value: unknown): value is string => validate(value);
