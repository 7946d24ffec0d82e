-- Subjects by their full name. One row at least: the total stands in each, also where the page asked for is empty.
WITH met AS MATERIALIZED (
    SELECT DISTINCT ON (subject_id) subject_id, name, current FROM store_subjectname
    WHERE key = %(key)s AND (current OR %(former)s)
    ORDER BY subject_id, current DESC
)
SELECT counted.total, s.id, s.uscc, s.name, s.kind, s.status, s.address, page.name
FROM (SELECT count(*) AS total FROM met) AS counted
LEFT JOIN (SELECT * FROM met ORDER BY current DESC, subject_id LIMIT %(limit)s OFFSET %(offset)s) AS page ON true
LEFT JOIN store_subject s ON s.id = page.subject_id
ORDER BY page.current DESC, page.subject_id
