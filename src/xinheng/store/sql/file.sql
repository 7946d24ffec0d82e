-- A subject's file on a day: of each record the newest revision that had come in and was committed, with its terms of that day.
-- What came in as history never stands over what came in by itself, nor what was detached over what was not.
SELECT DISTINCT ON (record_key) {columns}
FROM (
    SELECT r.subject_id, r.record_key, r.revision, r.item, r.version, r.submission_id, r.row_number, r.source_agency, r.deciding_authority,
        r.decision_number, r.decided_on, r.fields, terms.*, s.received_on, s.channel,
        {ended}
    FROM record r
    JOIN store_submission s ON s.id = r.submission_id AND s.committed_at IS NOT NULL
    CROSS JOIN LATERAL standing_terms(
        r.subject_id, r.record_key, r.revision, r.published, r.instrument, r.first_day, r.shortest_last_day, r.last_day, s.channel, %(on)s
    ) AS terms (published, instrument, first_day, shortest_last_day, last_day, severity)
    WHERE r.subject_id = %(subject)s AND s.received_on <= %(on)s
) AS held
ORDER BY record_key, (detached_on IS NOT NULL), (channel = 'history'), revision DESC
