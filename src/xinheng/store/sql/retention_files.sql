-- Received files of which nothing is to be kept longer: no record of theirs, nor one that they said again, and no row that waits.
-- ``ahead`` counts persons' records as ended that are due by the day, for a run that only looks. An item's version that the catalogue does not know is kept.
WITH kept AS (
    SELECT * FROM unnest(%(items)s::text[], %(versions)s::text[], %(years)s::int[]) AS k (item, version, years)
)
SELECT f.sha256 FROM store_sealedfile f
WHERE f.wrapped_key IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM store_submission s
    WHERE s.file_id = f.sha256 AND (
        (s.committed_at IS NULL AND s.failed IS NULL)
        OR s.received_on + %(mending)s > %(on)s
        OR EXISTS (SELECT 1 FROM store_waitingrow w WHERE w.submission_id = s.id AND w.ended IS NULL)
        OR EXISTS (
            SELECT 1 FROM store_personrecord r
            WHERE r.submission_id = s.id AND r.erased_at IS NULL AND NOT (%(ahead)s AND r.retention_until <= %(on)s))
        OR EXISTS (
            SELECT 1 FROM store_personsighting g
            JOIN store_personrecord r ON r.person_id = g.person_id AND r.record_key = g.record_key AND r.revision = g.revision
            WHERE g.submission_id = s.id AND r.erased_at IS NULL AND NOT (%(ahead)s AND r.retention_until <= %(on)s))
        OR EXISTS (
            SELECT 1 FROM record r LEFT JOIN kept k ON k.item = r.item AND k.version = r.version
            WHERE r.submission_id = s.id
                AND (k.years IS NULL OR greatest(r.decided_on, r.last_day) + make_interval(years => k.years) > %(on)s))
        OR EXISTS (
            SELECT 1 FROM store_sighting g
            JOIN record r ON r.subject_id = g.subject_id AND r.record_key = g.record_key AND r.revision = g.revision
            LEFT JOIN kept k ON k.item = r.item AND k.version = r.version
            WHERE g.submission_id = s.id
                AND (k.years IS NULL OR greatest(r.decided_on, r.last_day) + make_interval(years => k.years) > %(on)s))))
ORDER BY f.sha256 LIMIT %(limit)s
