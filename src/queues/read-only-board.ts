import { createBullBoard } from '@bull-board/api';
import { BullAdapter } from '@bull-board/api/bullAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type Bull from 'bull';
import type { FastifyPluginCallback } from 'fastify';
import { BOARD_PATH } from './board-cookie.js';

/** Of what the board can do, what looks and changes nothing: its other routes do not exist. */
class LookingAdapter extends FastifyAdapter {
  override setApiRoutes(routes: Parameters<FastifyAdapter['setApiRoutes']>[0]): FastifyAdapter {
    return super.setApiRoutes(routes.filter(({ method }) => method === 'get'));
  }
}

/** The pages of Bull board over a queue, as a plugin of the server. */
export function readOnlyBoard(queue: Bull.Queue): FastifyPluginCallback {
  const serverAdapter = new LookingAdapter();
  serverAdapter.setBasePath(BOARD_PATH);
  createBullBoard({
    queues: [new BullAdapter(queue, { readOnlyMode: true })],
    serverAdapter,
    options: { uiConfig: { boardTitle: 'Shukun 纾困' } },
  });
  return serverAdapter.registerPlugin();
}
