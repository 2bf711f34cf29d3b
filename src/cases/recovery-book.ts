import type { Locale } from '../platform/errors/message-text.js';
import type { Transaction } from '../platform/database/transactions.js';

type Fact = number | string | null | ReadonlyArray<number | string | null>;
/** Months and figures by names of their own. */
export type ProofFacts = Readonly<Record<string, Fact>>;

/** What figures say of one case. */
export interface MilestoneProof {
  /** The milestone that a closure as `recovered` asks for by the policy in force. */
  milestone: string;
  /** Reached by months after this one, `YYYY-MM`: the last that belongs to the distress. */
  sinceMonth: string;
  isReached: boolean;
  /** Months and figures that are still missing, as the rule names them; none when it is reached. */
  missing: readonly ProofFacts[];
}

/**
 * What cases have to know of production to tell whether it is back. It is a port: production stands on cases, so that
 * cases cannot import it.
 */
export abstract class RecoveryBook {
  /** From the figures as the transaction sees them, never from a stored judgement that may lag. */
  abstract proof(tx: Transaction, caseId: string): Promise<MilestoneProof>;

  /** One of what is missing, in words. */
  abstract textOf(missing: ProofFacts, locale: Locale): string;

  /**
   * Relapses that somebody is still to decide on, as a statement that gives `id`, `case_id`, `comment` (`null`) and
   * `proposed_at`; the ids are UUIDv7.
   */
  abstract readonly relapses: string;
}
