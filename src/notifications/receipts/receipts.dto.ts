import { ApiProperty } from '@nestjs/swagger';

/** A receipt as the HTTP gateway pushes it, alone or several in a list. The vendors push their own. */
export class HttpReceipt {
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The `outId` with which the SMS was sent.',
  })
  outId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The `id` that answered it.', example: 'g-1' })
  id!: string | null;

  @ApiProperty({ enum: ['delivered', 'failed'] })
  status!: 'delivered' | 'failed';

  @ApiProperty({ example: 'DELIVRD' })
  code!: string;

  @ApiProperty({ required: false, example: '用户短信送达成功' })
  message?: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When it arrived.' })
  at!: string | null;
}
