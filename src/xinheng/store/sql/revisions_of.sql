-- Every revision of a subject's records that had come in by the day and was committed, with where it came from.
SELECT r.record_key::text, r.source_agency, r.submission_id, r.row_number, s.received_on, r.revision
FROM record r JOIN store_submission s ON s.id = r.submission_id AND s.committed_at IS NOT NULL
WHERE r.subject_id = %(subject)s AND s.received_on <= %(on)s
ORDER BY r.record_key, r.revision
