-- One refusal of a source, and how many there were in this minute.
INSERT INTO store_refusedsource AS held (source, minute, times)
VALUES (%(source)s, %(minute)s, 1)
ON CONFLICT (source) DO UPDATE SET
    minute = greatest(held.minute, EXCLUDED.minute),
    times = CASE WHEN EXCLUDED.minute > held.minute THEN 1 ELSE held.times + 1 END
RETURNING times
