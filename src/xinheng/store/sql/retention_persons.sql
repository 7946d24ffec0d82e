-- Erase those of some persons of whom no record is kept any more.
UPDATE store_person p SET lookup = NULL, lookup_key = NULL, sealed = NULL, key = NULL, erased_at = %(at)s
WHERE p.id = ANY (%(persons)s::bigint[]) AND p.erased_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM store_personrecord r WHERE r.person_id = p.id AND r.erased_at IS NULL)
