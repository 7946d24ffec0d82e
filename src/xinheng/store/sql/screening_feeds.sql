-- Until when each item had come in by a day: its last committed submission, and its last zero report that nothing contradicts.
SELECT asked.item, fed.received_on, zero.declared_on FROM unnest(%(items)s::text[]) AS asked (item)
LEFT JOIN LATERAL (
    SELECT s.received_on FROM store_submission s
    WHERE s.item = asked.item AND s.committed_at IS NOT NULL AND s.received_on <= %(on)s ORDER BY s.received_on DESC LIMIT 1
) AS fed ON true
LEFT JOIN LATERAL (
    SELECT max(z.declared_on) AS declared_on FROM store_collectiontask t JOIN store_zeroreport z ON z.task_id = t.id
    WHERE t.item = asked.item AND z.contradicted_at IS NULL AND z.declared_on <= %(on)s
) AS zero ON true
