import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import type { Fault } from '../platform/errors/refusal.js';
import { invalidUpload, readUpload } from '../platform/http/multipart.js';
import { IMPORT_MODES, type ImportMode, ON_ERROR, type OnError } from './ledger-import.entity.js';

export interface ImportUpload {
  fileName: string;
  sha256: string;
  mode: ImportMode;
  onError: OnError;
}

/**
 * Reads `mode`, `onError` and `file` of a multipart body. Without a mode nothing is changed: a preview.
 * @param keep stores the workbook and answers its hash
 * @throws Refusal 400 VALIDATION_FAILED, 413 FILE_TOO_LARGE, 415 MEDIA_TYPE_UNSUPPORTED
 */
export async function readImportUpload(
  request: FastifyRequest,
  keep: (content: Readable) => Promise<string>,
): Promise<ImportUpload> {
  const { fileName, kept: sha256, fields } = await readUpload(request, ['mode', 'onError'], keep);
  const faults: Fault[] = [];
  const oneOf = <Value extends string>(name: string, values: readonly Value[], fallback: Value): Value => {
    const text = fields.get(name);
    const value = text === undefined ? fallback : values.find((candidate) => candidate === text);
    if (value === undefined) faults.push({ pointer: `/${name}`, code: 'VALUE_INVALID' });
    return value ?? fallback;
  };
  const mode = oneOf('mode', IMPORT_MODES, 'preview');
  const onError = oneOf('onError', ON_ERROR, 'reject_all');
  if (faults.length > 0) throw invalidUpload(faults);
  return { fileName, sha256, mode, onError };
}
