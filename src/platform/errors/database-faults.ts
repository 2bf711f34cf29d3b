import { types } from 'node:util';
import { Refusal } from './refusal.js';

/** Seconds after which to try again when a dependency is away. */
const RETRY_AFTER = 5;

const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/**
 * What `pg`, its pool and TypeORM say, without a code, when there is no connection to be had. A query runner is released
 * by TypeORM itself when its connection breaks between two statements of a transaction.
 */
const AWAY_TEXT =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|query runner (was )?already released|Cannot use a pool after calling end|Driver not Connected|Query read timeout/i;

/**
 * The refusal that an error of the database comes down to, or `undefined` where it is a bug of ours. TypeORM wraps the
 * driver's error and copies its `code`; `pg` throws it bare; both read the same here.
 */
export function refusalOfDatabaseFault(error: unknown): Refusal | undefined {
  if (!types.isNativeError(error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (AWAY.has(code) || AWAY_TEXT.test(error.message)) return away();
  return /^[0-9A-Z]{5}$/.test(code) ? refusalOfState(code) : undefined;
}

function away(): Refusal {
  return new Refusal(503, 'DATABASE_AWAY', {}, [], RETRY_AFTER);
}

/** By SQLSTATE, appendix A of the PostgreSQL manual. */
function refusalOfState(state: string): Refusal | undefined {
  // 57P0x: shut down, crashed, starting up; 08: connection lost; 28, 3D: not let in; 53: out of connections, memory or disk; 58: input/output.
  if (/^(57P0|08|28|3D|53|58)/.test(state)) return away();
  switch (state) {
    case '57014': // statement time-out
    case '55P03': // lock time-out
    case '25P03': // idle in transaction
      return new Refusal(503, 'TOO_BUSY', {}, [], RETRY_AFTER);
    case '40001':
    case '40P01':
      return new Refusal(409, 'CONFLICT_CONCURRENT');
    case '23505':
    case '23P01':
      return new Refusal(409, 'CONFLICT_DUPLICATE');
    case '23503':
      return new Refusal(409, 'REFERENCE_UNKNOWN');
    case '22P02': // malformed literal
    case '22003': // number out of range
    case '22007': // malformed instant
    case '22008': // instant out of range
    case '22021': // NUL or bad UTF-8
      return new Refusal(400, 'VALUE_INVALID');
    default:
      return undefined;
  }
}
