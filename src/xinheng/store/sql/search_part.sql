-- Subjects by parts of a name: through the index over pairs of characters, then exactly; by a full name; and, where the asker may, shops (92…)
-- by the beginning of theirs. Complete: the total stands in each row, and there is one row at least, also where the page asked for is empty.
-- Order: the full name, names that begin with the text, names that hold it; what is a subject's name now before what was one; the shorter ones first.
WITH met AS MATERIALIZED (
    SELECT DISTINCT ON (subject_id) subject_id, name, key, current, rank FROM (
        SELECT *, CASE WHEN key = %(key)s THEN 0 WHEN starts_with(key, %(key)s) THEN 1 ELSE 2 END AS rank FROM (
            SELECT subject_id, name, key, current FROM store_subjectname
            WHERE searchable AND bigrams(key) @> %(grams)s::text[] AND key LIKE ALL (%(patterns)s::text[]) AND (current OR %(former)s)
            UNION ALL
            SELECT subject_id, name, key, current FROM store_subjectname WHERE key = %(key)s AND (current OR %(former)s)
            UNION ALL
            (SELECT subject_id, name, key, current FROM store_subjectname
            WHERE %(shops)s AND NOT searchable AND key LIKE %(beginning)s AND (current OR %(former)s) ORDER BY key USING ~<~ LIMIT %(most)s)
        ) AS found
    ) AS ranked
    ORDER BY subject_id, rank, current DESC, length(key)
)
SELECT counted.total, s.id, s.uscc, s.name, s.kind, s.status, s.address, page.name
FROM (SELECT count(*) AS total FROM met) AS counted
LEFT JOIN (
    SELECT * FROM met ORDER BY rank, current DESC, length(key), key, subject_id LIMIT %(limit)s OFFSET %(offset)s
) AS page ON true
LEFT JOIN store_subject s ON s.id = page.subject_id
ORDER BY page.rank, page.current DESC, length(page.key), page.key, page.subject_id
