-- Keep what a submission said again of persons' records; a row that was kept already is not kept twice.
INSERT INTO store_personsighting (person_id, record_key, revision, row_number, submission_id, source_agency)
SELECT s.person_id, s.record_key, s.revision, s.row_number, %(submission)s, %(agency)s
FROM unnest(%(persons)s::bigint[], %(records)s::uuid[], %(revisions)s::smallint[], %(rows)s::bigint[])
    AS s (person_id, record_key, revision, row_number)
ON CONFLICT DO NOTHING
