-- How many revisions of which submission the corrections of a submission replace.
SELECT p.submission_id, count(*)
FROM record r
CROSS JOIN LATERAL (
    SELECT o.submission_id FROM record o JOIN store_submission s ON s.id = o.submission_id AND s.committed_at IS NOT NULL
    WHERE o.subject_id = r.subject_id AND o.record_key = r.record_key AND o.revision < r.revision
    ORDER BY o.revision DESC LIMIT 1
) AS p
WHERE r.submission_id = %(submission)s AND r.revision > 0
GROUP BY 1 ORDER BY 1
