-- The issues of a submission cell by cell, in the order of its rows; those of a rule, a level or a row where they are asked for.
-- The first n issues lie in the n groups that begin first, so only those are opened; what they quote is unpacked once a group, for the page alone.
WITH begun AS MATERIALIZED (
    SELECT g.id, g.rows FROM store_issuegroup g
    WHERE g.submission_id = %(submission)s
      AND (%(code)s = '' OR g.code = %(code)s)
      AND (%(level)s = '' OR g.level = %(level)s)
      AND (%(rows)s::bigint[] IS NULL OR g.rows && %(rows)s::bigint[])
    ORDER BY g.rows[1], g.id
    LIMIT %(limit)s::bigint + %(offset)s
), page AS MATERIALIZED (
    SELECT b.id, r.row, r.place FROM begun b CROSS JOIN LATERAL unnest(b.rows) WITH ORDINALITY AS r (row, place)
    WHERE %(rows)s::bigint[] IS NULL OR r.row = ANY (%(rows)s::bigint[])
    ORDER BY r.row, b.id
    LIMIT %(limit)s OFFSET %(offset)s
), quoted AS MATERIALIZED (
    SELECT g.id, g."column", g.code, g.level, g.found #> '{}' AS found, g.expected, g.expected_en, g.mend, g.mend_en
    FROM store_issuegroup g WHERE g.id IN (SELECT id FROM page)
)
SELECT p.row, q."column", q.code, q.level, q.found ->> (p.place - 1)::int, q.expected, q.expected_en, q.mend, q.mend_en
FROM page p JOIN quoted q USING (id)
ORDER BY p.row, p.id
