-- Close the open questions of an agency's older full files whose record this one holds.
UPDATE store_question q
SET answer = 'reported', answered_at = %(at)s, answered_by_id = %(user)s, answered_in_id = %(submission)s
FROM store_submission a
WHERE a.id = q.submission_id AND a.agency_id = %(agency)s AND a.item = %(item)s
    AND q.answer IS NULL AND q.kind = 'vanished' AND q.submission_id <= %(submission)s
    AND (EXISTS (
            SELECT 1 FROM record r
            WHERE r.subject_id = q.subject_id AND r.record_key = q.record_key AND r.submission_id = %(submission)s)
        OR EXISTS (
            SELECT 1 FROM store_sighting g
            WHERE g.subject_id = q.subject_id AND g.record_key = q.record_key AND g.submission_id = %(submission)s))
