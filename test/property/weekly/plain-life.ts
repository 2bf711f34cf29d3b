import type { KnownLedger, PlainEvent } from './plain-ledger.js';
import { comesAfter } from './plain-ledger.js';
import { after, moment, type Standing, text, UNHEARD_OF } from './plain-standing.js';

/** Something that may have changed how it stands, or which group it stands in. */
export interface Turn {
  at: number;
  /** `null` where an attribute was revised, which at one instant comes first. */
  event: PlainEvent | null;
  before: Standing;
  after: Standing;
}

/** Of one assignment; it counts for the department and the official who were to sign. */
export interface SignFor {
  fellDueAt: number;
  isInTime: boolean;
  standing: Standing;
}

export interface RatedClosure {
  standing: Standing;
  /** In their order. */
  ratings: ReadonlyArray<{ at: number; rating: string }>;
}

/** All that is known of one case or problem. */
export class PlainLife {
  readonly turns: readonly Turn[];

  constructor(
    private readonly known: KnownLedger,
    readonly subject: string,
    readonly kind: 'case' | 'problem',
  ) {
    this.turns = this.lived();
  }

  private get own(): readonly PlainEvent[] {
    return this.known.events.get(this.subject) ?? [];
  }

  private lived(): Turn[] {
    const steps: Array<{ at: number; event: PlainEvent | null }> = [
      ...this.revisedAt().map((at) => ({ at, event: null })),
      ...this.own.map((event) => ({ at: event.at, event })),
    ];
    // A stable sort: revisions stand before events, and events in their order.
    steps.sort((one, other) => one.at - other.at);
    let standing = UNHEARD_OF;
    return steps.map(({ at, event }) => {
      const before = standing;
      if (event !== null) standing = after(before, event);
      return { at, event, before, after: standing };
    });
  }

  /** What the case said of its distress, as reported and as corrected; a problem has it from its case. */
  private get heard(): readonly PlainEvent[] {
    const caseId = this.kind === 'case' ? this.subject : text(this.own[0]?.facts ?? {}, 'caseId');
    const ofCase = caseId === null ? [] : (this.known.events.get(caseId) ?? []);
    return ofCase.filter(({ facts }) => text(facts, 'distressType') !== null);
  }

  /** It is an attribute: at one moment, what it was corrected to goes before all events. */
  distressAt(time: number, isInclusive: boolean): string | null {
    const said = this.heard.findLast(({ at }) => (isInclusive ? at <= time : at < time));
    return said === undefined ? null : text(said.facts, 'distressType');
  }

  /** When something of what it hangs on was revised: its enterprise or project, the departments it ever had, its distress. */
  private revisedAt(): number[] {
    const named = this.own.flatMap(({ facts }) =>
      ['enterpriseId', 'projectId', 'departmentId'].map((name) => text(facts, name)),
    );
    const revisions = [...new Set(named)].flatMap((one) => this.known.revisionsOf(one));
    return [...revisions, ...this.heard].map(({ at }) => at);
  }

  /** After everything before the moment. */
  at(time: number): Standing {
    return this.turns.findLast(({ at }) => at < time)?.after ?? UNHEARD_OF;
  }

  /** Of each assignment, unless it was returned, superseded or ended unsigned before its time. */
  signFors(): SignFor[] {
    return this.own.flatMap((event, place) => {
      if (!MAKES_ANSWERABLE.has(event.type)) return [];
      const fellDueAt = moment(event.facts, 'acknowledgeBy');
      const later = this.own.slice(place + 1);
      const ending = later.find(({ type }) => type === 'acknowledged' || ENDS.has(type)) ?? null;
      const signing = event.type === 'claimed' ? event : ending?.type === 'acknowledged' ? ending : null;
      if (signing === null && ending !== null && ending.at < fellDueAt) return [];
      // Handed over before it was signed, it is for the other one to sign.
      const until = signing === null ? later : later.slice(0, Math.max(0, later.indexOf(signing)));
      const last = until.findLast(({ type, at }) => type === 'handed_over' && at < fellDueAt) ?? event;
      const isInTime = signing !== null && signing.at <= fellDueAt;
      return [{ fellDueAt, isInTime, standing: this.standingAfter(last) }];
    });
  }

  /** Closures that were rated; what is said after one and before the next is about it. */
  ratedClosures(): RatedClosure[] {
    const closures = this.own.filter(({ type }) => type === 'resolved');
    const all = (this.known.ratings.get(this.subject) ?? []).toSorted((one, other) =>
      comesAfter(one, other) ? 1 : -1,
    );
    return closures.map((closure, place) => ({
      standing: this.standingAfter(closure),
      ratings: all.filter(({ at }) => at >= closure.at && at < (closures[place + 1]?.at ?? Infinity)),
    }));
  }

  private standingAfter(event: PlainEvent): Standing {
    return this.turns.find((turn) => turn.event === event)?.after ?? UNHEARD_OF;
  }
}

const MAKES_ANSWERABLE = new Set(['assigned', 'claimed', 'reassigned', 'reopened']);
const ENDS = new Set(['returned', 'reassigned', 'resolved', 'terminated', 'rejected']);
