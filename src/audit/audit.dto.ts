import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { HASH_ALGORITHMS, type HashAlgorithm } from '../platform/chain/chain-hash.js';
import { INSTANT } from '../platform/http/instant.js';
import { pageOf, PageQuery } from '../platform/http/paging.js';
import { toList } from '../platform/http/query-values.js';
import { FAULT_KINDS, type FaultKind } from './chain/fault.js';

export const LEDGERS = ['trail', 'cases'] as const;
const FAULT_LEDGERS = [...LEDGERS, 'anchors'] as const;
/** Days that `from` and `to` may lie apart where a search has no index to go by. */
export const LONGEST_SPAN_DAYS = 92;
const BOUNDED = `with \`subjectId\`, or with \`from\` and \`to\` at most ${LONGEST_SPAN_DAYS} days apart`;

export class AuditEventQuery extends PageQuery {
  @ApiPropertyOptional({
    description: '`trail`: sign-ins, refusals, exports and the like. `cases`: events of cases and problems.',
    enum: LEDGERS,
    default: 'trail',
  })
  @IsOptional()
  @IsIn(LEDGERS)
  ledger?: (typeof LEDGERS)[number];

  @ApiPropertyOptional({
    type: String,
    isArray: true,
    description: `Types of events; of cases only ${BOUNDED}.`,
    example: ['access_refused'],
  })
  @IsOptional()
  @Transform(toList)
  @Matches(/^[a-z][a-z_]{0,59}$/, { each: true })
  type?: string[];

  @ApiPropertyOptional({
    format: 'uuid',
    description: `The account or key that did it; of cases only ${BOUNDED}.`,
  })
  @IsOptional()
  @IsUUID()
  actorId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'What it was done to.' })
  @IsOptional()
  @IsUUID()
  subjectId?: string;

  @ApiPropertyOptional({
    description: 'Recorded at this instant or later.',
    format: 'date-time',
    example: '2026-11-23T00:00:00+08:00',
  })
  @IsOptional()
  @Matches(INSTANT)
  from?: string;

  @ApiPropertyOptional({
    description: 'Recorded before this instant.',
    format: 'date-time',
    example: '2026-11-24T00:00:00+08:00',
  })
  @IsOptional()
  @Matches(INSTANT)
  to?: string;

  @ApiPropertyOptional({
    description: `\`exact\` adds \`total\` to the answer; only ${BOUNDED}.`,
    enum: ['exact'],
  })
  declare count?: 'exact';
}

export class VerifyQuery {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'One case, or a problem that has none: its chain alone, without trail and anchors.',
  })
  @IsOptional()
  @IsUUID()
  chain?: string;
}

class AuditParty {
  @ApiProperty({ example: 'account' })
  kind!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  id!: string | null;
}

export class AuditEventView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: LEDGERS, example: 'trail' })
  ledger!: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The case whose chain it is in, or the problem that has none; the trail is one chain.',
  })
  chainId!: string | null;

  @ApiProperty({ type: 'integer', description: 'From 1, without gaps in a chain.', example: 1 })
  sequence!: number;

  @ApiProperty({ example: 'signed_in' })
  type!: string;

  @ApiProperty({ format: 'date-time' })
  recordedAt!: Date;

  @ApiProperty({ type: AuditParty, description: 'Who did it.' })
  actor!: AuditParty;

  @ApiProperty({ type: AuditParty, nullable: true, description: 'What it was done to.' })
  subject!: AuditParty | null;

  @ApiProperty({ type: String, nullable: true, description: 'Of the client.', example: '10.1.2.3' })
  address!: string | null;

  @ApiProperty({ type: String, nullable: true, description: '`X-Request-Id`, as in the log.' })
  requestId!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Ids and facts.' })
  payload!: Record<string, unknown>;

  @ApiProperty({ enum: HASH_ALGORITHMS, example: 'sha256' })
  algorithm!: HashAlgorithm;

  @ApiProperty({
    description: 'Over the event before it in its chain and this one; hex.',
    example: '9f86d0…',
  })
  hash!: string;
}

export class AuditEventPage extends pageOf(AuditEventView) {}

export class AnchorView {
  @ApiProperty({ format: 'date', description: 'The last day covered.', example: '2026-11-22' })
  anchoredOn!: string;

  @ApiProperty({ format: 'date-time', description: 'Events recorded before this instant are covered.' })
  until!: Date;

  @ApiProperty({ format: 'date-time' })
  recordedAt!: Date;

  @ApiProperty({ type: 'integer', description: 'Chains begun until then.', example: 234 })
  chains!: number;

  @ApiProperty({ type: 'integer', description: 'Events of cases and problems until then.', example: 1021 })
  events!: number;

  @ApiProperty({ type: 'integer', description: 'Number of the last event of the trail then.', example: 87 })
  auditSequence!: number;

  @ApiProperty({ enum: HASH_ALGORITHMS, example: 'sha256' })
  algorithm!: HashAlgorithm;

  @ApiProperty({
    description:
      'Over all chains, the trail and the anchor before; hex. Keep it where nobody here can write.',
    example: '9f86d0…',
  })
  hash!: string;
}

export class AnchorPage extends pageOf(AnchorView) {}

export class FaultView {
  @ApiProperty({ enum: FAULT_LEDGERS, example: 'cases' })
  ledger!: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The case, or the problem that has none.',
  })
  chainId!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Place in the chain.', example: 3 })
  sequence!: number | null;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: '`null` where the event is gone.',
  })
  eventId!: string | null;

  @ApiProperty({ enum: FAULT_KINDS, example: 'changed' })
  kind!: FaultKind;

  @ApiProperty({
    description: 'In the language of Accept-Language.',
    example: 'Event 3 is not what was recorded.',
  })
  detail!: string;
}

export class VerificationView {
  @ApiProperty({ description: 'Nothing was changed, removed, inserted or put in another order.' })
  isIntact!: boolean;

  @ApiProperty({ format: 'date-time', description: 'What was recorded by then was looked at.' })
  checkedAt!: Date;

  @ApiProperty({ type: 'integer', description: 'Chains of cases and problems.', example: 234 })
  chains!: number;

  @ApiProperty({ type: 'integer', description: 'Events in them.', example: 1021 })
  events!: number;

  @ApiProperty({ type: 'integer', description: 'Events of the trail.', example: 87 })
  auditEvents!: number;

  @ApiProperty({ type: 'integer', description: 'Daily anchors.', example: 12 })
  anchors!: number;

  @ApiProperty({ type: 'integer', description: 'Faults found, of which at most 100 are told.', example: 0 })
  faultCount!: number;

  @ApiProperty({ type: FaultView, isArray: true })
  faults!: FaultView[];
}
