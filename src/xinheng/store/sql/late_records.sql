-- Records of some agencies whose first readable receipt came after the limit, the latest received first, each with its terms of a day.
SELECT {columns}, agency, first_on, days, late_by
FROM (
    SELECT r.subject_id, r.record_key, r.revision, r.item, r.version, r.submission_id, r.row_number, r.source_agency, r.deciding_authority,
        r.decision_number, r.decided_on, r.fields, terms.*, s.received_on, s.channel, s.agency_id AS agency, d.first_on, d.days, d.late_by,
        {ended}
    FROM (
        SELECT d.*, sum(d.rows) OVER (ORDER BY d.submission_id DESC, d.decided_on, d.first_on) - d.rows AS before
        FROM store_decisionday d JOIN store_submission f ON f.id = d.submission_id
        WHERE d.late_by > 0 AND f.agency_id = ANY (%(agencies)s) AND f.received_on BETWEEN %(since)s AND %(until)s
            AND (%(item)s = '' OR f.item = %(item)s) AND (%(submission)s::bigint IS NULL OR f.id = %(submission)s)
    ) AS d
    JOIN store_submission s ON s.id = d.submission_id
    JOIN record r ON r.submission_id = d.submission_id AND r.decided_on = d.decided_on
    CROSS JOIN LATERAL standing_terms(
        r.subject_id, r.record_key, r.revision, r.published, r.instrument, r.first_day, r.shortest_last_day, r.last_day, s.channel, %(on)s
    ) AS terms (published, instrument, first_day, shortest_last_day, last_day, severity)
    WHERE d.before < %(upto)s
        AND (r.revision = 0 OR NOT EXISTS (
            SELECT 1 FROM record x JOIN store_submission e ON e.id = x.submission_id AND e.committed_at IS NOT NULL
            WHERE x.subject_id = r.subject_id AND x.record_key = r.record_key AND x.revision < r.revision))
        AND d.first_on = least(s.received_on, (
        SELECT min(e.received_on) FROM store_returnedrow w JOIN store_submission e ON e.id = w.submission_id AND e.failed IS NULL
        WHERE w.subject_id = r.subject_id AND w.record_key = r.record_key AND w.submission_id < r.submission_id))
    ORDER BY r.submission_id DESC, r.decided_on, d.first_on, r.row_number
    LIMIT %(limit)s OFFSET %(offset)s
) AS held
ORDER BY submission_id DESC, decided_on, first_on, row_number
