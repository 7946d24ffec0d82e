-- Subjects that a row may be about: found by a code, by the full name, or by the pairs of characters that tell its name from others; nearest first.
WITH near AS (
    SELECT subject_id, 3.0 AS likeness FROM store_subjectcode WHERE code = ANY(%(codes)s)
    UNION ALL
    SELECT subject_id, 2.0 FROM store_subjectname WHERE key = %(key)s
    UNION ALL
    SELECT subject_id, 2.0 * (SELECT count(*) FROM unnest(bigrams(key)) AS pair WHERE pair = ANY(%(pairs)s)) / (%(count)s + length(key) - 1)
    FROM (
        SELECT subject_id, key FROM store_subjectname WHERE searchable AND bigrams(key) && %(telling)s::text[] LIMIT 20000
    ) AS some_pair
)
SELECT subject_id FROM near GROUP BY subject_id ORDER BY max(likeness) DESC, subject_id LIMIT %(limit)s
