/** Text of a plain field of a multipart body; `undefined` where it is missing, repeated or a file. */
export const fieldText = (field: unknown): string | undefined =>
  typeof field === 'object' && field !== null && 'value' in field && typeof field.value === 'string'
    ? field.value
    : undefined;

/** The last part of what was sent as a file's name, without what no file name holds. */
export const plainFileName = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? '').replaceAll(/[\u0000-\u001f\u007f"]/g, '').slice(0, 200) || 'file';
