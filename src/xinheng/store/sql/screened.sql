-- The records of some subjects that a screening may look at, as a file has them on a day: of each the newest revision that had come in and was committed, with
-- its terms of that day, and when a source last said the same, which is asked of those without a last day only.
SELECT DISTINCT ON (subject_id, record_key) {columns}, confirmed_on
FROM (
    SELECT r.subject_id, r.record_key, r.revision, r.item, r.version, r.submission_id, r.row_number, r.source_agency, r.deciding_authority,
        r.decision_number, r.decided_on, r.fields, terms.*, s.received_on, s.channel,
        {ended},
        CASE WHEN terms.last_day IS NULL THEN GREATEST(s.received_on, (
            SELECT max(t.received_on) FROM store_sighting g JOIN store_submission t ON t.id = g.submission_id AND t.committed_at IS NOT NULL
            WHERE g.subject_id = r.subject_id AND g.record_key = r.record_key AND t.received_on <= %(on)s)) END AS confirmed_on
    FROM record r
    JOIN store_submission s ON s.id = r.submission_id AND s.committed_at IS NOT NULL
    CROSS JOIN LATERAL standing_terms(
        r.subject_id, r.record_key, r.revision, r.published, r.instrument, r.first_day, r.shortest_last_day, r.last_day, s.channel, %(on)s
    ) AS terms (published, instrument, first_day, shortest_last_day, last_day, severity)
    WHERE r.subject_id = ANY (%(subjects)s) AND r.item = ANY (%(items)s) AND s.received_on <= %(on)s
) AS held
ORDER BY subject_id, record_key, (detached_on IS NOT NULL), (channel = 'history'), revision DESC
