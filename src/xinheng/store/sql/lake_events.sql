-- The events that entries of the outbox brought.
SELECT e.position, v.id, v.subject_id, v.record_key, v.revision, v.kind, v."on"
FROM store_recordevent v
JOIN unnest(%(event_positions)s::bigint[], %(events)s::bigint[]) AS e (position, id) USING (id)
