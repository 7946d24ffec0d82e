-- The day on which each item was fed last: through the index, an item at a time, however many submissions there are.
SELECT asked.item, fed.received_on FROM unnest(%(items)s::text[]) AS asked (item)
CROSS JOIN LATERAL (
    SELECT s.received_on FROM store_submission s WHERE s.item = asked.item AND s.committed_at IS NOT NULL ORDER BY s.received_on DESC LIMIT 1
) AS fed
