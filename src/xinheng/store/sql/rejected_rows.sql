-- Which rows of a submission went back, in order; those left out that may not be shown again because they are about natural persons.
SELECT row, bool_or(code IN ('V06', 'P01'))
FROM (
    SELECT unnest(g.rows) AS row, g.code, g.level FROM store_issuegroup g WHERE g.submission_id = %(submission)s
) AS issue
GROUP BY row
HAVING bool_or(level = 'reject')
ORDER BY row
