import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { Transactions } from '../../database/transactions.js';
import { Refusal } from '../../errors/refusal.js';
import { setAnswerHeaders } from '../answer-headers.js';
import { AnswerSeal } from './answer-seal.js';
import { NOT_KEPT } from './not-kept.js';
import { type KeyedRequest, type StoredAnswer, StoredAnswers } from './stored-answers.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Called by whoever reads an upload, with what makes it the same upload, before anything is done with it. */
    uploadRead?: (content: unknown) => Promise<void>;
  }
}

const KEY = /^[\x21-\x7e]{8,200}$/;
/** Of an answer's headers, those that speak of the answer rather than of the request. */
const KEPT_HEADERS = ['etag', 'location'];

/** An upload turned out to have been answered before. */
class AnsweredBefore extends Error {
  constructor(readonly answer: StoredAnswer) {
    super('answered before');
  }
}

/**
 * `Idempotency-Key` on any POST of a signed-in account: the first answer is stored in the transaction of its effect
 * and given again for a day. A refusal leaves nothing behind, so it is not stored either: the repeat is judged anew.
 * It is given again also where what it tells of has left the account's scope since: it was told that already.
 * Signing in and refreshing have no account yet whose key it could be; a refresh token is good for once anyway.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly transactions: Transactions,
    private readonly answers: StoredAnswers,
    private readonly seal: AnswerSeal,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (key === undefined || request.actor === undefined) return next.handle();
    if (typeof key !== 'string' || !KEY.test(key)) throw new Refusal(400, 'IDEMPOTENCY_KEY_INVALID');
    if (this.reflector.get<true | undefined>(NOT_KEPT, context.getHandler())) return next.handle();
    const accountId = idOf(request.actor);
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const handle = (): Promise<unknown> => lastValueFrom(next.handle(), { defaultValue: undefined });
    return from(this.once(request, reply, { accountId, key, by: standingOf(request.actor) }, handle));
  }

  private async once(
    request: FastifyRequest,
    reply: FastifyReply,
    { by, ...owner }: Omit<KeyedRequest, 'fingerprint'> & { by: unknown[] },
    handle: () => Promise<unknown>,
  ): Promise<string | undefined> {
    const outer = this.transactions.outer();
    const claimed: { request?: KeyedRequest } = {};
    const claim = async (content: unknown): Promise<void> => {
      const said = { content, by };
      const fingerprint = this.seal.fingerprint(`POST ${request.originalUrl}`, said);
      claimed.request = { ...owner, fingerprint };
      await outer.begin();
      const known = await this.answers.claim(claimed.request);
      if (known !== undefined) throw new AnsweredBefore(known);
    };
    try {
      const answer = await outer.during(async () => {
        // No transaction waits for an upload; the reader of one claims the key when it knows what came.
        if (request.isMultipart()) request.uploadRead = claim;
        else await claim(request.body);
        const value = await handle();
        setAnswerHeaders(value, request, reply);
        const made = answerOf(value, reply);
        if (claimed.request === undefined) throw new Error('an upload was answered without having been read');
        await this.answers.store(claimed.request, made);
        return made;
      });
      await outer.commit();
      return send(answer, reply);
    } catch (error) {
      await outer.rollback();
      // What was to be answered, and is not.
      for (const name of KEPT_HEADERS) void reply.removeHeader(name);
      if (!(error instanceof AnsweredBefore)) throw error;
      void reply.headers({ ...error.answer.headers, 'Idempotency-Replayed': 'true' });
      return send(error.answer, reply);
    }
  }
}

type Asking = NonNullable<FastifyRequest['actor']>;

/** Of an account or an API key; no two of them are the same. */
const idOf = (actor: Asking): string => (actor.kind === 'account' ? actor.accountId : actor.keyId);

/** Who has another role or place since is not the one who was answered: the key is refused, not the answer given. */
function standingOf(actor: Asking): unknown[] {
  return actor.kind === 'account'
    ? [actor.role, actor.departmentId, actor.reportingUnitId, actor.officialId]
    : [actor.reportingUnitIds];
}

function answerOf(value: unknown, reply: FastifyReply): StoredAnswer {
  if (value instanceof StreamableFile) throw new Error('a POST answered with a file, which cannot be stored');
  const headers = KEPT_HEADERS.flatMap((name) => {
    const header = reply.getHeader(name);
    return header === undefined ? [] : [[name, String(header)]];
  });
  return { headers: Object.fromEntries(headers), body: value === undefined ? null : JSON.stringify(value) };
}

/** The first answer leaves as the text that was stored, so that every repeat is the same bytes. */
function send({ body }: StoredAnswer, reply: FastifyReply): string | undefined {
  if (body === null) return undefined;
  void reply.header('Content-Type', 'application/json; charset=utf-8');
  return body;
}
