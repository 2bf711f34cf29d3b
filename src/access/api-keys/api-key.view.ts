import { ApiProperty } from '@nestjs/swagger';
import { API_KEY_SCOPES, type ApiKeyScope } from './api-key-scopes.js';

const instant = { type: String, format: 'date-time' } as const;

export class KeyUnit {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: '610902' })
  code!: string;
  @ApiProperty({ example: '汉滨区' })
  name!: string;
}

export class KeyMaker {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ description: 'User name.', example: 'security' })
  name!: string;
}

/** A key as administrators see it: never its secret. */
export class ApiKeyView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: '企业服务平台' })
  name!: string;
  @ApiProperty({ description: 'How its tokens begin.', example: 'shk_h7kdm3qz' })
  prefix!: string;
  @ApiProperty({ enum: API_KEY_SCOPES, isArray: true, example: ['cases.read'] })
  scopes!: ApiKeyScope[];
  @ApiProperty({ type: [KeyUnit], nullable: true, description: '`null`: all of them.' })
  reportingUnits!: KeyUnit[] | null;
  @ApiProperty(instant)
  expiresAt!: Date;
  @ApiProperty({ ...instant, nullable: true, description: 'To the minute.' })
  lastUsedAt!: Date | null;
  @ApiProperty({ ...instant, nullable: true })
  revokedAt!: Date | null;
  @ApiProperty({ ...instant, description: 'When its present secret was made.' })
  secretAt!: Date;
  @ApiProperty({ ...instant, nullable: true, description: 'Until when the secret before it is good.' })
  previousUntil!: Date | null;
  @ApiProperty({ type: KeyMaker })
  createdBy!: KeyMaker;
  @ApiProperty(instant)
  createdAt!: Date;
  @ApiProperty({ description: 'Raised by one at every change; the `ETag`.', example: 1 })
  version!: number;
}

export class NewApiKeyView {
  @ApiProperty({ type: ApiKeyView })
  apiKey!: ApiKeyView;
  @ApiProperty({
    description: 'Goes behind `Authorization: Bearer`. Shown this once.',
    example: 'shk_h7kdm3qz_…',
  })
  token!: string;
}
