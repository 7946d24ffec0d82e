-- All revisions of the persons' records asked for: whether each is visible, and whether the submission that asks has said the same of it.
SELECT asked.place, r.revision, r.content_digest, r.submission_id, r.source_agency, s.committed_at IS NOT NULL, g.revision IS NOT NULL
FROM unnest(%(persons)s::bigint[], %(records)s::uuid[]) WITH ORDINALITY AS asked (person_id, record_key, place)
JOIN store_personrecord r ON r.person_id = asked.person_id AND r.record_key = asked.record_key
JOIN store_submission s ON s.id = r.submission_id
LEFT JOIN store_personsighting g ON g.person_id = asked.person_id AND g.record_key = asked.record_key
    AND g.submission_id = %(submission)s AND g.revision = r.revision
ORDER BY asked.place, r.revision
