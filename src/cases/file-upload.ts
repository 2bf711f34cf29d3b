import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import type { Fault } from '../platform/errors/refusal.js';
import { requireHonestType } from '../platform/files/declared-type.js';
import { invalidUpload, readUpload } from '../platform/http/multipart.js';
import type { FileInput, KeptFile } from './add-file.js';
import { EVIDENCE_SOURCES } from './case-file.entity.js';

const KIND = /^[a-z][a-z0-9_]{0,39}$/;

/**
 * Reads `file`, `kind` and `source` of a multipart body.
 * @throws Refusal 400 VALIDATION_FAILED, 413 FILE_TOO_LARGE, 415 MEDIA_TYPE_UNSUPPORTED, FILE_TYPE_REFUSED or
 *   FILE_TYPE_LIES
 */
export async function readFileUpload(
  request: FastifyRequest,
  keep: (content: Readable) => Promise<KeptFile>,
): Promise<FileInput> {
  const { fileName, declaredType, kept, fields } = await readUpload(request, ['kind', 'source'], keep);
  requireHonestType(kept.mediaType, { fileName, declaredType });
  const kind = fields.get('kind');
  const source = EVIDENCE_SOURCES.find((candidate) => candidate === fields.get('source'));
  const faults: Fault[] = [];
  if (kind === undefined || !KIND.test(kind)) faults.push({ pointer: '/kind', code: 'VALUE_INVALID' });
  if (source === undefined) faults.push({ pointer: '/source', code: 'VALUE_INVALID' });
  if (kind === undefined || source === undefined || faults.length > 0) throw invalidUpload(faults);
  return { name: fileName, kind, source, content: kept };
}
