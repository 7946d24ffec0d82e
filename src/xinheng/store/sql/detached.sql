-- The day on which a revision was detached from its subject by a person's judgement, or null. A value in a statement that calls the record {of}.
(SELECT CASE e.kind WHEN 'detached' THEN e."on" END FROM store_recordevent e
  WHERE e.subject_id = {of}.subject_id AND e.record_key = {of}.record_key AND e.revision = {of}.revision AND e.kind IN ('detached', 'attached')
  ORDER BY e.id DESC LIMIT 1)
