-- Keep what a submission said again; a row that was kept already is not kept twice.
INSERT INTO store_sighting (subject_id, record_key, revision, row_number, submission_id, source_agency)
SELECT s.subject_id, s.record_key, s.revision, s.row_number, %(submission)s, %(agency)s
FROM unnest(%(subjects)s::bigint[], %(records)s::uuid[], %(revisions)s::smallint[], %(rows)s::bigint[])
    AS s (subject_id, record_key, revision, row_number)
ON CONFLICT DO NOTHING
