-- Who said of a subject's records what was known already, by the day, in the order in which it came in.
SELECT g.record_key::text, g.source_agency, g.submission_id, g.row_number, s.received_on, g.revision
FROM store_sighting g JOIN store_submission s ON s.id = g.submission_id AND s.committed_at IS NOT NULL
WHERE g.subject_id = %(subject)s AND s.received_on <= %(on)s
ORDER BY g.record_key, g.submission_id
