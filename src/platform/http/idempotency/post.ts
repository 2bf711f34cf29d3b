import { applyDecorators, Post as PostRoute, UseInterceptors } from '@nestjs/common';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

/**
 * The only way to make a route of POST: what it answers is kept under the `Idempotency-Key` that it came with. Said of
 * each of them rather than once for all routes, because then every read would pay for what it never does.
 */
export const Post = (path?: string) =>
  applyDecorators(PostRoute(path), UseInterceptors(IdempotencyInterceptor));
