import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Admission } from '../access/admission.js';
import { Authentication } from '../access/authentication.js';
import { bearerToken } from '../access/bearer-token.js';
import type { Permission } from '../access/policy.js';
import { POLICY } from '../access/policy.js';
import { BoardCookie } from './board-cookie.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call a route that no controller declares. */
    permission?: Permission;
  }
}

/** Who may look at the board: asked for every route of it, by cookie or, as everywhere else, by bearer token. */
@Injectable()
export class BoardAccess {
  constructor(
    private readonly cookies: BoardCookie,
    private readonly authentication: Authentication,
    private readonly admission: Admission,
  ) {}

  /** @throws Refusal 401, 403, 429 */
  async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { authorization, cookie } = request.headers;
    const signedIn = authorization === undefined ? this.cookies.open(cookie) : undefined;
    const caller =
      signedIn === undefined
        ? await this.authentication.of(bearerToken(authorization))
        : await this.authentication.ofSession(signedIn);
    const { permission } = request.routeOptions.config;
    const rule = permission === undefined ? undefined : POLICY[permission];
    this.admission.admit(caller, { rule, isOpenWithExpiredPassword: false }, request, reply);
  }
}
