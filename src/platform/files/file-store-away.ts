import type { Logger } from '@nestjs/common';
import { Refusal } from '../errors/refusal.js';

/** Seconds after which to try again. */
const RETRY_AFTER = 5;

/** Whatever keeps contents from being stored or read is the operator's to mend: told in the log, not to the asker. */
export function fileStoreAway(logger: Logger, error: unknown): Refusal {
  logger.error({ err: error }, 'the file store cannot be used');
  return new Refusal(503, 'FILE_STORE_AWAY', {}, [], RETRY_AFTER);
}
