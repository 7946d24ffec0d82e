-- Waiting rows whose subject the register knows by now, oldest submission first.
SELECT w.id, w.submission_id, w.row, w.fields::text
FROM store_waitingrow w
WHERE w.ended IS NULL AND w.code IS NOT NULL
    AND EXISTS (SELECT 1 FROM store_subjectcode c WHERE c.code = w.code)
    AND EXISTS (SELECT 1 FROM store_submission s WHERE s.id = w.submission_id AND s.committed_at IS NOT NULL)
ORDER BY w.submission_id, w.row
LIMIT %s
FOR UPDATE SKIP LOCKED
