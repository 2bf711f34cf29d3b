import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { TrailEventType } from '../access/security-trail.js';
import type { HashAlgorithm } from '../platform/chain/chain-hash.js';

/** What is no event of a case: who signed in, was refused, took data out. Appended, never changed, in one chain. */
@Entity('audit_events')
@Check('audit_events_actor_kind_check', `"actor_kind" IN ('account', 'api_key', 'system', 'anonymous')`)
@Check('audit_events_algorithm_check', `"algorithm" IN ('sha256', 'sm3')`)
@Index('audit_events_sequence_key', ['sequence'], { unique: true })
@Index('audit_events_recorded_idx', ['recordedAt'])
@Index('audit_events_type_idx', ['type', 'sequence'])
@Index('audit_events_actor_idx', ['actorId', 'sequence'])
@Index('audit_events_subject_idx', ['subjectId', 'sequence'])
export class AuditEvent {
  @PrimaryColumn('uuid')
  id!: string;

  /** From 1, without gaps; text, as `pg` gives it. */
  @Column('bigint')
  sequence!: string;

  @Column('timestamptz')
  recordedAt!: Date;

  @Column('text')
  type!: TrailEventType;

  @Column('text')
  actorKind!: 'account' | 'api_key' | 'system' | 'anonymous';

  @Column('uuid', { nullable: true })
  actorId!: string | null;

  /** Of the client; `null` for what no request did. */
  @Column('text', { nullable: true })
  address!: string | null;

  @Column('text', { nullable: true })
  requestId!: string | null;

  @Column('text', { nullable: true })
  subjectKind!: string | null;

  @Column('uuid', { nullable: true })
  subjectId!: string | null;

  /** Ids and facts; no contact data, no passwords, no user names. */
  @Column('jsonb')
  payload!: Record<string, unknown>;

  @Column('text')
  algorithm!: HashAlgorithm;

  /** Over the hash of the event before it and this event. */
  @Column('bytea')
  hash!: Buffer;
}
