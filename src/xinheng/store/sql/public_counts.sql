-- How many records of each subject are public on a day: the newest visible revision decides, by its terms of that day. Without what is stopped.
SELECT subject_id, count(*) FROM (
    SELECT DISTINCT ON (r.subject_id, r.record_key) r.subject_id, r.record_key, r.revision, r.item, r.source_agency, terms.published, terms.first_day, terms.last_day
    FROM record r JOIN store_submission s ON s.id = r.submission_id AND s.committed_at IS NOT NULL
    CROSS JOIN LATERAL standing_terms(
        r.subject_id, r.record_key, r.revision, r.published, r.instrument, r.first_day, r.shortest_last_day, r.last_day, s.channel, %(on)s
    ) AS terms (published, instrument, first_day, shortest_last_day, last_day, severity)
    WHERE r.subject_id = ANY(%(subjects)s) AND s.received_on <= %(on)s
        AND {detached} IS NULL
    ORDER BY r.subject_id, r.record_key, (s.channel = 'history'), r.revision DESC
) AS newest
WHERE published AND first_day <= %(on)s AND last_day >= %(on)s
    AND NOT EXISTS (
        SELECT 1 FROM store_recordevent e
        WHERE e.subject_id = newest.subject_id AND e.record_key = newest.record_key AND e.kind IN ('withdrawn', 'repaired') AND e."on" <= %(on)s
            AND (e.revision <= newest.revision OR NOT e.detail ? 'batch'))
    AND {stopped} IS NULL
GROUP BY subject_id
