-- Questions after a number, in order, each with the newest visible revision of its record and its terms of a day.
SELECT {columns}
FROM (
    SELECT q.id, q.kind, q.submission_id AS asked_by, f.item AS asked_item, a.uscc AS agency, a.region_code, u.uscc, u.name, q.asked_at, q.untold, q.answer,
        q.answered_at, b.username AS answered_by, q.answered_in_id, q.reason,
        newest.*, terms.*,
        {ended}
    FROM store_question q
    JOIN store_submission f ON f.id = q.submission_id
    JOIN store_agency a ON a.id = f.agency_id
    JOIN store_subject u ON u.id = q.subject_id
    LEFT JOIN store_user b ON b.id = q.answered_by_id
    CROSS JOIN LATERAL (
        SELECT r.subject_id, r.record_key, r.revision, r.item, r.version, r.submission_id, r.row_number, r.source_agency, r.deciding_authority,
            r.decision_number, r.decided_on, r.published AS law_published, r.instrument AS law_instrument, r.first_day AS law_first,
            r.shortest_last_day AS law_shortest, r.last_day AS law_last, r.fields, s.received_on, s.channel
        FROM record r JOIN store_submission s ON s.id = r.submission_id AND s.committed_at IS NOT NULL
        WHERE r.subject_id = q.subject_id AND r.record_key = q.record_key
        ORDER BY ({detached} IS NOT NULL), (s.channel = 'history'), r.revision DESC LIMIT 1
    ) AS newest
    CROSS JOIN LATERAL standing_terms(
        newest.subject_id, newest.record_key, newest.revision, newest.law_published, newest.law_instrument, newest.law_first,
        newest.law_shortest, newest.law_last, newest.channel, %(on)s
    ) AS terms (published, instrument, first_day, shortest_last_day, last_day, severity)
    WHERE q.id > %(after)s AND (%(number)s::bigint IS NULL OR q.id = %(number)s) AND (%(submission)s::bigint IS NULL OR f.id = %(submission)s)
        AND (%(agencies)s::text[] IS NULL OR a.uscc = ANY (%(agencies)s::text[])) AND (%(answered)s OR q.answer IS NULL)
    ORDER BY q.id LIMIT %(limit)s
) AS held
ORDER BY id
