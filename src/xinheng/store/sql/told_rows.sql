-- How many rows of a full file went back although the ledger knows the decision that they are about.
SELECT count(*) FROM store_returnedrow w
WHERE w.submission_id = %(submission)s
    AND EXISTS (SELECT 1 FROM record r WHERE r.subject_id = w.subject_id AND r.record_key = w.record_key)
