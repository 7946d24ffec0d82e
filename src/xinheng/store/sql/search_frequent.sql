-- Subjects by so common a part of a name that nobody reads all of them, or by one character: the full name, then names that begin with the text in the order
-- of their characters, then, unless there are enough, names that hold it among the first so many of the register. The work is bounded, whatever is asked; each branch is
-- worked out only if those before it were not enough. One row at least: the total stands in each.
WITH met AS MATERIALIZED (
    SELECT DISTINCT ON (subject_id) subject_id, name, key, current, rank FROM (
        (SELECT subject_id, name, key, current, 0 AS rank FROM store_subjectname
        WHERE key = %(key)s AND (current OR %(former)s) LIMIT %(most)s)
        UNION ALL
        (SELECT subject_id, name, key, current, 1 FROM store_subjectname
        WHERE key LIKE %(beginning)s AND key <> %(key)s AND (searchable OR %(shops)s) AND (current OR %(former)s) ORDER BY key USING ~<~ LIMIT %(most)s)
        UNION ALL
        (SELECT subject_id, name, key, current, 2
        FROM (SELECT * FROM store_subjectname ORDER BY id LIMIT %(walked)s) AS first_ones
        WHERE searchable AND key LIKE ALL (%(patterns)s::text[]) AND key NOT LIKE %(beginning)s AND (current OR %(former)s) LIMIT %(most)s)
        LIMIT %(most)s
    ) AS found
    ORDER BY subject_id, rank, current DESC, length(key)
)
SELECT counted.total, s.id, s.uscc, s.name, s.kind, s.status, s.address, page.name
FROM (SELECT count(*) AS total FROM met) AS counted
LEFT JOIN (
    SELECT * FROM met ORDER BY rank, current DESC, length(key), key, subject_id LIMIT %(limit)s OFFSET %(offset)s
) AS page ON true
LEFT JOIN store_subject s ON s.id = page.subject_id
ORDER BY page.rank, page.current DESC, length(page.key), page.key, page.subject_id
