/** The week in a path, for the OpenAPI document. */
export const WEEK_PARAMETER = {
  name: 'week',
  description: 'ISO 8601 week in the office time zone.',
  schema: { type: 'string', pattern: '^[1-9]\\d{3}-W(0[1-9]|[1-4]\\d|5[0-3])$', example: '2021-W44' },
} as const;
