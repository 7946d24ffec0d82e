-- A person's records in the revision that counts: visible, still kept on the day; with the files that said the same.
SELECT replace(r.record_key::text, '-', ''), r.revision, r.item, r.version, r.source_agency, r.deciding_authority, r.decided_on, r.retention_until, r.sealed,
    r.wrapped_key, r.key, r.submission_id,
    ARRAY(SELECT DISTINCT g.source_agency FROM store_personsighting g JOIN store_submission o ON o.id = g.submission_id AND o.committed_at IS NOT NULL
        WHERE g.person_id = r.person_id AND g.record_key = r.record_key ORDER BY 1)
FROM (
    SELECT DISTINCT ON (p.record_key) p.* FROM store_personrecord p
    JOIN store_submission s ON s.id = p.submission_id AND s.committed_at IS NOT NULL
    WHERE p.person_id = %(person)s
    ORDER BY p.record_key, p.revision DESC
) AS r
WHERE r.erased_at IS NULL AND r.retention_until > %(on)s
ORDER BY r.decided_on DESC, r.id
