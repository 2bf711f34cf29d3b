import type { Run } from './plain-clocks.js';

export type PlainRole =
  'official' | 'liaison' | 'head' | 'paired_leader' | 'task_force' | 'co_handlers' | 'verifier';
export type PlainChannel = 'email' | 'sms';

export interface PlainPerson {
  id: string;
  department: string;
  duty: 'head' | 'liaison' | 'handler' | 'leader';
  isActive: boolean;
}

/** One stands in for another between two days, both counted in. */
export interface StandIn {
  for: string;
  by: string;
  from: number;
  until: number;
}

export interface Pairing {
  enterprise: string;
  leader: string;
  from: number;
  /** The last day, where it has ended. */
  until: number | null;
}

/** Rule 5: recipients are people, looked up on the day. */
export class PlainPeople {
  readonly people = new Map<string, PlainPerson>();
  readonly standIns: StandIn[] = [];
  readonly pairings: Pairing[] = [];

  constructor(private readonly taskForce: string) {}

  recipients(role: PlainRole, run: Run, today: number): string[] {
    const holders = this.holders(role, run, today).filter((id) => this.isActive(id));
    // An empty duty falls to the task force.
    const found = holders.length > 0 ? holders : this.office();
    return [...new Set(found.map((id) => this.standInFor(id, today) ?? id))];
  }

  isActive(id: string): boolean {
    return this.people.get(id)?.isActive ?? false;
  }

  private holders(role: PlainRole, run: Run, today: number): string[] {
    const { department, official } = run.concerned;
    switch (role) {
      case 'official':
      case 'co_handlers':
        return official === null ? [] : [official];
      case 'liaison':
      case 'head':
        return this.all()
          .filter((one) => one.department === department && one.duty === role)
          .map(({ id }) => id);
      case 'paired_leader':
        return this.pairings
          .filter(({ enterprise }) => enterprise === run.subject.enterprise)
          .filter(({ from, until }) => from <= today && (until === null || today <= until))
          .map(({ leader }) => leader);
      case 'verifier':
      case 'task_force':
        return this.office();
    }
  }

  /** The active officials of the task force's office. */
  private office(): string[] {
    return this.all()
      .filter((one) => one.department === this.taskForce && one.isActive)
      .map(({ id }) => id);
  }

  private standInFor(id: string, today: number): string | undefined {
    return this.standIns.find(
      (one) => one.for === id && one.from <= today && today <= one.until && this.isActive(one.by),
    )?.by;
  }

  private all(): PlainPerson[] {
    return [...this.people.values()];
  }
}
