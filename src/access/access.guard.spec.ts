import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { Reflector } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { AccessTokens } from './access-tokens.js';
import { Allow, OpenWithExpiredPassword, Public } from './decorators.js';
import { type LiveAccount, LiveSessions } from './live-sessions.js';

class Bare {
  nothingSaid(): void {}

  @Public()
  open(): void {}

  @Allow('cases.report')
  narrow(): void {}

  @Allow('imports.run')
  @OpenWithExpiredPassword()
  late(): void {}
}

@Public()
class OpenHouse {
  room(): void {}

  @Allow('accounts.change')
  vault(): void {}
}

const account = (change: Partial<LiveAccount> = {}): LiveAccount => ({
  role: 'task_force',
  departmentId: 'd',
  officialId: null,
  reportingUnitId: null,
  isPasswordExpired: false,
  ...change,
});

function guardFor(found: LiveAccount | undefined): AccessGuard {
  const tokens: AccessTokens = Object.assign(Object.create(AccessTokens.prototype), {
    verify: async () => ({ accountId: 'a', sessionId: 's' }),
  });
  const sessions: LiveSessions = Object.assign(Object.create(LiveSessions.prototype), {
    find: async () => found,
  });
  return new AccessGuard(new Reflector(), tokens, sessions);
}

function call(
  controller: new () => object,
  method: string,
  authorization?: string,
): { context: ExecutionContext; request: object } {
  const request = { headers: { authorization } };
  const handler: () => void = Reflect.get(controller.prototype, method);
  return { request, context: new ExecutionContextHost([request], controller, handler) };
}

const BEARER = 'Bearer token';

describe('the guard', () => {
  it('lets everyone in where a route is public, and nowhere else without a token', async () => {
    expect(await guardFor(undefined).canActivate(call(Bare, 'open').context)).toBe(true);
    expect(await guardFor(undefined).canActivate(call(OpenHouse, 'room').context)).toBe(true);
    await expect(guardFor(account()).canActivate(call(Bare, 'narrow').context)).rejects.toMatchObject({
      code: 'AUTHENTICATION_REQUIRED',
    });
  });

  it('lets the roles in that have its permission, and says who is asking', async () => {
    const { context, request } = call(Bare, 'narrow', BEARER);
    expect(await guardFor(account()).canActivate(context)).toBe(true);
    expect(request).toMatchObject({
      sessionId: 's',
      actor: { kind: 'account', accountId: 'a', role: 'task_force', departmentId: 'd' },
    });
  });

  it.each([
    ['a role that has not its permission', Bare, 'narrow', 'department'],
    ['any role where a route says nothing', Bare, 'nothingSaid', 'task_force'],
    ['any other role where the handler says more than its controller', OpenHouse, 'vault', 'task_force'],
  ] as const)('refuses %s', async (_, controller, method, role) => {
    const { context, request } = call(controller, method, BEARER);
    await expect(guardFor(account({ role })).canActivate(context)).rejects.toMatchObject({
      status: 403,
      code: 'FORBIDDEN',
    });
    expect(request).not.toHaveProperty('actor');
  });

  it('refuses a session that has ended', async () => {
    await expect(guardFor(undefined).canActivate(call(Bare, 'narrow', BEARER).context)).rejects.toMatchObject(
      {
        status: 401,
        code: 'SESSION_ENDED',
      },
    );
  });

  it('asks for a new password first, but where that is done', async () => {
    const guard = guardFor(account({ isPasswordExpired: true }));
    await expect(guard.canActivate(call(Bare, 'narrow', BEARER).context)).rejects.toMatchObject({
      code: 'PASSWORD_CHANGE_REQUIRED',
    });
    expect(await guard.canActivate(call(Bare, 'late', BEARER).context)).toBe(true);
  });

  it.each(['Basic dXNlcjpwYXNz', 'Bearer', 'Bearer a b', 'Bearer \u0000', `Bearer ${'a'.repeat(5000)}`])(
    'refuses the header %j',
    async (header) => {
      await expect(
        guardFor(account()).canActivate(call(Bare, 'narrow', header).context),
      ).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    },
  );
});
