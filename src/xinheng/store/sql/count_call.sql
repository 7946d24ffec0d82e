-- One call of a service account: counted and told, or, where a quota is used up, nothing is changed and no row comes back.
-- A process whose clock is behind counts in the minute that another has begun.
INSERT INTO store_servicecalls AS held (account_id, minute, in_minute, day, in_day)
VALUES (%(account)s, %(minute)s, 1, %(day)s, 1)
ON CONFLICT (account_id) DO UPDATE SET
    minute = greatest(held.minute, EXCLUDED.minute),
    in_minute = CASE WHEN EXCLUDED.minute > held.minute THEN 1 ELSE held.in_minute + 1 END,
    day = greatest(held.day, EXCLUDED.day),
    in_day = CASE WHEN EXCLUDED.day > held.day THEN 1 ELSE held.in_day + 1 END
WHERE (EXCLUDED.minute > held.minute OR held.in_minute < %(per_minute)s)
  AND (EXCLUDED.day > held.day OR held.in_day < %(per_day)s)
RETURNING in_minute
