-- Put persons under other keys; those erased meanwhile stay erased.
UPDATE store_person p SET lookup = n.lookup, lookup_key = n.lookup_key, sealed = n.sealed, key = n.key
FROM unnest(%(ids)s::bigint[], %(lookups)s::bytea[], %(lookup_keys)s::text[], %(sealed)s::bytea[], %(keys)s::text[])
    AS n (id, lookup, lookup_key, sealed, key)
WHERE p.id = n.id AND p.erased_at IS NULL
