import { type Fault, Refusal } from '../platform/errors/refusal.js';
import { requireHonestType } from '../platform/files/declared-type.js';
import { mediaTypeOf } from '../platform/files/media-type.js';
import { invalidUpload, type Upload } from '../platform/http/multipart.js';
import type { FileInput } from './add-file.js';
import { EVIDENCE_SOURCES } from './case-file.entity.js';

export const FILE_FIELDS = ['kind', 'source'];
const KIND = /^[a-z][a-z0-9_]{0,39}$/;

/**
 * What `file`, `kind` and `source` of a multipart body are.
 * @throws Refusal 400 VALIDATION_FAILED, 415 FILE_TYPE_REFUSED or FILE_TYPE_LIES
 */
export function fileInputOf({ fileName, declaredType, draft, fields }: Upload): FileInput {
  const mediaType = mediaTypeOf(draft.head);
  if (mediaType === null) throw new Refusal(415, 'FILE_TYPE_REFUSED');
  requireHonestType(mediaType, { fileName, declaredType });
  const kind = fields.get('kind');
  const source = EVIDENCE_SOURCES.find((candidate) => candidate === fields.get('source'));
  const faults: Fault[] = [];
  if (kind === undefined || !KIND.test(kind)) faults.push({ pointer: '/kind', code: 'VALUE_INVALID' });
  if (source === undefined) faults.push({ pointer: '/source', code: 'VALUE_INVALID' });
  if (kind === undefined || source === undefined || faults.length > 0) throw invalidUpload(faults);
  return { name: fileName, kind, source, mediaType, draft };
}
