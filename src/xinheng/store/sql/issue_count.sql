-- How many issues a submission has; of a rule, a level or a row where they are asked for.
SELECT count(*)
FROM store_issuegroup g CROSS JOIN LATERAL unnest(g.rows) AS r (row)
WHERE g.submission_id = %(submission)s
  AND (%(code)s = '' OR g.code = %(code)s)
  AND (%(level)s = '' OR g.level = %(level)s)
  AND (%(rows)s::bigint[] IS NULL OR (g.rows && %(rows)s::bigint[] AND r.row = ANY (%(rows)s::bigint[])))
