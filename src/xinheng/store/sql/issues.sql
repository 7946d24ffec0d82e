-- The issues of a submission cell by cell, in the order of its rows; those of a rule, a level or a row where they are asked for.
SELECT r.row, g."column", g.code, g.level, g.found ->> (r.place - 1)::int, g.expected, g.expected_en, g.mend, g.mend_en
FROM store_issuegroup g CROSS JOIN LATERAL unnest(g.rows) WITH ORDINALITY AS r (row, place)
WHERE g.submission_id = %(submission)s
  AND (%(code)s = '' OR g.code = %(code)s)
  AND (%(level)s = '' OR g.level = %(level)s)
  AND (%(rows)s::bigint[] IS NULL OR (g.rows && %(rows)s::bigint[] AND r.row = ANY (%(rows)s::bigint[])))
ORDER BY r.row, g.id
LIMIT %(limit)s OFFSET %(offset)s
