import { Refusal } from '../errors/refusal.js';

/** What may say of itself what: by the type that its first bytes show. Office files are zip or OLE containers. */
const HONEST: Readonly<Record<string, { extensions: readonly string[]; declared: RegExp }>> = {
  'application/pdf': { extensions: ['pdf'], declared: /^application\/(x-)?pdf$/ },
  'image/png': { extensions: ['png'], declared: /^image\/(x-)?png$/ },
  'image/jpeg': { extensions: ['jpg', 'jpeg'], declared: /^image\/p?jpe?g$/ },
  'application/zip': {
    extensions: ['zip', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'ofd'],
    declared:
      /^application\/(zip|x-zip(-compressed)?|ofd|vnd\.openxmlformats-officedocument\..+|vnd\.oasis\.opendocument\..+|wps-office\..+)$/,
  },
  'application/x-ole-storage': {
    extensions: ['doc', 'xls', 'ppt', 'wps', 'et', 'dps'],
    declared:
      /^application\/(msword|vnd\.ms-(excel|powerpoint|works)|kswps|kset|ksdps|wps-office\..+|x-ole-storage)$/,
  },
  // Windows with Excel calls a CSV an Excel file.
  'text/plain': {
    extensions: ['txt', 'csv', 'md', 'log'],
    declared: /^(text\/(plain|csv|markdown|x-log)|application\/(csv|vnd\.ms-excel))$/,
  },
};
/** Says nothing. */
const UNDECLARED = new Set(['', 'application/octet-stream', 'binary/octet-stream']);

/**
 * Holds what a file says of itself, by its name and by its sender, against what it is.
 * @param mediaType by its first bytes
 * @throws Refusal 415 FILE_TYPE_REFUSED for a name that may not be kept whatever is in it (`.exe`, `.html`),
 *   FILE_TYPE_LIES for one that belongs to another type
 */
export function requireHonestType(
  mediaType: string,
  { fileName, declaredType }: { fileName: string; declaredType: string },
): void {
  const honest = HONEST[mediaType];
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase().trim();
  const isKnown =
    extension === undefined || Object.values(HONEST).some(({ extensions }) => extensions.includes(extension));
  if (honest === undefined || !isKnown) throw new Refusal(415, 'FILE_TYPE_REFUSED');
  if (extension !== undefined && !honest.extensions.includes(extension)) {
    throw new Refusal(415, 'FILE_TYPE_LIES', { declared: `.${extension}`, found: mediaType });
  }
  const declared = declaredType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!UNDECLARED.has(declared) && !honest.declared.test(declared)) {
    throw new Refusal(415, 'FILE_TYPE_LIES', { declared: declared.slice(0, 100), found: mediaType });
  }
}
