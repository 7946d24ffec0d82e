-- Entries of the outbox in order, and how many revisions each is known to have brought.
SELECT e.id, e.kind, e.payload::text,
    CASE e.kind
        WHEN 'submission-committed' THEN s.accepted + s.corrected
        WHEN 'waiting-resolved' THEN jsonb_array_length(e.payload->'taken')
        ELSE 0
    END AS rows
FROM store_outboxentry e
LEFT JOIN store_submission s ON s.id = (e.payload->>'submission')::bigint
WHERE e.id > %(after)s AND e.id <= %(until)s
ORDER BY e.id
LIMIT %(limit)s
