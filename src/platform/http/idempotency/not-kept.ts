import { SetMetadata } from '@nestjs/common';

export const NOT_KEPT = 'shukun:answer-not-kept';

/**
 * Of a POST whose answer is never stored, whatever `Idempotency-Key` it came with: it holds what must lie nowhere, or
 * waits its turn, and whoever waits must not hold a connection to the database.
 */
export const NotKept = () => SetMetadata(NOT_KEPT, true);
