import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../platform/clock/clock.js';
import type { Transaction } from '../platform/database/transactions.js';
import { notFound, Refusal } from '../platform/errors/refusal.js';
import { Account } from './account.entity.js';
import { bindingOf } from './account-binding.js';
import { PasswordHistory } from './password-history.js';
import { Passwords } from './passwords.js';
import type { Role } from './role.js';
import type { Binding } from './role-binding.js';
import { SecondFactorPolicy } from './second-factor/second-factor-policy.js';
import { BY_SYSTEM, byAccount, SecurityTrail, type TrailActor } from './security-trail.js';
import { Sessions } from './sessions.service.js';

export interface NewAccount extends Partial<Binding> {
  username: string;
  /** Left out: the account awaits its role. */
  role?: Role;
}

/** Without either the product could not be administered any more. */
const INDISPENSABLE: readonly Role[] = ['system_admin', 'security_admin'];
/** Who watches over those that give out passwords. */
const WATCHING: readonly Role[] = ['security_admin', 'auditor'];

/**
 * Makes and changes accounts. Passwords are always made here, never chosen by an administrator; who may give a role
 * may not make accounts, and the other way round (三员分立).
 */
@Injectable()
export class AccountsService {
  constructor(
    private readonly passwords: Passwords,
    private readonly history: PasswordHistory,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
    private readonly trail: SecurityTrail,
    private readonly secondFactors: SecondFactorPolicy,
  ) {}

  /**
   * @param isOneTime whether the password must be replaced at the first sign-in.
   * @param by whom; left out, the command line.
   * @returns the account's id with its password, which is nowhere else to be had.
   */
  async create(
    tx: Transaction,
    account: NewAccount,
    isOneTime = true,
    by: TrailActor = BY_SYSTEM,
  ): Promise<{ id: string; password: string }> {
    const role = account.role ?? null;
    const binding = await bindingOf(tx, role, account);
    const username = account.username.toLowerCase();
    const isTaken = await tx.manager.existsBy(Account, { username });
    if (isTaken)
      throw new Refusal(409, 'USERNAME_TAKEN', { username }, [
        { pointer: '/username', code: 'USERNAME_TAKEN' },
      ]);
    const password = this.passwords.random();
    const id = uuidv7();
    await tx.manager.insert(Account, {
      id,
      username,
      passwordHash: await this.passwords.hash(password),
      role,
      ...binding,
      isPasswordExpired: isOneTime,
      createdAt: this.clock.now(),
    });
    await this.trail.record(tx, {
      type: 'account_created',
      actor: by,
      subject: { kind: 'account', id },
      payload: { role: account.role, ...binding },
    });
    return { id, password };
  }

  /** @param account as it was read; the caller has compared its version with `If-Match`. */
  async activate(tx: Transaction, byAccountId: string, account: Account, isActive: boolean): Promise<void> {
    if (account.id === byAccountId && !isActive) throw new Refusal(409, 'ACCOUNT_SELF_CHANGE');
    if (!isActive) await this.requireAnother(tx, account);
    await this.update(tx, account, { isActive });
    if (!isActive) await this.sessions.endAll(tx, account.id);
    await this.recordChange(tx, byAccountId, account, { isActive });
  }

  /**
   * Gives another role, or takes it away (`null`), with the whole binding: the old one says nothing about it.
   * @param account as it was read; the caller has compared its version with `If-Match`.
   */
  async giveRole(
    tx: Transaction,
    byAccountId: string,
    account: Account,
    role: Role | null,
    given: Partial<Binding>,
  ): Promise<void> {
    if (account.id === byAccountId) throw new Refusal(409, 'ACCOUNT_SELF_CHANGE');
    const binding = await bindingOf(tx, role, given);
    const isAnother = role !== account.role;
    if (isAnother) await this.requireAnother(tx, account);
    await this.update(tx, account, { role, ...binding });
    // A first role adds to what a session may; another one must not find what the old one has opened.
    if (isAnother && account.role !== null) await this.sessions.endAll(tx, account.id);
    await this.recordChange(tx, byAccountId, account, { role, ...binding });
  }

  /** A new one-time password; every session ends and a lock is lifted. */
  async resetPassword(
    tx: Transaction,
    accountId: string,
    isOneTime = true,
    by: TrailActor = BY_SYSTEM,
  ): Promise<string> {
    const password = this.passwords.random();
    await this.history.replace(tx, accountId, await this.passwords.hash(password), isOneTime);
    await this.sessions.endAll(tx, accountId);
    const subject = { kind: 'account', id: accountId };
    await this.trail.record(tx, { type: 'password_reset', actor: by, subject });
    return password;
  }

  /**
   * The same by an administrator, who sees the new password and could sign in with it. So of who watches over him it
   * is replaced only where that is not all that a sign-in takes: who has not enrolled yet has the role taken away by
   * the security administrator first, and given back once the second factor is there. Where no second factor is
   * demanded of the role, there is nothing to tell the two by.
   * @throws Refusal 409 ACCOUNT_SELF_CHANGE, PASSWORD_RESET_UNSAFE
   */
  async resetPasswordOf(tx: Transaction, byAccountId: string, accountId: string): Promise<string> {
    // For oneself there is the own way, which asks for the present password.
    if (accountId === byAccountId) throw new Refusal(409, 'ACCOUNT_SELF_CHANGE');
    const [account] = await tx.query<Pick<Account, 'role'> & { hasSecondFactor: boolean }>(
      'SELECT role, totp_secret IS NOT NULL AS "hasSecondFactor" FROM accounts WHERE id = $1 FOR UPDATE',
      [accountId],
    );
    if (account === undefined) throw notFound('account', accountId);
    const { role, hasSecondFactor } = account;
    if (role !== null && WATCHING.includes(role) && !hasSecondFactor && this.secondFactors.isDemandedOf(role))
      throw new Refusal(409, 'PASSWORD_RESET_UNSAFE', { role });
    return this.resetPassword(tx, accountId, true, byAccount(byAccountId));
  }

  private async recordChange(tx: Transaction, by: string, account: Account, is: Standing): Promise<void> {
    await this.trail.record(tx, {
      type: 'account_changed',
      actor: byAccount(by),
      subject: { kind: 'account', id: account.id },
      payload: differences(account, is),
    });
  }

  private async update(tx: Transaction, { id, version }: Account, change: Partial<Account>): Promise<void> {
    const updated = await tx.manager.update(Account, { id, version }, { ...change, version: version + 1 });
    if (updated.affected !== 1) throw new Refusal(412, 'VERSION_STALE', { version: version + 1 });
  }

  private async requireAnother(tx: Transaction, { id: accountId, role, isActive }: Account): Promise<void> {
    if (role === null || !isActive || !INDISPENSABLE.includes(role)) return;
    // Locks them all in one order, so that two administrators cannot put each other out at once.
    const active = await tx.query<{ id: string }>(
      'SELECT id FROM accounts WHERE role = $1 AND is_active ORDER BY id FOR UPDATE',
      [role],
    );
    if (!active.some(({ id }) => id !== accountId)) throw new Refusal(409, 'LAST_ADMINISTRATOR', { role });
  }
}

type Standing = Partial<Binding> & Partial<Pick<Account, 'role' | 'isActive'>>;

/** What of the account is another now, as it was and as it is. */
function differences(was: Standing, is: Standing): Record<string, unknown> {
  const changed = (Object.keys(is) as Array<keyof Standing>).filter((key) => was[key] !== is[key]);
  return Object.fromEntries(changed.map((key) => [key, { was: was[key], is: is[key] }]));
}
