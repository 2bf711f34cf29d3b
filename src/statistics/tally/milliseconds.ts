/** An instant as milliseconds since 1970; PostgreSQL keeps microseconds, and knows infinity. */
export const milliseconds = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;
