import type { Account } from '../../src/access/account.entity.js';
import { ROLES, type Role } from '../../src/access/role.js';
import type { LifecycleWorld } from '../support/lifecycle-world.js';
import type { Client } from '../support/test-app.js';
import type { KnownIds } from './known-ids.js';

export interface Caller {
  username: string;
  password: string;
  client: Client;
}

/** An account of each role, signed in. Where a request has ended its session, another takes its place. */
export class Callers {
  readonly roles: readonly string[] = ROLES;
  private readonly callers = new Map<string, Caller>();

  constructor(
    private readonly world: LifecycleWorld,
    private readonly known: KnownIds,
    private readonly places: Partial<Record<Role, Partial<Account>>>,
  ) {}

  async of(role: string): Promise<Caller> {
    const known = this.callers.get(role);
    if (known !== undefined) return known;
    const named = ROLES.find((one) => one === role);
    if (named === undefined) throw new Error(`no role ${role}`);
    const account = await this.world.make.account(named, this.places[named]);
    const client = await this.world.app.signIn(account.username, account.password);
    const { body } = await client.get<{ id: string }>('/auth/me');
    this.known.hide(body.id);
    const caller = { ...account, client };
    this.callers.set(role, caller);
    return caller;
  }

  /** The next one of the role signs in anew. */
  forget(role: string): void {
    this.callers.delete(role);
  }
}
