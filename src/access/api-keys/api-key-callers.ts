import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Reader } from '../../platform/database/reader.js';
import { Refusal } from '../../platform/errors/refusal.js';
import type { Authenticated } from '../authentication.js';
import type { ApiKeyScope } from './api-key-scopes.js';
import { hashOfSecret, readApiKeyToken } from './api-key-token.js';
import { ApiKeyUses } from './api-key-uses.js';

interface FoundKey {
  id: string;
  secretHash: Buffer;
  previousHash: Buffer | null;
  isPreviousGood: boolean;
  isExpired: boolean;
  isRevoked: boolean;
  scopes: ApiKeyScope[];
  reportingUnitIds: string[] | null;
  lastUsedAt: Date | null;
}

const FIND = `
  SELECT id, secret_hash AS "secretHash", previous_hash AS "previousHash",
         coalesce(previous_until > $2, false) AS "isPreviousGood", expires_at <= $2 AS "isExpired",
         revoked_at IS NOT NULL AS "isRevoked", scopes, reporting_unit_ids AS "reportingUnitIds",
         last_used_at AS "lastUsedAt"
    FROM api_keys WHERE prefix = $1`;

/** Portals that come with an API key. The row is asked at every request, so that what is revoked is revoked at once. */
@Injectable()
export class ApiKeyCallers {
  constructor(
    private readonly reader: Reader,
    private readonly uses: ApiKeyUses,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal 401 TOKEN_INVALID, API_KEY_REVOKED, API_KEY_EXPIRED */
  async of(token: string): Promise<Authenticated> {
    const read = readApiKeyToken(token);
    if (read === undefined) throw new Refusal(401, 'TOKEN_INVALID');
    const now = this.clock.now();
    const [key] = await this.reader.named<FoundKey>('access-api-key', FIND, [read.prefix, now]);
    // Only who holds the secret is told what became of the key.
    if (key === undefined || !isSecretOf(key, read.secret)) throw new Refusal(401, 'TOKEN_INVALID');
    if (key.isRevoked) throw new Refusal(401, 'API_KEY_REVOKED');
    if (key.isExpired) throw new Refusal(401, 'API_KEY_EXPIRED');
    this.uses.note(key.id, key.lastUsedAt, now);
    const { id: keyId, reportingUnitIds, scopes } = key;
    return {
      actor: { kind: 'api_key', keyId, reportingUnitIds },
      scopes,
      isPasswordExpired: false,
    };
  }
}

function isSecretOf(key: FoundKey, secret: string): boolean {
  const hash = hashOfSecret(secret);
  const isPresent = timingSafeEqual(hash, key.secretHash);
  const isPrevious = key.previousHash !== null && timingSafeEqual(hash, key.previousHash);
  return isPresent || (isPrevious && key.isPreviousGood);
}
