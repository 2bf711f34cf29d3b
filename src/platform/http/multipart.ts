import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { type Fault, Refusal } from '../errors/refusal.js';

/** A multipart body with one file, read to its end. */
export interface Upload<Kept> {
  fileName: string;
  /** What its sender says that it is. */
  declaredType: string;
  /** What became of the file's content. */
  kept: Kept;
  fields: ReadonlyMap<string, string>;
}

/**
 * Reads `file` and the plain fields of a multipart body, in whatever order they come.
 * @param names of the fields that may come
 * @param keep takes the content; it is called while the body comes in, and before all fields are known; its answer must
 *   follow from the content alone, for an upload sent again is known by it
 * @throws Refusal 400 VALIDATION_FAILED, 413 FILE_TOO_LARGE, 415 MEDIA_TYPE_UNSUPPORTED
 */
export async function readUpload<Kept>(
  request: FastifyRequest,
  names: readonly string[],
  keep: (content: Readable) => Promise<Kept>,
): Promise<Upload<Kept>> {
  if (!request.isMultipart()) throw new Refusal(415, 'MEDIA_TYPE_UNSUPPORTED');
  const fields = new Map<string, string>();
  let declaredType = '';
  let file: { fileName: string; kept: Kept } | undefined;
  for await (const part of request.parts()) {
    const name = part.fieldname;
    if (part.type === 'file') {
      if (name !== 'file') throw invalidUpload([{ pointer: `/${name}`, code: 'FIELD_UNKNOWN' }]);
      const kept = await keep(part.file);
      // The parser ends a file at the limit as if it were complete; half of an evidence is none.
      if (part.file.truncated) throw new Refusal(413, 'FILE_TOO_LARGE', { maxBytes: part.file.bytesRead });
      declaredType = part.mimetype;
      file = { fileName: plainFileName(part.filename), kept };
      continue;
    }
    if (!names.includes(name)) throw invalidUpload([{ pointer: `/${name}`, code: 'FIELD_UNKNOWN' }]);
    if (typeof part.value !== 'string' || part.valueTruncated || fields.has(name))
      throw invalidUpload([{ pointer: `/${name}`, code: 'VALUE_INVALID' }]);
    fields.set(name, part.value);
  }
  if (file === undefined) throw invalidUpload([{ pointer: '/file', code: 'FIELD_REQUIRED' }]);
  // The boundary differs each time that a form is sent; this does not.
  await request.uploadRead?.({ ...file, fields: [...fields].toSorted() });
  return { ...file, declaredType, fields };
}

export const invalidUpload = (faults: readonly Fault[]): Refusal =>
  new Refusal(400, 'VALIDATION_FAILED', { count: faults.length }, faults);

/** The last part of what was sent as a file's name, without what no file name holds. A part may come without one. */
const plainFileName = (name: string | undefined): string =>
  [...(name?.split(/[\\/]/).at(-1) ?? '').replaceAll(/[\u0000-\u001f\u007f"]/g, '')].slice(0, 200).join('') ||
  'file';
