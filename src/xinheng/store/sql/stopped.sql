-- The stop in force that hides a record: by itself, its item or its source agency; nothing where there is none. A value in a statement that calls
-- the record {of}. It goes where the newest revision has been chosen: what is stopped never lets an earlier revision reappear.
-- Whether there is a stop at all is asked once a statement: without one, a record costs nothing.
CASE WHEN EXISTS (SELECT 1 FROM stop_in_force) THEN (
    SELECT min(h.stop_id) FROM stop_in_force h
    WHERE (h.scope = 'record' AND h.target = {of}.subject_id || '/' || {of}.record_key)
        OR (h.scope = 'item' AND h.target = {of}.item)
        OR (h.scope = 'agency' AND h.target = {of}.source_agency))
END
