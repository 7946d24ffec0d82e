-- How many names the rarest of some pairs of characters may find: from the statistics that the database keeps of its index (ANALYZE). A pair that is not
-- among the most common ones counts as none; so does every pair of a table that was never looked through, which is small.
SELECT coalesce(min(coalesce(common.frequency, 0)), 0) * (SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'store_subjectname'::regclass)
FROM unnest(%(grams)s::text[]) AS asked (gram)
LEFT JOIN (
    SELECT pair.gram, pair.frequency
    FROM pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS pair (gram, frequency)
    WHERE s.schemaname = current_schema AND s.tablename = 'subject_name_bigrams'
) AS common USING (gram)
