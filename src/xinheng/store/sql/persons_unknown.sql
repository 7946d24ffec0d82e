-- Take back those of some persons of whom nothing is in the ledger: they came with a submission that failed.
DELETE FROM store_person p
WHERE p.id = ANY (%s::bigint[])
    AND NOT EXISTS (SELECT 1 FROM store_personrecord r WHERE r.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM store_personsighting g WHERE g.person_id = p.id)
