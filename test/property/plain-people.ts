import type { Run } from './plain-clocks.js';

export type PlainRole =
  'official' | 'liaison' | 'head' | 'paired_leader' | 'task_force' | 'co_handler' | 'verifier';
export type PlainChannel = 'email' | 'sms';

export interface PlainPerson {
  name: string;
  department: string;
  duty: 'head' | 'liaison' | 'handler' | 'leader';
  isActive: boolean;
  reachedBy: readonly PlainChannel[];
}

/** One stands in for another between two days, both counted in. */
export interface StandIn {
  of: string;
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

/** The department that is the task force's office. */
export const OFFICE = 'office';

/**
 * Rule 5: recipients are people, looked up on the day. What the page leaves open is as the product has it: a deputy
 * stands in for somebody inactive as well, and a co-handling unit that named nobody is reached by its liaison.
 */
export class PlainPeople {
  readonly people = new Map<string, PlainPerson>();
  standIns: StandIn[] = [];
  pairings: Pairing[] = [];

  named(name: string): PlainPerson {
    const found = this.people.get(name);
    if (found === undefined) throw new Error(`nobody is called ${name}`);
    return found;
  }

  /** What somebody is paired with until further notice. */
  paired(name: string): Pairing[] {
    return this.pairings.filter(({ leader, until }) => leader === name && until === null);
  }

  recipients(role: PlainRole, run: Run, today: number): string[] {
    const holders = this.present(this.holders(role, run, today), today);
    // An empty duty falls to the task force. Nobody takes verifications: they are the task force's.
    return holders.length > 0 ? holders : this.present(this.inDepartment(OFFICE), today);
  }

  private holders(role: PlainRole, { clock, concerned, subject }: Run, today: number): string[] {
    const { department, official } = subject.lead;
    switch (role) {
      case 'task_force':
        return this.inDepartment(OFFICE);
      case 'verifier':
        return [];
      case 'official':
        return official === null ? [] : [official];
      case 'co_handler':
        if (clock !== 'co_handle') return [];
        return concerned.official === null
          ? this.inDepartment(concerned.department, 'liaison')
          : [concerned.official];
      case 'liaison':
      case 'head':
        return this.inDepartment(department, role);
      default:
        return this.pairings
          .filter(({ enterprise }) => enterprise === subject.enterprise)
          .filter(({ from, until }) => from <= today && (until === null || today <= until))
          .map(({ leader }) => leader);
    }
  }

  /** Who is there: the active ones, or their deputies. */
  private present(names: readonly string[], today: number): string[] {
    const present = names.flatMap((name) => {
      const standIn = this.standIns.find(
        ({ of, from, until, by }) =>
          of === name && from <= today && today <= until && this.named(by).isActive,
      );
      if (standIn !== undefined) return [standIn.by];
      return this.named(name).isActive ? [name] : [];
    });
    return [...new Set(present)];
  }

  private inDepartment(department: string | null, duty?: PlainPerson['duty']): string[] {
    return [...this.people.values()]
      .filter((one) => one.department === department && (duty === undefined || one.duty === duty))
      .map(({ name }) => name);
  }
}
