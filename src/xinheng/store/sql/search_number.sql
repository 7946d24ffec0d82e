-- Records by a document number: of each that any revision writes so, the newest visible revision with its terms on the day. Without its cells.
WITH met AS MATERIALIZED (
    SELECT subject_id, record_key FROM record
    WHERE decision_number <> '' AND number_mark(decision_number) = ANY ((SELECT array_agg(number_mark(one)) FROM unnest(%(spellings)s::text[]) AS one)::bigint[])
    LIMIT %(most)s
)
SELECT DISTINCT ON (subject_id, record_key) {columns}
FROM (
    SELECT r.subject_id, r.record_key, r.revision, r.item, r.version, r.submission_id, r.row_number, r.source_agency, r.deciding_authority,
        r.decision_number, r.decided_on, '{{}}' AS fields, terms.*, s.received_on, s.channel, u.uscc, u.name,
        {ended}
    FROM (SELECT DISTINCT subject_id, record_key FROM met) AS met
    JOIN record r USING (subject_id, record_key)
    JOIN store_submission s ON s.id = r.submission_id AND s.committed_at IS NOT NULL
    JOIN store_subject u ON u.id = r.subject_id
    CROSS JOIN LATERAL standing_terms(
        r.subject_id, r.record_key, r.revision, r.published, r.instrument, r.first_day, r.shortest_last_day, r.last_day, s.channel, %(on)s
    ) AS terms (published, instrument, first_day, shortest_last_day, last_day, severity)
    WHERE s.received_on <= %(on)s
) AS held
ORDER BY subject_id, record_key, (channel = 'history'), revision DESC
