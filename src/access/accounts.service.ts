import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Department } from '../organization/department.entity.js';
import { Official } from '../organization/official.entity.js';
import { Clock } from '../platform/clock/clock.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import { Account } from './account.entity.js';
import { Passwords } from './passwords.js';
import type { Role } from './role.js';
import { type Binding, requireBinding } from './role-binding.js';
import { BY_SYSTEM, byAccount, SecurityTrail, type TrailActor } from './security-trail.js';
import { Sessions } from './sessions.service.js';

const FIRST_ADMINISTRATOR = 'admin';

export interface NewAccount extends Partial<Binding> {
  username: string;
  role: Role;
}

export type AccountChange = Partial<Binding> & { role?: Role; isActive?: boolean };

/** Makes and changes accounts. Passwords are always made here, never chosen by an administrator. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
    private readonly trail: SecurityTrail,
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
    const binding = await this.bind(tx, account.role, account);
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
      role: account.role,
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

  /** @param version the version that was read; the caller has compared it with `If-Match`. */
  async change(tx: Transaction, byAccountId: string, account: Account, change: AccountChange): Promise<void> {
    const role = change.role ?? account.role;
    const isActive = change.isActive ?? account.isActive;
    if (account.id === byAccountId && (role !== account.role || !isActive))
      throw new Refusal(409, 'ACCOUNT_SELF_CHANGE');
    const isFewer =
      account.role === 'system_admin' && account.isActive && (role !== 'system_admin' || !isActive);
    if (isFewer) await this.requireAnotherAdministrator(tx, account.id);
    // A new role starts from an empty binding: the old one says nothing about it.
    const before: Partial<Binding> = role === account.role ? account : {};
    const binding = await this.bind(tx, role, { ...before, ...change });
    const { id, version } = account;
    const updated = await tx.manager.update(
      Account,
      { id, version },
      { role, isActive, ...binding, version: version + 1 },
    );
    if (updated.affected !== 1) throw new Refusal(412, 'VERSION_STALE', { version: version + 1 });
    if (!isActive || role !== account.role) await this.sessions.endAll(tx, id);
    await this.trail.record(tx, {
      type: 'account_changed',
      actor: byAccount(byAccountId),
      subject: { kind: 'account', id },
      payload: differences(account, { role, isActive, ...binding }),
    });
  }

  /** A new one-time password; every session ends and a lock is lifted. */
  async resetPassword(
    tx: Transaction,
    accountId: string,
    isOneTime = true,
    by: TrailActor = BY_SYSTEM,
  ): Promise<string> {
    const password = this.passwords.random();
    await tx.query(
      `UPDATE accounts SET password_hash = $1, is_password_expired = $2, failed_attempts = 0, locked_until = NULL,
              version = version + 1 WHERE id = $3`,
      [await this.passwords.hash(password), isOneTime, accountId],
    );
    await this.sessions.endAll(tx, accountId);
    const subject = { kind: 'account', id: accountId };
    await this.trail.record(tx, { type: 'password_reset', actor: by, subject });
    return password;
  }

  /** The way in to a new product: a one-time password, or `null` where there is an administrator already. */
  async createFirstAdministrator(): Promise<{ username: string; password: string } | null> {
    return this.transactions.run(async (tx) => {
      // Two processes may start at once.
      await tx.query('LOCK TABLE accounts IN SHARE ROW EXCLUSIVE MODE');
      const hasOne = await tx.manager.existsBy(Account, { role: 'system_admin' });
      if (hasOne) return null;
      const { password } = await this.create(tx, {
        username: FIRST_ADMINISTRATOR,
        role: 'system_admin',
      });
      return { username: FIRST_ADMINISTRATOR, password };
    });
  }

  private async requireAnotherAdministrator(tx: Transaction, accountId: string): Promise<void> {
    // Locks them all in one order, so that two administrators cannot put each other out at once.
    const active = await tx.query<{ id: string }>(
      `SELECT id FROM accounts WHERE role = 'system_admin' AND is_active ORDER BY id FOR UPDATE`,
    );
    if (!active.some(({ id }) => id !== accountId)) throw new Refusal(409, 'LAST_ADMINISTRATOR');
  }

  /** The whole binding of an account; the task force's department is its office, which need not be named. */
  private async bind(tx: Transaction, role: Role, given: Partial<Binding>): Promise<Binding> {
    const office =
      role === 'task_force' ? await tx.manager.findOneBy(Department, { isTaskForce: true }) : null;
    const binding: Binding = {
      departmentId: office?.id ?? given.departmentId ?? null,
      officialId: given.officialId ?? null,
      reportingUnitId: given.reportingUnitId ?? null,
    };
    requireBinding(role, binding);
    if (role === 'department' && binding.departmentId !== null)
      await requireHandlingDepartment(tx, binding.departmentId);
    if (role === 'leader' && binding.officialId !== null) await requireLeader(tx, binding.officialId);
    return binding;
  }
}

type Standing = Binding & Pick<Account, 'role' | 'isActive'>;

/** What of the account is another now, as it was and as it is. */
function differences(was: Standing, is: Standing): Record<string, unknown> {
  const changed = (Object.keys(is) as Array<keyof Standing>).filter((key) => was[key] !== is[key]);
  return Object.fromEntries(changed.map((key) => [key, { was: was[key], is: is[key] }]));
}

async function requireHandlingDepartment(tx: Transaction, id: string): Promise<void> {
  const isOne = await tx.manager.existsBy(Department, { id, isTaskForce: false, isActive: true });
  if (!isOne) throw unknown('departmentId');
}

async function requireLeader(tx: Transaction, id: string): Promise<void> {
  const isOne = await tx.manager.existsBy(Official, { id, duty: 'leader', isActive: true });
  if (!isOne) throw unknown('officialId');
}

const unknown = (field: string): Refusal =>
  new Refusal(409, 'REFERENCE_UNKNOWN', {}, [{ pointer: `/${field}`, code: 'REFERENCE_UNKNOWN' }]);
