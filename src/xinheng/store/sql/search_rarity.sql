-- How frequent pairs of characters are in names: from the statistics that the database keeps of its index (ANALYZE). A pair that is not among the most
-- common ones is in few names. Nothing of a table that was never looked through, which is small.
SELECT greatest(c.reltuples, 0), s.most_common_elems::text::text[], s.most_common_elem_freqs
FROM pg_class c LEFT JOIN pg_stats s ON s.tablename = c.relname AND s.schemaname = current_schema
WHERE c.oid = 'subject_name_bigrams'::regclass
