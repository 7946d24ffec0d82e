-- A subject's file on a day: of each record the newest revision that had come in and was committed.
SELECT DISTINCT ON (record_key) {columns}
FROM (
    SELECT r.*, s.received_on,
        (SELECT min(e."on") FROM store_recordevent e
          WHERE e.subject_id = r.subject_id AND e.record_key = r.record_key AND e.kind = 'withdrawn') AS withdrawn_on
    FROM record r
    JOIN store_submission s ON s.id = r.submission_id AND s.committed_at IS NOT NULL
    WHERE r.subject_id = %s AND s.received_on <= %s
) AS held
ORDER BY record_key, revision DESC
