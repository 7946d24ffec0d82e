-- The records of a submission after a row, in the order of the file, with their terms on a day; one that was corrected since is left out.
SELECT {columns}
FROM (
    SELECT r.subject_id, r.record_key, r.revision, r.item, r.version, r.submission_id, r.row_number, r.source_agency, r.deciding_authority,
        r.decision_number, r.decided_on, r.fields, terms.*, s.received_on, s.channel, u.uscc,
        {ended}
    FROM record r
    JOIN store_submission s ON s.id = r.submission_id AND s.committed_at IS NOT NULL
    JOIN store_subject u ON u.id = r.subject_id
    CROSS JOIN LATERAL standing_terms(
        r.subject_id, r.record_key, r.revision, r.published, r.instrument, r.first_day, r.shortest_last_day, r.last_day, s.channel, %(on)s
    ) AS terms (published, instrument, first_day, shortest_last_day, last_day, severity)
    WHERE r.submission_id = %(submission)s AND r.row_number > %(after)s
        AND NOT EXISTS (
            SELECT 1 FROM record n JOIN store_submission t ON t.id = n.submission_id AND t.committed_at IS NOT NULL
            WHERE n.subject_id = r.subject_id AND n.record_key = r.record_key AND n.revision > r.revision)
    ORDER BY r.row_number LIMIT %(limit)s
) AS held
ORDER BY row_number
