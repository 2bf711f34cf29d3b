/** What a key can be given, each named after what it lets a portal do. Whatever is not here is closed to keys. */
export const API_KEY_SCOPES = [
  'cases.read',
  'cases.report',
  'problems.read',
  'problems.report',
  'enterprises.read',
  'ratings.write',
  'files.write',
  'production.report',
  'statistics.read',
] as const;

export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];
