import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { AccountActor } from '../access/actor.js';
import { Allow, CurrentActor } from '../access/decorators.js';
import { Transactions } from '../platform/database/transactions.js';
import { localeOf } from '../platform/errors/message-text.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import {
  type EvidencePiece,
  INDEPENDENT_NEEDED,
  isRecoveryShown,
  KINDS_NEEDED,
} from './lifecycle/recovery-evidence.js';
import { type ProofFacts, RecoveryBook } from './recovery-book.js';
import { isShown, RecoveryProof } from './recovery-proof.js';
import { SubjectSight } from './subject-sight.js';

class MissingView {
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Months and figures.' })
  facts!: ProofFacts;
  @ApiProperty({ description: 'The same in the language of Accept-Language.' })
  text!: string;
}

class MilestoneProofView {
  @ApiProperty({
    description: 'The milestone that the policy in force asks for.',
    example: 'capacity_restored',
  })
  milestone!: string;
  @ApiProperty()
  isReached!: boolean;
  @ApiProperty({
    description: 'Months after this one count: the last that belongs to the distress.',
    example: '2021-10',
  })
  sinceMonth!: string;
  @ApiProperty({ type: [MissingView], description: 'Empty when it is reached.' })
  missing!: MissingView[];
}

class EvidenceProofView {
  @ApiProperty({ type: 'integer', description: 'Kinds of evidence among the files of the case.' })
  kinds!: number;
  @ApiProperty({ type: 'integer', example: KINDS_NEEDED })
  kindsNeeded!: number;
  @ApiProperty({ type: 'integer', description: 'Files from the grid, the tax office or a site check.' })
  independent!: number;
  @ApiProperty({ type: 'integer', example: INDEPENDENT_NEEDED })
  independentNeeded!: number;
  @ApiProperty()
  isEnough!: boolean;
}

class RecoveryView {
  @ApiProperty({
    description: 'Either is enough for a closure as `recovered`: the milestone, or the evidence.',
  })
  isShown!: boolean;
  @ApiProperty({ type: MilestoneProofView })
  milestone!: MilestoneProofView;
  @ApiProperty({ type: EvidenceProofView })
  evidence!: EvidenceProofView;
}

@ApiTags('case file')
@Controller('cases')
export class RecoveryController {
  constructor(
    private readonly transactions: Transactions,
    private readonly sight: SubjectSight,
    private readonly recovery: RecoveryProof,
    private readonly book: RecoveryBook,
  ) {}

  @Get(':id/recovery')
  @Allow('case_file.read')
  @ApiOperation({
    summary: 'What shows that production is back, and what is still missing to close as recovered',
  })
  @ApiOkResponse({ type: RecoveryView })
  async of(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecoveryView> {
    await this.sight.require(actor, { kind: 'case', id });
    const locale = localeOf(languages);
    void reply.header('Content-Language', locale).header('Vary', 'Accept-Language');
    const found = await this.transactions.run(async (tx) => {
      const files = await tx.query<EvidencePiece>('SELECT kind, source FROM case_files WHERE case_id = $1', [
        id,
      ]);
      return this.recovery.of(tx, id, files);
    });
    const { milestone, evidence } = found;
    return {
      isShown: isShown(found),
      milestone: {
        ...milestone,
        missing: milestone.missing.map((facts) => ({ facts, text: this.book.textOf(facts, locale) })),
      },
      evidence: {
        ...evidence,
        kindsNeeded: KINDS_NEEDED,
        independentNeeded: INDEPENDENT_NEEDED,
        isEnough: isRecoveryShown(evidence),
      },
    };
  }
}
