import type { FastifyRequest } from 'fastify';
import { type Fault, Refusal } from '../platform/errors/refusal.js';
import { fieldText, plainFileName } from '../platform/http/multipart.js';
import { EVIDENCE_SOURCES } from './case-file.entity.js';
import type { FileInput } from './add-file.js';

const KIND = /^[a-z][a-z0-9_]{0,39}$/;

/**
 * Reads `file`, `kind` and `source` of a multipart body; the fields stand before the file.
 * @throws Refusal 400 VALIDATION_FAILED, 415 MEDIA_TYPE_UNSUPPORTED
 */
export async function readUpload(request: FastifyRequest): Promise<FileInput> {
  if (!request.isMultipart()) throw new Refusal(415, 'MEDIA_TYPE_UNSUPPORTED');
  const file = await request.file();
  if (file === undefined) throw invalid([{ pointer: '/file', code: 'FIELD_REQUIRED' }]);
  const kind = fieldText(file.fields['kind']);
  const source = EVIDENCE_SOURCES.find((candidate) => candidate === fieldText(file.fields['source']));
  const faults: Fault[] = [];
  if (kind === undefined || !KIND.test(kind)) faults.push({ pointer: '/kind', code: 'VALUE_INVALID' });
  if (source === undefined) faults.push({ pointer: '/source', code: 'VALUE_INVALID' });
  if (kind === undefined || source === undefined || faults.length > 0) throw invalid(faults);
  return { name: plainFileName(file.filename), kind, source, content: file.file };
}

const invalid = (faults: readonly Fault[]): Refusal =>
  new Refusal(400, 'VALIDATION_FAILED', { count: faults.length }, faults);
