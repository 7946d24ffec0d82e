-- Zero reports that stand although a submission after them brought a record decided in their period: contradicted from now on.
UPDATE store_zeroreport z SET contradicted_at = %(at)s, contradicted_by_id = %(submission)s
FROM store_collectiontask t, store_submission s
WHERE t.id = z.task_id AND s.id = %(submission)s AND s.agency_id = t.agency_id AND s.item = t.item AND s.channel <> 'history'
    AND z.contradicted_at IS NULL
    AND EXISTS (SELECT 1 FROM store_decisionday d WHERE d.submission_id = s.id AND d.decided_on BETWEEN t.first AND t.last)
RETURNING z.id
