-- How much stands under each key: persons by the key that sealed them and by the one of their lookup, records by the one that wrapped theirs.
SELECT name, sum(count)::bigint FROM (
    SELECT key AS name, count(*) FROM store_person WHERE key IS NOT NULL GROUP BY 1
    UNION ALL SELECT lookup_key, count(*) FROM store_person WHERE lookup_key IS NOT NULL GROUP BY 1
    UNION ALL SELECT key, count(*) FROM store_personrecord WHERE key IS NOT NULL GROUP BY 1
) AS held
GROUP BY 1
