/** The week in a path, for the OpenAPI document. */
export const WEEK_PARAMETER = {
  name: 'week',
  description: 'ISO 8601 week in the office time zone.',
  schema: { type: 'string', pattern: '^[1-9]\\d{3}-W(0[1-9]|[1-4]\\d|5[0-3])$', example: '2021-W44' },
} as const;

/** Any period in a path. */
export const PERIOD_PARAMETER = {
  name: 'period',
  description:
    'A week `2021-W44`, a month `2021-10`, a quarter `2021-Q4`, a year to date `2021`, or a range of at most 106 weeks `2021-W40..2021-W44`.',
  schema: { type: 'string', maxLength: 18, example: '2021-10' },
} as const;
