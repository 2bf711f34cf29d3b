import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';

/** Blanks are no reason. */
const NOT_BLANK = /\S/;

/** Why something is looked at that has to be accounted for. */
export class RecordedReasonBody {
  @ApiProperty({
    description: 'Why; recorded with who asks and when.',
    minLength: 3,
    maxLength: 200,
    example: '短信未送达，电话联系责任人',
  })
  @IsString()
  @Length(3, 200)
  @Matches(NOT_BLANK)
  reason!: string;
}
