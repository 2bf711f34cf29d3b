import type { ChainFault } from '../chain/fault.js';
import { type Anchor, anchorHash, ChainsFold } from './chains-fold.js';

interface Tally {
  anchor: Anchor;
  fold: ChainsFold;
  /** In the days of this anchor alone. */
  chains: number;
  events: number;
  /** Of the audit events of these days. */
  audited: { sequence: number; hash: Buffer } | null;
}

interface Place {
  sequence: number;
  hash: Buffer;
  recordedAt: Date;
}

interface AuditedPlace extends Place {
  type: string;
  payload: Record<string, unknown>;
}

interface ToldAnchor {
  anchoredOn: string;
  hash: string;
}

/**
 * Computes all anchors anew from events that come chain by chain, and compares. An event belongs to the first anchor
 * whose end it was recorded before; one hash state an anchor is all that is kept. Each anchor that the trail tells of
 * must be there, so that none can be taken away from the end.
 */
export class AnchorCheck {
  private readonly tallies: Tally[];
  /** Of the chain that is being read: where it stood in the days of each anchor that it touched. */
  private standing = new Map<Tally, Place>();
  /** Anchors as the trail tells of them. */
  private readonly told: ToldAnchor[] = [];

  /** @param anchors by day */
  constructor(anchors: readonly Anchor[]) {
    this.tallies = anchors.map((anchor) => ({
      anchor,
      fold: new ChainsFold(anchor.algorithm),
      chains: 0,
      events: 0,
      audited: null,
    }));
  }

  /** The events of a chain come in their order. */
  take(event: Place): void {
    const tally = this.tallyOf(event.recordedAt);
    if (tally === undefined) return;
    tally.events += 1;
    if (event.sequence === 1) tally.chains += 1;
    this.standing.set(tally, event);
  }

  /** Chains come in the order of their ids. */
  endChain(chainId: string): void {
    for (const [{ fold }, { sequence, hash }] of this.standing) fold.add({ chainId, sequence, hash });
    this.standing.clear();
  }

  takeAudited({ sequence, hash, recordedAt, type, payload }: AuditedPlace): void {
    const tally = this.tallyOf(recordedAt);
    if (tally !== undefined) tally.audited = { sequence, hash };
    if (type !== 'anchored') return;
    this.told.push({ anchoredOn: String(payload['anchoredOn']), hash: String(payload['hash']) });
  }

  /** Called once all has been taken. */
  faults(): ChainFault[] {
    const faults: ChainFault[] = [];
    let previous: Buffer | null = null;
    let found = { chains: 0, events: 0, sequence: 0, hash: null as Buffer | null };
    for (const { anchor, fold, chains, events, audited } of this.tallies) {
      const before = audited !== null && audited.sequence > found.sequence ? audited : found;
      found = {
        chains: found.chains + chains,
        events: found.events + events,
        sequence: before.sequence,
        hash: before.hash,
      };
      const { hash, ...said } = anchor;
      const { anchoredOn } = anchor;
      if (!anchorHash(previous, said).equals(hash)) faults.push(faultOf('anchor_changed', { anchoredOn }));
      const isSame =
        fold.digest().equals(anchor.chainsHash) &&
        found.chains === anchor.chains &&
        found.events === anchor.events;
      if (!isSame) {
        const params = { anchoredOn, chains: anchor.chains, events: anchor.events };
        const counted = { foundChains: found.chains, foundEvents: found.events };
        faults.push(faultOf('anchor_differs', { ...params, ...counted }));
      }
      if (found.sequence !== anchor.auditSequence || !isEqual(found.hash, anchor.auditHash))
        faults.push(faultOf('anchor_audit_differs', { anchoredOn, sequence: anchor.auditSequence }));
      previous = hash;
    }
    return [...faults, ...this.missing()];
  }

  private missing(): ChainFault[] {
    const kept = new Map(this.tallies.map(({ anchor }) => [anchor.anchoredOn, anchor.hash.toString('hex')]));
    return this.told
      .filter(({ anchoredOn, hash }) => kept.get(anchoredOn) !== hash)
      .map(({ anchoredOn }) => faultOf('anchor_missing', { anchoredOn }));
  }

  private tallyOf(recordedAt: Date): Tally | undefined {
    let [low, high] = [0, this.tallies.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const tally = this.tallies[middle];
      if (tally !== undefined && recordedAt >= tally.anchor.until) low = middle + 1;
      else high = middle;
    }
    return this.tallies[low];
  }
}

const faultOf = (kind: ChainFault['kind'], params: ChainFault['params']): ChainFault => ({
  kind,
  sequence: null,
  eventId: null,
  params,
});

const isEqual = (one: Buffer | null, other: Buffer | null): boolean =>
  one === null || other === null ? one === other : one.equals(other);
