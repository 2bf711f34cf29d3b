import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { type Locale, LOCALES } from '../../platform/errors/message-text.js';
import type { TemplateInForce } from './circular-templates.js';

const language = { enum: LOCALES, example: 'zh-CN' };

export class TemplateQuery {
  @ApiPropertyOptional({ ...language, default: 'zh-CN', description: 'Language of the circular.' })
  @IsOptional()
  @IsIn(LOCALES)
  lang?: Locale;
}

/** The template in force for a language. */
export class CircularTemplateView {
  @ApiProperty(language)
  lang!: Locale;

  @ApiProperty({ description: 'The one that comes with the product.', example: true })
  isShipped!: boolean;

  @ApiProperty({
    type: 'integer',
    description: 'One counter for all languages, which issues name; 0 where nobody has ever replaced it.',
    example: 0,
  })
  version!: number;

  @ApiProperty({ description: 'Of its bytes, in hex.', example: 'c0'.repeat(32) })
  sha256!: string;

  @ApiProperty({ type: 'integer', description: 'Bytes.', example: 16341 })
  size!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  recordedAt!: Date | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The account that changed it.' })
  recordedBy!: string | null;
}

export const viewOfTemplate = (
  lang: Locale,
  { bytes, version, sha256, kept }: TemplateInForce,
): CircularTemplateView => ({
  lang,
  isShipped: kept === null || kept.sha256 === null,
  version,
  sha256,
  size: bytes.length,
  recordedAt: kept?.recordedAt ?? null,
  recordedBy: kept?.recordedBy ?? null,
});
