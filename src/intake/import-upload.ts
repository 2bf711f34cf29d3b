import type { Fault } from '../platform/errors/refusal.js';
import { invalidUpload, type Upload } from '../platform/http/multipart.js';
import { IMPORT_MODES, type ImportMode, ON_ERROR, type OnError } from './ledger-import.entity.js';

export interface ImportOptions {
  mode: ImportMode;
  onError: OnError;
}

export const IMPORT_FIELDS = ['mode', 'onError'];

/**
 * What `mode` and `onError` of a multipart body are. Without a mode nothing is changed: a preview.
 * @throws Refusal 400 VALIDATION_FAILED
 */
export function importOptionsOf({ fields }: Pick<Upload, 'fields'>): ImportOptions {
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
  return { mode, onError };
}
