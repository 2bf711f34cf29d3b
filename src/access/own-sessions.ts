import { Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Clock } from '../platform/clock/clock.js';
import { type List, ListReader, Where } from '../platform/http/list-reader.js';
import { type Page, pageOf, type PageQuery } from '../platform/http/paging.js';
import type { SignedIn } from './own-proof.js';
import { IDLE_MS } from './sessions.service.js';

export class SessionView {
  @ApiProperty({ description: 'UUIDv7.', example: '0193a1b2-0000-7000-8000-000000000003' })
  id!: string;

  @ApiProperty({ type: String, format: 'date-time', example: '2021-11-03T09:00:00.000Z' })
  createdAt!: Date;

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'Last renewal of its tokens.',
    example: '2021-11-03T09:10:00.000Z',
  })
  lastUsedAt!: Date;

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'Over by then, whatever the use; sooner where it is idle for 15 minutes.',
    example: '2021-11-03T17:00:00.000Z',
  })
  expiresAt!: Date;

  @ApiProperty({ description: 'The one that is asking.', example: true })
  isCurrent!: boolean;
}

export class SessionPage extends pageOf(SessionView) {}

const SESSIONS: List<Omit<SessionView, 'isCurrent'>> = {
  name: 'own-sessions',
  select: 's.id, s.created_at AS "createdAt", s.last_used_at AS "lastUsedAt", s.expires_at AS "expiresAt"',
  from: 'sessions s',
  keys: ['s.id'],
  types: ['uuid'],
  positionOf: (row) => [row.id],
};

/** Where an account is signed in. */
@Injectable()
export class OwnSessions {
  constructor(
    private readonly lists: ListReader,
    private readonly clock: Clock,
  ) {}

  /** Those that have not ended, the oldest first. */
  list({ accountId, sessionId }: SignedIn, query: PageQuery): Promise<Page<SessionView>> {
    const now = this.clock.now();
    const where = new Where()
      .add(accountId, (account) => `s.account_id = ${account} AND s.revoked_at IS NULL`)
      .add(now, (present) => `s.expires_at > ${present}`)
      .add(new Date(now.getTime() - IDLE_MS), (idleSince) => `s.last_used_at > ${idleSince}`);
    return this.lists.page(SESSIONS, where, query, (row) => ({ ...row, isCurrent: row.id === sessionId }));
  }
}
