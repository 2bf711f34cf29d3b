/** Readers of large tables write nothing; under this name they are told from transactions that may. */
export const READER_NAME = 'shukun-reader';

const OPEN_WRITES = `pg_stat_activity
 WHERE backend_type = 'client backend' AND datname = current_database() AND usename = current_user
   AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND application_name <> '${READER_NAME}'`;

/**
 * How long, in milliseconds, the oldest transaction has been open that may still write. The database's own clock alone
 * measures the age: it and ours need not agree.
 */
export const OPEN_WRITES_LAG = `
SELECT coalesce(extract(epoch FROM clock_timestamp() - min(xact_start)) * 1000, 0)::float8 AS lag
  FROM ${OPEN_WRITES}`;

/** Whether a transaction that began before `$1`, by the clock of the database, is open and may still write. */
export const IS_WRITE_OPEN = `
SELECT EXISTS (SELECT 1 FROM ${OPEN_WRITES} AND xact_start < $1::timestamptz) AS "isOpen"`;

/**
 * The latest moment that is settled: what a transaction writes is recorded at its start or later, so nothing recorded
 * before this moment can appear after it. To be asked before the snapshot that is read is taken: what was open then
 * shows in the lag, and what had ended shows in the snapshot.
 */
export const settledAt = (now: Date, lag = 0): Date => new Date(now.getTime() - Math.ceil(Math.max(0, lag)));
