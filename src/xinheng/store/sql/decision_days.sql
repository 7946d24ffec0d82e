-- On which days the records of a submission were decided: the fresh ones with the day of their first readable receipt, those known already, and
-- rows that wait for their subject. What is about a natural person counts for the tasks only. A decision was first received by the earliest submission that brought it, or in which it went back.
SELECT decided_on, fresh, first_on, count(*) AS rows
FROM (
    SELECT r.decided_on, true AS fresh,
        least(%(received_on)s, (
            SELECT min(s.received_on) FROM store_returnedrow w JOIN store_submission s ON s.id = w.submission_id AND s.failed IS NULL
            WHERE w.subject_id = r.subject_id AND w.record_key = r.record_key AND w.submission_id < %(submission)s)) AS first_on
    FROM record r
    WHERE r.submission_id = %(submission)s AND r.revision = 1
    UNION ALL
    SELECT r.decided_on, false, %(received_on)s FROM record r WHERE r.submission_id = %(submission)s AND r.revision > 1
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
