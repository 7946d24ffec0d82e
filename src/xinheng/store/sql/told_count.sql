-- How many records of a submission have a past that was told.
SELECT count(*) FROM record r
WHERE r.submission_id = %s AND EXISTS (
    SELECT 1 FROM store_recordevent e
    WHERE e.subject_id = r.subject_id AND e.record_key = r.record_key AND e.kind = 'past-state' AND e.revision = r.revision)
