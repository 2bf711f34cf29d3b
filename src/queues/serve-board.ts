import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { Permission } from '../access/policy.js';
import { refusalOfDatabaseFault } from '../platform/errors/database-faults.js';
import { Refusal } from '../platform/errors/refusal.js';
import type { RefusalWatch } from '../platform/http/refusal-watch.js';
import { sendProblem } from '../platform/http/send-problem.js';
import { BullQueue } from '../platform/queue/bull-queue.js';
import type { BoardAccess } from './board-access.js';
import { BOARD_PATH } from './board-cookie.js';
import { readOnlyBoard } from './read-only-board.js';

const PERMISSION: Permission = 'queues.read';
/** A Redis that hangs is away. */
const PATIENCE_MS = 2_000;
const AWAY_SECONDS = 5;

/** The board draws with styles in its elements, and finds its parts by a base; nothing comes from elsewhere. */
const BOARD_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const away = (): Refusal => new Refusal(503, 'BOARD_AWAY', {}, [], AWAY_SECONDS);

/**
 * Serves the board. Who asks is judged by a hook of its routes themselves, found whichever way an address is spelt; the
 * routes say whom they are open to, as those of controllers do.
 */
export function serveBoard(
  server: FastifyInstance,
  queue: BullQueue,
  access: BoardAccess,
  watch: RefusalWatch | undefined,
): void {
  void server.register((board, _options, done) => {
    board.addHook('onRoute', (route) => {
      route.config = { ...route.config, permission: PERMISSION };
      if (!isStatic(route)) route.handler = withinPatience(route.handler);
    });
    board.addHook('onRequest', async (request, reply) => {
      void reply.header('Content-Security-Policy', BOARD_POLICY);
      try {
        await access.admit(request, reply);
        if (!queue.isConnected) throw away();
      } catch (error) {
        const cause = error instanceof Refusal ? error : refusalOfDatabaseFault(error);
        if (cause === undefined) throw error;
        watch?.refused(cause, request);
        sendProblem(cause, request, reply);
        return reply;
      }
      return undefined;
    });
    void board.register(readOnlyBoard(queue.bull), { prefix: BOARD_PATH });
    done();
  });
}

const isStatic = ({ url }: RouteOptions): boolean => url.startsWith(`${BOARD_PATH}/static/`);

function withinPatience(handler: RouteOptions['handler']): RouteOptions['handler'] {
  return async function answer(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), PATIENCE_MS);
    });
    try {
      const answered = await Promise.race([handler.call(this, request, reply), tooLate]);
      if (answered !== 'late') return answered;
      sendProblem(away(), request, reply);
      return reply;
    } finally {
      clearTimeout(timer);
    }
  };
}
