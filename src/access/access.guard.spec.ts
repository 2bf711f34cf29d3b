import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/internal';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { Reflector } from '@nestjs/core';
import { AppConfig } from '../platform/config/app-config.js';
import { RateLimits } from '../platform/http/limits/rate-limits.js';
import { AccessGuard } from './access.guard.js';
import { AccessTokens } from './access-tokens.js';
import { Admission } from './admission.js';
import type { AccountActor, Caller } from './actor.js';
import { ApiKeyCallers } from './api-keys/api-key-callers.js';
import type { ApiKeyScope } from './api-keys/api-key-scopes.js';
import { Authentication } from './authentication.js';
import { PortalCallers } from './oidc/portal-callers.js';
import { Allow, CurrentActor, CurrentCaller, OpenWithExpiredPassword, Public } from './decorators.js';
import { type LiveAccount, LiveSessions } from './live-sessions.js';
import { SecondFactorPolicy } from './second-factor/second-factor-policy.js';

class Bare {
  nothingSaid(): void {}

  @Public()
  open(): void {}

  @Allow('cases.report')
  narrow(): void {}

  @Allow('imports.run')
  @OpenWithExpiredPassword()
  late(): void {}

  @Allow('own_account.use')
  own(): void {}
}

class Asking {
  account(@CurrentActor() actor: AccountActor): AccountActor {
    return actor;
  }

  anyone(@CurrentCaller() caller: Caller): Caller {
    return caller;
  }
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
  hasSecondFactor: false,
  ...change,
});

function guardFor(found: LiveAccount | undefined, scopes: ApiKeyScope[] = []): AccessGuard {
  const tokens: AccessTokens = Object.assign(Object.create(AccessTokens.prototype), {
    verify: async () => ({ accountId: 'a', sessionId: 's' }),
  });
  const sessions: LiveSessions = Object.assign(Object.create(LiveSessions.prototype), {
    find: async () => found,
  });
  const keys: ApiKeyCallers = Object.assign(Object.create(ApiKeyCallers.prototype), {
    of: async () => ({ actor: KEY, scopes, isPasswordExpired: false, hasSecondFactor: false }),
  });
  const portals: PortalCallers = Object.assign(Object.create(PortalCallers.prototype), {
    isOne: () => false,
  });
  const config = Object.assign(new AppConfig(), { secondFactorRoles: ['system_admin'] });
  const authentication = new Authentication(tokens, sessions, keys, portals);
  const limits: RateLimits = Object.assign(Object.create(RateLimits.prototype), {
    takeForCaller: () => undefined,
  });
  const admission = new Admission(new SecondFactorPolicy(config), limits);
  return new AccessGuard(new Reflector(), authentication, admission);
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

const KEY = { kind: 'api_key', keyId: 'k', reportingUnitIds: null } as const;
const KEY_BEARER = 'Bearer shk_key';
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
      session: { accountId: 'a', sessionId: 's' },
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

  it('lets a key in by the scope that the policy names, and says that it is no account', async () => {
    const { context, request } = call(Bare, 'narrow', KEY_BEARER);
    expect(await guardFor(undefined, ['cases.report']).canActivate(context)).toBe(true);
    expect(request).toMatchObject({ actor: KEY });
    expect(request).not.toHaveProperty('sessionId');
  });

  it.each([
    ['without that scope', 'narrow', ['cases.read'], 'API_KEY_SCOPE_MISSING'],
    ['where the policy names none', 'late', ['cases.read', 'cases.report'], 'FORBIDDEN'],
    ['where a route says nothing', 'nothingSaid', ['cases.read', 'cases.report'], 'FORBIDDEN'],
  ] as const)('refuses a key %s', async (_, method, scopes, code) => {
    const { context, request } = call(Bare, method, KEY_BEARER);
    await expect(guardFor(undefined, [...scopes]).canActivate(context)).rejects.toMatchObject({
      status: 403,
      code,
    });
    expect(request).not.toHaveProperty('actor');
  });

  it('hands a key to nobody who works with accounts, even where the policy lets it in', () => {
    const given = (method: 'account' | 'anyone'): unknown => {
      const [{ factory }] = Object.values(
        Object(Reflect.getMetadata(ROUTE_ARGS_METADATA, Asking, method)),
      ) as [{ factory: (data: unknown, context: ExecutionContext) => unknown }];
      return factory(undefined, new ExecutionContextHost([{ actor: KEY }], Asking, Asking.prototype[method]));
    };
    expect(given('anyone')).toBe(KEY);
    expect(() => given('account')).toThrow(expect.objectContaining({ status: 403, code: 'FORBIDDEN' }));
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

  it('lets an account without a role look after itself, as nobody, and refuses it everywhere else', async () => {
    const guard = guardFor(account({ role: null, departmentId: null }));
    await expect(guard.canActivate(call(Bare, 'narrow', BEARER).context)).rejects.toMatchObject({
      status: 403,
      code: 'ROLE_MISSING',
    });
    const { context, request } = call(Bare, 'own', BEARER);
    expect(await guard.canActivate(context)).toBe(true);
    expect(request).toHaveProperty('session');
    expect(request).not.toHaveProperty('actor');
  });

  it('asks for the second factor that a role needs, but where it is enrolled', async () => {
    const without = guardFor(account({ role: 'system_admin' }));
    await expect(without.canActivate(call(OpenHouse, 'vault', BEARER).context)).rejects.toMatchObject({
      status: 403,
      code: 'SECOND_FACTOR_ENROLMENT_REQUIRED',
    });
    expect(await without.canActivate(call(Bare, 'own', BEARER).context)).toBe(true);
    const enrolled = guardFor(account({ role: 'system_admin', hasSecondFactor: true }));
    expect(await enrolled.canActivate(call(OpenHouse, 'vault', BEARER).context)).toBe(true);
    expect(await guardFor(account()).canActivate(call(Bare, 'narrow', BEARER).context)).toBe(true);
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
