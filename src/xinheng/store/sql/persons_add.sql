-- Add persons and tell which; one that another transaction added meanwhile is left as it is.
INSERT INTO store_person (id, lookup, lookup_key, sealed, key)
SELECT * FROM unnest(%(ids)s::bigint[], %(lookups)s::bytea[], %(lookup_keys)s::text[], %(sealed)s::bytea[], %(keys)s::text[])
ON CONFLICT (lookup) DO NOTHING
RETURNING id
