/** What can be wrong with a chain, or with the anchors over all of them. */
export const FAULT_KINDS = [
  'changed',
  'removed',
  'inserted',
  'reordered',
  'truncated',
  'chain_missing',
  'subject_missing',
  'anchor_changed',
  'anchor_missing',
  'anchor_differs',
  'anchor_audit_differs',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** One fault of a chain, named. */
export interface ChainFault {
  kind: FaultKind;
  /** Place in the chain; `null` where it is about no single place. */
  sequence: number | null;
  /** `null` where the event is gone. */
  eventId: string | null;
  /** For the text of the fault. */
  params: Record<string, string | number | null>;
}

/** An event as a link of its chain. */
export interface Link {
  id: string;
  sequence: number;
  hash: Buffer;
}

/** The hash that the link would have after that hash, were it at that place. */
export type HashLink<L extends Link> = (previous: Buffer | null, link: L, sequence: number) => Buffer;

/** Where a chain ends as something outside of it says. */
export interface KnownEnd {
  lastSequence: number;
  lastHash: Buffer | null;
}
