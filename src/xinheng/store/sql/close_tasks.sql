-- Close the tasks that submissions fulfil: one that brought something decided in the period, or a whole state handed in on its last day or later.
-- Of one submission where that is asked, else of all; the earliest counts. Returns the tasks.
WITH found AS (
    SELECT t.id, s.id AS submission_id, s.received_on
    FROM store_collectiontask t
    CROSS JOIN LATERAL (
        SELECT s.id, s.received_on FROM store_submission s
        WHERE s.agency_id = t.agency_id AND s.item = t.item AND s.committed_at IS NOT NULL AND s.channel <> 'history'
            AND s.received_on >= t.first AND (%(submission)s::bigint IS NULL OR s.id = %(submission)s)
            AND (
                EXISTS (SELECT 1 FROM store_decisionday d WHERE d.submission_id = s.id AND d.decided_on BETWEEN t.first AND t.last)
                OR (s.full AND s.received_on >= t.last AND s.received > s.rejected))
        ORDER BY s.received_on, s.id LIMIT 1
    ) AS s
    WHERE t.done_by_id IS NULL
)
UPDATE store_collectiontask t SET done_by_id = found.submission_id, done_on = found.received_on
FROM found WHERE found.id = t.id
RETURNING t.id
