-- When a record was withdrawn and when it was repaired; what a batch of history tells holds for the revisions that it found. Columns of a statement
-- that calls the record {of}.
(SELECT min(e."on") FROM store_recordevent e
  WHERE e.subject_id = {of}.subject_id AND e.record_key = {of}.record_key AND e.kind = 'withdrawn'
    AND (e.revision <= {of}.revision OR NOT e.detail ? 'batch')) AS withdrawn_on,
(SELECT min(e."on") FROM store_recordevent e
  WHERE e.subject_id = {of}.subject_id AND e.record_key = {of}.record_key AND e.kind = 'repaired'
    AND (e.revision <= {of}.revision OR NOT e.detail ? 'batch')) AS repaired_on
