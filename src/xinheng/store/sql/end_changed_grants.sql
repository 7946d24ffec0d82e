-- Everybody's grants end where the register names another representative than the one who was accepted; each subject leaves an audit event.
WITH told AS (
    SELECT unnest(%(codes)s::text[]) AS uscc, unnest(%(marks)s::text[]) AS mark
), changed AS (
    SELECT DISTINCT g.subject_id, t.uscc
    FROM told t
    JOIN store_subject s ON s.uscc = t.uscc
    JOIN store_subjectgrant g ON g.subject_id = s.id
    WHERE g.ended_at IS NULL AND g.role = 'representative' AND g.mark NOT IN ('', t.mark)
), ended AS (
    UPDATE store_subjectgrant g SET ended_at = now(), ended_why = 'representative-changed'
    FROM changed c WHERE g.subject_id = c.subject_id AND g.ended_at IS NULL
    RETURNING c.uscc
), learnt AS (
    UPDATE store_subjectgrant g SET mark = t.mark
    FROM told t JOIN store_subject s ON s.uscc = t.uscc
    WHERE g.subject_id = s.id AND g.ended_at IS NULL AND g.role = 'representative' AND g.mark = ''
)
INSERT INTO store_auditevent (at, actor, action, target, allowed, reasons)
SELECT now(), 'platform', 'end-grants', 'subject ' || uscc, true, jsonb_build_array('the register names another representative', count(*) || ' grants ended')
FROM ended GROUP BY uscc
