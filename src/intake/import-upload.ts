import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { type Fault, Refusal } from '../platform/errors/refusal.js';
import { fieldText, plainFileName } from '../platform/http/multipart.js';
import { IMPORT_MODES, type ImportMode, ON_ERROR, type OnError } from './ledger-import.entity.js';

export interface ImportUpload {
  fileName: string;
  content: Readable;
  mode: ImportMode;
  onError: OnError;
}

/**
 * Reads `mode`, `onError` and `file` of a multipart body; the fields stand before the file. Without a mode nothing is
 * changed: a preview.
 * @throws Refusal 400 VALIDATION_FAILED, 415 MEDIA_TYPE_UNSUPPORTED
 */
export async function readImportUpload(request: FastifyRequest): Promise<ImportUpload> {
  if (!request.isMultipart()) throw new Refusal(415, 'MEDIA_TYPE_UNSUPPORTED');
  const file = await request.file();
  if (file === undefined) throw invalid([{ pointer: '/file', code: 'FIELD_REQUIRED' }]);
  const faults: Fault[] = [];
  const oneOf = <Value extends string>(name: string, values: readonly Value[], fallback: Value): Value => {
    const text = fieldText(file.fields[name]);
    const value = text === undefined ? fallback : values.find((candidate) => candidate === text);
    if (value === undefined) faults.push({ pointer: `/${name}`, code: 'VALUE_INVALID' });
    return value ?? fallback;
  };
  const mode = oneOf('mode', IMPORT_MODES, 'preview');
  const onError = oneOf('onError', ON_ERROR, 'reject_all');
  for (const name of Object.keys(file.fields)) {
    if (!['mode', 'onError', 'file'].includes(name))
      faults.push({ pointer: `/${name}`, code: 'FIELD_UNKNOWN' });
  }
  if (faults.length > 0) throw invalid(faults);
  return { fileName: plainFileName(file.filename), content: file.file, mode, onError };
}

const invalid = (faults: readonly Fault[]): Refusal =>
  new Refusal(400, 'VALIDATION_FAILED', { count: faults.length }, faults);
