-- Names are found by a part of them through the pairs of characters that they hold.
CREATE FUNCTION bigrams(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr($1, place, 2)), '{}') FROM generate_series(1, length($1) - 1) AS place
$$;

CREATE INDEX subject_name_bigrams ON store_subjectname USING gin (bigrams(key)) WHERE searchable;
INSERT INTO store_registerstate (id, version) VALUES (1, 0);
