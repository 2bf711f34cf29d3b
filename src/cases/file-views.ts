import { ApiProperty } from '@nestjs/swagger';
import { pageOf } from '../platform/http/paging.js';
import { type CaseFile, EVIDENCE_SOURCES, type EvidenceSource } from './case-file.entity.js';

export class FileView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: '用电证明.pdf' })
  name!: string;
  @ApiProperty({ type: 'integer', description: 'Bytes.' })
  size!: number;
  @ApiProperty({ description: 'Hex.' })
  sha256!: string;
  @ApiProperty({ description: 'What it is, lower snake case.', example: 'electricity_bill' })
  kind!: string;
  @ApiProperty({ enum: EVIDENCE_SOURCES })
  source!: EvidenceSource;
  @ApiProperty({ description: 'By its first bytes, never by its name.', example: 'application/pdf' })
  mediaType!: string;
  @ApiProperty({ type: String, format: 'date-time' })
  uploadedAt!: Date;
}

export class FilePage extends pageOf(FileView) {}

export const fileViewOf = ({
  id,
  name,
  size,
  sha256,
  kind,
  source,
  mediaType,
  uploadedAt,
}: CaseFile): FileView => ({ id, name, size, sha256, kind, source, mediaType, uploadedAt });
