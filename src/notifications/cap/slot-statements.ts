/** The part of a claim that says which of the messages in `carried` (message_id) leave now. */
export interface ClaimTerms {
  /** Makes `leaving`, `held` (its number has no slot left) and `outrun` (another claim was faster), each message_id. */
  choice: string;
  /** What becomes of deliveries in `judged` whose message is `held`. */
  holding: string;
}

/**
 * All of them leave. A statement of its own: what is not asked for would be planned anew at each claim.
 */
export const UNCAPPED: ClaimTerms = {
  choice: `
leaving AS MATERIALIZED (
  SELECT message_id FROM carried
), held AS (
  SELECT message_id FROM carried WHERE false
), outrun AS (
  SELECT message_id FROM carried WHERE false
)`,
  holding: '',
};

/**
 * Each message that is to leave takes one of the slots that its number has today. Two claims that choose the same slot
 * at once meet at the primary key: the second waits for the first, gets none, and leaves its message as it was for the
 * next claim. Slots are taken in one order, so that no two claims wait in a circle.
 *
 * It reads `free` (id, number_key) of the claim. `$8` slots a number and day · `$9` the day · `$10` when what is held
 * may go: it leaves its message, which carries nothing any more, and goes into the digest of the first run from then on.
 * A message that has a slot of this day already takes no other; asked in this way it is looked up by the message, where
 * by the day all slots of the day would be read.
 */
export const CAPPED: ClaimTerms = {
  choice: `
wanting AS MATERIALIZED (
  SELECT carried.message_id, free.number_key,
         row_number() OVER (PARTITION BY free.number_key ORDER BY carried.message_id) AS place
    FROM carried JOIN free ON free.id = carried.message_id
   WHERE $9::date <> ALL (SELECT s.on_day FROM sms_slots s WHERE s.message_id = carried.message_id)
), room AS MATERIALIZED (
  SELECT number_key, slot, row_number() OVER (PARTITION BY number_key ORDER BY slot) AS place
    FROM (SELECT DISTINCT number_key FROM wanting) numbers
   CROSS JOIN LATERAL (SELECT coalesce(array_agg(s.slot), '{}') AS slots FROM sms_slots s
                        WHERE s.on_day = $9 AND s.number_key = numbers.number_key) taken
   CROSS JOIN generate_series(1, $8::int) AS slot
   WHERE slot <> ALL (taken.slots)
), slots_now AS (
  INSERT INTO sms_slots (on_day, number_key, slot, message_id)
  SELECT $9, number_key, slot, message_id FROM wanting JOIN room USING (number_key, place)
   ORDER BY number_key, slot
      ON CONFLICT DO NOTHING
  RETURNING message_id
), held AS MATERIALIZED (
  SELECT message_id FROM wanting LEFT JOIN room USING (number_key, place) WHERE room.slot IS NULL
), outrun AS MATERIALIZED (
  SELECT message_id FROM wanting JOIN room USING (number_key, place)
  EXCEPT
  SELECT message_id FROM slots_now
), leaving AS MATERIALIZED (
  SELECT message_id FROM carried
  EXCEPT
  SELECT message_id FROM held
  EXCEPT
  SELECT message_id FROM outrun
)`,
  holding: `
held_now AS (
  UPDATE deliveries d SET message_id = NULL, reason = 'HELD_BY_CAP', held_until = $10::timestamptz
    FROM judged j
   WHERE d.id = j.id AND j.reason IS NULL AND j.message_id IN (SELECT message_id FROM held)
),`,
};

/**
 * Part of a change of messages in `changed` (id, status): what was not taken does not count. What was, or may have
 * been, does. The newest day is compared, not looked up by max(): that would go through the slots of all days.
 */
export const GIVE_SLOTS_BACK = `
given_back AS (
  DELETE FROM sms_slots s USING changed
   WHERE s.message_id = changed.id AND changed.status IN ('pending', 'failed')
     AND s.on_day >= ALL (SELECT o.on_day FROM sms_slots o WHERE o.message_id = s.message_id)
)`;

/** `$1`: days before it are over. */
export const FORGET_SLOTS = 'DELETE FROM sms_slots WHERE on_day < $1 RETURNING message_id';
