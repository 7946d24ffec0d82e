-- Ask about every record that an agency brought before (by a record or a sighting) and that its full file does not hold.
-- Not about one that has ended by the terms of the day, nor again where a question is open, or where the agency or the centre answered that it
-- stands and the agency has not reported it since. Nothing of the file that was told apart counts as missing, whatever became of the row.
-- What was brought is grouped once, by the latest submission that brought it: no join of two large sets, whatever the planner knows of the file
-- that was written just now. The records of a submission lie together, so the index over their ranges (BRIN) finds them.
WITH own AS MATERIALIZED (
    SELECT id FROM store_submission
    WHERE agency_id = %(agency)s AND item = %(item)s AND committed_at IS NOT NULL AND id < %(submission)s
    UNION ALL SELECT %(submission)s
), missing AS MATERIALIZED (
    SELECT subject_id, record_key, max(submission_id) AS latest
    FROM (
        SELECT subject_id, record_key, submission_id FROM record WHERE submission_id = ANY (ARRAY(SELECT id FROM own))
        UNION ALL
        SELECT subject_id, record_key, submission_id FROM store_sighting WHERE submission_id = ANY (ARRAY(SELECT id FROM own))
        UNION ALL
        SELECT subject_id, record_key, submission_id FROM store_returnedrow WHERE submission_id = %(submission)s
    ) AS brought
    GROUP BY 1, 2
    HAVING max(submission_id) < %(submission)s
)
INSERT INTO store_question (kind, submission_id, subject_id, record_key, asked_at, untold, reason)
SELECT 'vanished', %(submission)s, m.subject_id, m.record_key, %(at)s, %(untold)s, ''
FROM missing m
CROSS JOIN LATERAL (
    SELECT r.revision, r.version, r.decided_on, r.published, r.instrument, r.first_day, r.shortest_last_day, r.last_day, s.channel
    FROM record r JOIN store_submission s ON s.id = r.submission_id AND s.committed_at IS NOT NULL
    WHERE r.subject_id = m.subject_id AND r.record_key = m.record_key AND {detached} IS NULL
    ORDER BY (s.channel = 'history'), r.revision DESC LIMIT 1
) AS newest
CROSS JOIN LATERAL standing_terms(
    m.subject_id, m.record_key, newest.revision, newest.published, newest.instrument, newest.first_day, newest.shortest_last_day,
    newest.last_day, newest.channel, %(on)s
) AS terms (published, instrument, first_day, shortest_last_day, last_day, severity)
JOIN unnest(%(versions)s::text[], %(years)s::int[]) AS kept (version, years) ON kept.version = newest.version
WHERE CASE
        WHEN terms.published AND terms.first_day IS NOT NULL AND terms.last_day IS NOT NULL THEN terms.last_day >= %(on)s
        ELSE newest.decided_on + make_interval(years => kept.years) > %(on)s END
    AND NOT EXISTS (
        SELECT 1 FROM store_recordevent e
        WHERE e.subject_id = m.subject_id AND e.record_key = m.record_key AND e.kind IN ('withdrawn', 'repaired') AND e."on" <= %(on)s
            AND (e.revision <= newest.revision OR NOT e.detail ? 'batch'))
    AND NOT EXISTS (
        SELECT 1 FROM store_question q JOIN store_submission a ON a.id = q.submission_id AND a.agency_id = %(agency)s
        WHERE q.subject_id = m.subject_id AND q.record_key = m.record_key AND q.kind = 'vanished'
            AND (q.answer IS NULL OR (q.answer = 'stands' AND q.submission_id > m.latest)))
ON CONFLICT DO NOTHING
