-- The records that a submission wrote for the rows between two, whose past is not told yet (all of them where that is not asked).
SELECT r.row_number, r.subject_id, r.record_key::text, r.revision, r.decided_on, r.published, r.last_day, r.fields::text
FROM record r
WHERE r.submission_id = %(submission)s AND r.row_number BETWEEN %(first)s AND %(last)s
    AND (%(told)s OR NOT EXISTS (
        SELECT 1 FROM store_recordevent e
        WHERE e.subject_id = r.subject_id AND e.record_key = r.record_key AND e.kind = 'past-state' AND e.revision = r.revision))
