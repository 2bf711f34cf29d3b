import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CaseView } from '../views/case-view.js';
import { ProblemView } from '../views/problem-view.js';

export class CasePage {
  @ApiProperty({ type: [CaseView] })
  items!: CaseView[];
  @ApiProperty({ type: String, nullable: true, description: '`null` on the last page.' })
  nextCursor!: string | null;
  @ApiPropertyOptional({ type: 'integer', description: 'With `?count=exact`.' })
  total?: number;
}

export class ProblemPage {
  @ApiProperty({ type: [ProblemView] })
  items!: ProblemView[];
  @ApiProperty({ type: String, nullable: true, description: '`null` on the last page.' })
  nextCursor!: string | null;
  @ApiPropertyOptional({ type: 'integer', description: 'With `?count=exact`.' })
  total?: number;
}
