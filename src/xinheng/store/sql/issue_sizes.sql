-- How many issues a submission has; of a rule or a level where they are asked for. No group is opened.
SELECT coalesce(sum(g.size), 0) FROM store_issuegroup g
WHERE g.submission_id = %(submission)s
  AND (%(code)s = '' OR g.code = %(code)s)
  AND (%(level)s = '' OR g.level = %(level)s)
