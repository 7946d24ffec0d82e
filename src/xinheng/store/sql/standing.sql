-- All revisions of the records asked for, in order: whether each is visible, and whether the submission that asks has said the same of it.
SELECT asked.place, r.revision, r.content_digest, r.submission_id, r.source_agency, s.committed_at IS NOT NULL, g.revision IS NOT NULL
FROM unnest(%(subjects)s::bigint[], %(records)s::uuid[]) WITH ORDINALITY AS asked (subject_id, record_key, place)
CROSS JOIN LATERAL (
    SELECT revision, content_digest, submission_id, source_agency FROM record
    WHERE record.subject_id = asked.subject_id AND record.record_key = asked.record_key
    ORDER BY revision
) AS r
JOIN store_submission s ON s.id = r.submission_id
LEFT JOIN store_sighting g ON g.subject_id = asked.subject_id AND g.record_key = asked.record_key
    AND g.submission_id = %(submission)s AND g.revision = r.revision
