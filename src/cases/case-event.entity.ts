import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { HashAlgorithm } from '../platform/chain/chain-hash.js';
import type { ActorKind, CaseEventType } from './case-events.js';

/** Something that happened. Appended, never changed: a trigger and the database role see to it. */
@Entity('case_events')
@Check('case_events_actor_kind_check', `"actor_kind" IN ('account', 'api_key', 'import', 'system')`)
@Check('case_events_dates_check', `"effective_at" <= "recorded_at"`)
@Check('case_events_algorithm_check', `"algorithm" IN ('sha256', 'sm3')`)
@Index('case_events_chain_key', ['chainId', 'sequence'], { unique: true })
@Index('case_events_subject_idx', ['subjectId', 'effectiveAt', 'sequence'])
@Index('case_events_recorded_idx', ['recordedAt', 'id'])
@Index('case_events_closures_idx', ['effectiveAt'], {
  where: `"type" = 'resolved' AND "subject_kind" = 'case'`,
})
export class CaseEvent {
  @PrimaryColumn('uuid')
  id!: string;

  /** The case, or the problem that has none: events of a case and its problems form one numbered chain. */
  @Column('uuid')
  chainId!: string;

  /** From 1, without gaps in a chain. */
  @Column('int')
  sequence!: number;

  /** The case or problem it happened to. */
  @Column('uuid')
  subjectId!: string;

  @Column('text')
  subjectKind!: 'case' | 'problem';

  @Column('text')
  type!: CaseEventType;

  /** When it happened. */
  @Column('timestamptz')
  effectiveAt!: Date;

  /** When the system learnt it. */
  @Column('timestamptz')
  recordedAt!: Date;

  @Column('text')
  actorKind!: ActorKind;

  @Column('uuid', { nullable: true })
  actorId!: string | null;

  @Column('uuid', { nullable: true })
  actorDepartmentId!: string | null;

  /** Ids and facts, no contact data. */
  @Column('jsonb')
  payload!: Record<string, unknown>;

  /** What the hash was made by; a change of configuration leaves the chains before it as they are. */
  @Column('text', { default: 'sha256' })
  algorithm!: HashAlgorithm;

  /** Over the previous event's hash and this event. */
  @Column('bytea')
  hash!: Buffer;
}
