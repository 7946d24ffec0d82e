-- Destroy the keys of persons' records that are kept no more, a batch at a time; without them the cells are noise.
UPDATE store_personrecord r SET wrapped_key = NULL, key = NULL, erased_at = %(at)s
FROM (
    SELECT id FROM store_personrecord WHERE retention_until <= %(on)s AND erased_at IS NULL ORDER BY id LIMIT %(limit)s
) AS due
WHERE r.id = due.id
RETURNING r.item, r.person_id
