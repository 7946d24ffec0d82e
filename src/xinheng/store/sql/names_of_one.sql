-- Names that one subject alone ever bore, and from when until when (design §6 step 5). Of a former name the day must be known on which it ended;
-- one-person businesses are told by their code. Where a person judged that the name means somebody else, it attaches nothing by itself.
SELECT n.key, s.id, s.name, s.uscc, coalesce(n.valid_from, s.established_on) AS since, n.valid_until
FROM store_subjectname n JOIN store_subject s ON s.id = n.subject_id
WHERE {which} AND (n.current OR n.valid_until IS NOT NULL) AND s.kind <> 'individual-business'
    AND NOT EXISTS (SELECT 1 FROM store_subjectname o WHERE o.key = n.key AND o.subject_id <> n.subject_id)
    AND NOT EXISTS (
        SELECT 1 FROM store_judgement j
        WHERE j.subject_id = n.subject_id AND j.name_key = n.key AND j.verdict = 'different' AND j.ended_at IS NULL)
