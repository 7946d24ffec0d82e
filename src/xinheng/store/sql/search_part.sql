-- Subjects by a part of a name: through the index over pairs of characters, then exactly; or by a full name.
WITH met AS (
    SELECT DISTINCT ON (subject_id) subject_id, name, key, current FROM (
        SELECT subject_id, name, key, current FROM store_subjectname
        WHERE searchable AND bigrams(key) @> bigrams(%(key)s) AND strpos(key, %(key)s) > 0
        UNION ALL
        SELECT subject_id, name, key, current FROM store_subjectname WHERE key = %(key)s
    ) AS found
    ORDER BY subject_id, current DESC, length(key)
)
SELECT count(*) OVER (), s.id, s.uscc, s.name, s.kind, s.status, s.address, met.name
FROM met JOIN store_subject s ON s.id = met.subject_id
ORDER BY met.key = %(key)s DESC, length(s.name), s.uscc
LIMIT %(limit)s OFFSET %(offset)s
