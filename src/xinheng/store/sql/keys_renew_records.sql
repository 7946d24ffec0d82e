-- Put the keys of persons' records under another key; those destroyed meanwhile stay destroyed.
UPDATE store_personrecord r SET wrapped_key = n.wrapped, key = n.key
FROM unnest(%(ids)s::bigint[], %(wrapped)s::bytea[], %(keys)s::text[]) AS n (id, wrapped, key)
WHERE r.id = n.id AND r.erased_at IS NULL
