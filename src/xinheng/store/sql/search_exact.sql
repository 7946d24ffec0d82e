-- Subjects by their full name.
SELECT count(*) OVER (), s.id, s.uscc, s.name, s.kind, s.status, s.address, n.name
FROM store_subjectname n JOIN store_subject s ON s.id = n.subject_id
WHERE n.key = %(key)s
ORDER BY n.current DESC, s.uscc
LIMIT %(limit)s OFFSET %(offset)s
