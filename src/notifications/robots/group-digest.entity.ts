import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

export const ROBOTS = ['wecom', 'dingtalk'] as const;
/** A robot of a group chat: 企业微信 or 钉钉. */
export type RobotName = (typeof ROBOTS)[number];

export const GROUP_DIGEST_STATUSES = ['pending', 'sending', 'sent', 'failed', 'unknown'] as const;
export type GroupDigestStatus = (typeof GROUP_DIGEST_STATUSES)[number];

/** What one robot tells its group on one day: exactly one row, by the unique index. */
@Entity('group_digests')
@Check('group_digests_robot_check', `"robot" IN ('wecom', 'dingtalk')`)
@Check('group_digests_status_check', `"status" IN ('pending', 'sending', 'sent', 'failed', 'unknown')`)
@Index('group_digests_key', ['robot', 'onDay'], { unique: true })
export class GroupDigest {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  robot!: RobotName;

  /** Calendar date, office time. */
  @Column('date')
  onDay!: string;

  /** Markdown, written once: what is tried again says the same. */
  @Column('text')
  content!: string;

  @Column('text')
  status!: GroupDigestStatus;

  @Column('int', { default: 0 })
  attempts!: number;

  @Column('timestamptz')
  nextAttemptAt!: Date;

  @Column('timestamptz', { nullable: true })
  leaseUntil!: Date | null;

  /** Raised at every claim: only the holder of the newest may record an outcome. */
  @Column('int', { default: 0 })
  fence!: number;

  @Column('text', { nullable: true })
  gatewayCode!: string | null;

  @Column('text', { nullable: true })
  gatewayText!: string | null;

  @Column('timestamptz')
  queuedAt!: Date;

  @Column('timestamptz', { nullable: true })
  sentAt!: Date | null;
}
