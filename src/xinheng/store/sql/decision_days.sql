-- On which days the records of a submission were decided: the fresh ones with the day of their first readable receipt, those known already, and
-- rows that wait for their subject. What is about a natural person counts for the tasks only. A decision was first received by the earliest submission that brought it, or in which it went back.
SELECT decided_on, fresh, first_on, count(*) AS rows
FROM (
    SELECT r.decided_on, k.fresh,
        CASE WHEN k.fresh THEN least(%(received_on)s, (
            SELECT min(s.received_on) FROM store_returnedrow w JOIN store_submission s ON s.id = w.submission_id AND s.failed IS NULL
            WHERE w.subject_id = r.subject_id AND w.record_key = r.record_key AND w.submission_id < %(submission)s))
        ELSE %(received_on)s END AS first_on
    FROM record r
    CROSS JOIN LATERAL (
        SELECT r.revision = 0 OR NOT EXISTS (
            SELECT 1 FROM record e JOIN store_submission s ON s.id = e.submission_id AND s.committed_at IS NOT NULL
            WHERE e.subject_id = r.subject_id AND e.record_key = r.record_key AND e.revision < r.revision) AS fresh
    ) AS k
    WHERE r.submission_id = %(submission)s
    UNION ALL
    SELECT r.decided_on, false, %(received_on)s
    FROM store_sighting g JOIN record r ON r.subject_id = g.subject_id AND r.record_key = g.record_key AND r.revision = g.revision
    WHERE g.submission_id = %(submission)s
    UNION ALL
    SELECT p.decided_on, false, %(received_on)s FROM store_personrecord p WHERE p.submission_id = %(submission)s
    UNION ALL
    SELECT (w.fields->>%(decided)s)::date, false, %(received_on)s FROM store_waitingrow w
    WHERE w.submission_id = %(submission)s AND w.ended IS NULL AND w.fields->>%(decided)s ~ '^\d{4}-\d\d-\d\d$'
) AS found
GROUP BY 1, 2, 3
