import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { types } from 'node:util';
import { type Fault, Refusal } from '../errors/refusal.js';
import type { Draft } from '../files/draft.js';

/** A multipart body with one file, read to its end. */
export interface Upload {
  fileName: string;
  /** What its sender says that it is. */
  declaredType: string;
  /** The file's content: gone when the upload has been dealt with, unless it was kept. */
  draft: Draft;
  fields: ReadonlyMap<string, string>;
}

/**
 * Reads `file` and the plain fields of a multipart body, in whatever order they come, and has them dealt with.
 * @param names of the fields that may come
 * @param receive takes the content; it is called while the body comes in, and before all fields are known
 * @throws Refusal 400 VALIDATION_FAILED, FORM_MALFORMED, 413 FILE_TOO_LARGE, 415 MEDIA_TYPE_UNSUPPORTED; nothing of it is
 * left then
 */
export async function withUpload<Result>(
  request: FastifyRequest,
  names: readonly string[],
  receive: (content: Readable) => Promise<Draft>,
  work: (upload: Upload) => Promise<Result>,
): Promise<Result> {
  const drafts: Draft[] = [];
  try {
    const upload = await readUpload(request, names, async (content) => {
      const draft = await receive(content);
      drafts.push(draft);
      return draft;
    });
    return await work(upload);
  } catch (error) {
    throw isMalformed(error) ? new Refusal(400, 'FORM_MALFORMED') : error;
  } finally {
    await Promise.all(drafts.map((draft) => draft.discard()));
  }
}

async function readUpload(
  request: FastifyRequest,
  names: readonly string[],
  receive: (content: Readable) => Promise<Draft>,
): Promise<Upload> {
  if (!request.isMultipart()) throw new Refusal(415, 'MEDIA_TYPE_UNSUPPORTED');
  const fields = new Map<string, string>();
  let file: Omit<Upload, 'fields'> | undefined;
  for await (const part of request.parts()) {
    const name = part.fieldname;
    if (part.type === 'file') {
      if (name !== 'file') throw invalidUpload([{ pointer: `/${name}`, code: 'FIELD_UNKNOWN' }]);
      const draft = await receive(part.file);
      // The parser ends a file at the limit as if it were complete; half of an evidence is none.
      if (part.file.truncated) throw new Refusal(413, 'FILE_TOO_LARGE', { maxBytes: part.file.bytesRead });
      file = { fileName: plainFileName(part.filename), declaredType: part.mimetype, draft };
      continue;
    }
    if (!names.includes(name)) throw invalidUpload([{ pointer: `/${name}`, code: 'FIELD_UNKNOWN' }]);
    if (typeof part.value !== 'string' || part.valueTruncated || fields.has(name))
      throw invalidUpload([{ pointer: `/${name}`, code: 'VALUE_INVALID' }]);
    fields.set(name, part.value);
  }
  if (file === undefined) throw invalidUpload([{ pointer: '/file', code: 'FIELD_REQUIRED' }]);
  const { fileName, draft } = file;
  // The boundary differs each time that a form is sent; this does not.
  await request.uploadRead?.({ fileName, sha256: draft.sha256, fields: [...fields].toSorted() });
  return { ...file, fields };
}

/** The parser's complaints about the body: plain errors, told from all others by their words alone. */
const isMalformed = (error: unknown): boolean =>
  types.isNativeError(error) &&
  !('statusCode' in error) &&
  /unexpected end of multipart|boundary not found/i.test(error.message);

export const invalidUpload = (faults: readonly Fault[]): Refusal =>
  new Refusal(400, 'VALIDATION_FAILED', { count: faults.length }, faults);

/** The last part of what was sent as a file's name, without what no file name holds. A part may come without one. */
const plainFileName = (name: string | undefined): string =>
  [...(name?.split(/[\\/]/).at(-1) ?? '').replaceAll(/[\u0000-\u001f\u007f"]/g, '')].slice(0, 200).join('') ||
  'file';
