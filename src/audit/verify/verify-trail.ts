import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { SecurityTrail, type TrailActor } from '../../access/security-trail.js';
import { Clock } from '../../platform/clock/clock.js';
import { onSnapshot } from '../../platform/database/snapshot.js';
import { notFound, Refusal } from '../../platform/errors/refusal.js';
import { AnchorCheck } from '../anchors/anchor-check.js';
import { type Anchor, ANCHOR_COLUMNS } from '../anchors/chains-fold.js';
import { ChainWalk, neighboursOf } from '../chain/chain-walk.js';
import { faultsOfEnd, nameFaults } from '../chain/name-faults.js';
import type { ChainFault, KnownEnd } from '../chain/fault.js';
import { hashOfAuditEvent, hashOfEvent, type StoredEvent, StoredEvents } from './stored-events.js';
import { MOST_FAULTS, Verification } from './verification.js';

/** Any number, the same in every process: it reads everything there is, so one at a time. */
const VERIFY_LOCK = 7_264_031;

interface OpenChain {
  id: string;
  end: KnownEnd | undefined;
  walk: ChainWalk<StoredEvent>;
}

/** Follows every chain from its first event to its end, and computes every anchor anew; memory does not grow with them. */
@Injectable()
export class VerifyTrail {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly trail: SecurityTrail,
  ) {}

  /** Everything, as of one snapshot. @throws Refusal 409 VERIFICATION_RUNNING */
  async all(by: TrailActor): Promise<Verification> {
    const found = await onSnapshot(this.dataSource, async (runner) => {
      await takeTurn(runner);
      const stored = new StoredEvents(runner);
      const anchors: Anchor[] = await runner.query(
        `SELECT ${ANCHOR_COLUMNS} FROM chain_anchors ORDER BY anchored_on`,
      );
      const check = new AnchorCheck(anchors);
      const verification = new Verification(this.clock.now());
      await this.followCases(stored, verification, check);
      await this.followTrail(stored, verification, check);
      verification.anchors = anchors.length;
      verification.add('anchors', null, check.faults());
      return verification;
    });
    await this.tell(found, by);
    return found;
  }

  /** The chain of one case, or of a problem that has none. @throws Refusal 404 */
  async one(chainId: string, by: TrailActor): Promise<Verification> {
    const found = await onSnapshot(this.dataSource, async (runner) => {
      const stored = new StoredEvents(runner);
      const verification = new Verification(this.clock.now());
      await this.followCases(stored, verification, undefined, chainId);
      if (verification.chains > 0) return verification;
      const end = (await stored.ends([chainId])).get(chainId);
      if (end === undefined) throw notFound('chain', chainId);
      verification.add('cases', chainId, [missing(end)]);
      return verification;
    });
    await this.tell(found, by, chainId);
    return found;
  }

  private async followCases(
    stored: StoredEvents,
    verification: Verification,
    anchors?: AnchorCheck,
    only?: string,
  ): Promise<void> {
    let owned = 0;
    let open: OpenChain | undefined;
    const close = async (chain: OpenChain): Promise<void> => {
      anchors?.endChain(chain.id);
      verification.chains += 1;
      if (chain.end !== undefined) owned += 1;
      verification.add('cases', chain.id, await this.faultsOf(stored, chain));
    };
    for await (const batch of stored.cases(only)) {
      const ends = await stored.ends([...new Set(batch.map(({ chainId }) => chainId))]);
      for (const event of batch) {
        if (open?.id !== event.chainId) {
          if (open !== undefined) await close(open);
          const end = ends.get(event.chainId);
          open = { id: event.chainId, end, walk: new ChainWalk(hashOfEvent) };
        }
        open.walk.take(event);
        anchors?.take(event);
      }
      verification.events += batch.length;
    }
    if (open !== undefined) await close(open);
    if (only !== undefined) return;
    for (const { id, ...end } of await stored.withoutChain(owned, MOST_FAULTS))
      verification.add('cases', id, [missing(end)]);
  }

  private async faultsOf(stored: StoredEvents, { id, end, walk }: OpenChain): Promise<ChainFault[]> {
    if (!walk.isBroken) return faultsOfEnd(walk, end, []);
    const near = await stored.casesAt(id, neighboursOf(walk.breaks));
    const faults = [...walk.faults, ...nameFaults(walk, near, hashOfEvent)];
    return [...faults, ...faultsOfEnd(walk, end, faults)];
  }

  private async followTrail(
    stored: StoredEvents,
    verification: Verification,
    anchors: AnchorCheck,
  ): Promise<void> {
    const walk = new ChainWalk(hashOfAuditEvent);
    for await (const batch of stored.audited()) {
      for (const event of batch) {
        walk.take(event);
        anchors.takeAudited(event);
      }
      verification.auditEvents += batch.length;
    }
    const near = walk.isBroken ? await stored.auditedAt(neighboursOf(walk.breaks)) : [];
    const faults = [...walk.faults, ...nameFaults(walk, near, hashOfAuditEvent)];
    const end = await stored.auditEnd();
    verification.add('trail', null, [...faults, ...faultsOfEnd(walk, end, faults)]);
  }

  private async tell(found: Verification, by: TrailActor, chainId?: string): Promise<void> {
    const { isIntact, chains, events, faultCount } = found;
    await this.trail.recordAlone({
      type: 'trail_verified',
      actor: by,
      payload: { isIntact, chains, events, faultCount, ...(chainId === undefined ? {} : { chainId }) },
    });
  }
}

/** Held until the transaction ends, or the connection of whoever died of it. */
async function takeTurn(runner: QueryRunner): Promise<void> {
  const [turn]: Array<{ isOurs: boolean }> = await runner.query(
    'SELECT pg_try_advisory_xact_lock($1) AS "isOurs"',
    [VERIFY_LOCK],
  );
  if (turn?.isOurs !== true) throw new Refusal(409, 'VERIFICATION_RUNNING');
}

const missing = ({ lastSequence }: Pick<KnownEnd, 'lastSequence'>): ChainFault => ({
  kind: 'chain_missing',
  sequence: null,
  eventId: null,
  params: { count: lastSequence },
});
