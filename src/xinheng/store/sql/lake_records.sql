-- A row that a name alone attached (W03) came with its submission, though it may wait again by a judgement: then whoever it was judged to be came later.
-- The rows that entries of the outbox brought: whole submissions without the rows that had to wait, and rows that had waited.
WITH brought AS (
    SELECT e.position, r.* FROM record r
    JOIN unnest(%(committed_positions)s::bigint[], %(committed)s::bigint[]) AS e (position, submission_id) USING (submission_id)
    WHERE r.submission_id = ANY(%(committed)s::bigint[])
        AND NOT EXISTS (
            SELECT 1 FROM store_waitingrow w
            WHERE w.submission_id = ANY(%(committed)s::bigint[]) AND w.submission_id = r.submission_id AND w.row = r.row_number
                AND (w.reason <> 'W03' OR EXISTS (
                    SELECT 1 FROM store_judgement j WHERE j.row_id = w.id AND j.subject_id = r.subject_id AND j.verdict = 'same')))
    UNION ALL
    SELECT e.position, r.* FROM record r
    JOIN unnest(%(resolved_positions)s::bigint[], %(resolved)s::bigint[], %(resolved_rows)s::bigint[], %(resolved_subjects)s::bigint[])
        AS e (position, submission_id, row_number, of_subject) USING (submission_id, row_number)
    WHERE r.submission_id = ANY(%(resolved)s::bigint[]) AND e.of_subject IN (0, r.subject_id)
)
SELECT b.position, b.subject_id, s.uscc, s.kind, b.record_key, b.revision, b.item, b.version, b.submission_id, b.row_number,
    f.received_on, b.source_agency, b.deciding_authority, b.decision_number, b.decided_on, b.content_digest,
    CASE WHEN b.published THEN 'true' ELSE 'false' END, b.instrument, b.first_day, b.shortest_last_day, b.last_day, b.fields
FROM brought b
JOIN store_subject s ON s.id = b.subject_id
JOIN store_submission f ON f.id = b.submission_id
