-- Subjects by a part of a name: through the index over pairs of characters, then exactly; or by a full name.
-- One row at least: the total stands in each, also where the page asked for is empty. Only the page is joined to its subjects.
WITH met AS MATERIALIZED (
    SELECT DISTINCT ON (subject_id) subject_id, name, key FROM (
        SELECT subject_id, name, key, current FROM store_subjectname
        WHERE searchable AND bigrams(key) @> bigrams(%(key)s) AND strpos(key, %(key)s) > 0 AND (current OR %(former)s)
        UNION ALL
        SELECT subject_id, name, key, current FROM store_subjectname WHERE key = %(key)s AND (current OR %(former)s)
    ) AS found
    ORDER BY subject_id, current DESC, length(key)
)
SELECT counted.total, s.id, s.uscc, s.name, s.kind, s.status, s.address, page.name
FROM (SELECT count(*) AS total FROM met) AS counted
LEFT JOIN (
    SELECT * FROM met ORDER BY key = %(key)s DESC, length(key), key, subject_id LIMIT %(limit)s OFFSET %(offset)s
) AS page ON true
LEFT JOIN store_subject s ON s.id = page.subject_id
ORDER BY page.key = %(key)s DESC, length(page.key), page.key, page.subject_id
