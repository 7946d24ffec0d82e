-- What some agencies have to do (待办), a line each; `since` is the day from which the time to answer is counted, `due` the due day where it
-- stands already. What is asked of somebody as a second person comes with no agency. Its count is shown on every page: one statement for both.
SELECT work.kind, coalesce(a.uscc, ''), work.item, work.number, work.first, work.last, work.since, work.due, work.rows
FROM (
    SELECT 'task' AS kind, t.agency_id, t.item, t.id AS number, t.first, t.last, NULL::date AS since, t.due, 1::bigint AS rows
    FROM store_collectiontask t
    WHERE t.agency_id = ANY (ARRAY(SELECT id FROM store_agency WHERE uscc = ANY (%(agencies)s))) AND t.done_by_id IS NULL AND t.last < %(on)s
        AND NOT EXISTS (SELECT 1 FROM store_zeroreport z WHERE z.task_id = t.id AND z.contradicted_at IS NULL)
    UNION ALL
    SELECT 'contradicted', t.agency_id, t.item, t.id, t.first, t.last, (z.contradicted_at AT TIME ZONE 'Asia/Shanghai')::date, NULL, 1
    FROM store_zeroreport z JOIN store_collectiontask t ON t.id = z.task_id
    WHERE t.agency_id = ANY (ARRAY(SELECT id FROM store_agency WHERE uscc = ANY (%(agencies)s))) AND z.contradicted_at IS NOT NULL AND z.settled_at IS NULL
    UNION ALL
    SELECT 'rejected', s.agency_id, s.item, s.id, NULL, NULL, s.received_on, NULL, s.rejected
    FROM store_submission s
    WHERE s.agency_id = ANY (ARRAY(SELECT id FROM store_agency WHERE uscc = ANY (%(agencies)s))) AND s.committed_at IS NOT NULL AND s.rejected > 0 AND s.received_on > %(rejected_since)s
        AND NOT EXISTS (SELECT 1 FROM store_submission m WHERE m.parent_id = s.id)
    UNION ALL
    SELECT 'waiting', s.agency_id, s.item, s.id, NULL, NULL, s.received_on, NULL, w.rows
    FROM store_submission s
    CROSS JOIN LATERAL (
        SELECT count(*) AS rows FROM store_waitingrow w WHERE w.submission_id = s.id AND w.ended IS NULL AND w.reason = 'W02'
    ) AS w
    WHERE s.agency_id = ANY (ARRAY(SELECT id FROM store_agency WHERE uscc = ANY (%(agencies)s))) AND s.committed_at IS NOT NULL AND s.waiting > 0 AND w.rows > 0
    UNION ALL
    SELECT 'questions', s.agency_id, s.item, s.id, NULL, NULL, (q.asked_at AT TIME ZONE 'Asia/Shanghai')::date, NULL, q.rows
    FROM store_submission s
    CROSS JOIN LATERAL (
        SELECT count(*) AS rows, min(q.asked_at) AS asked_at FROM store_question q WHERE q.submission_id = s.id AND q.answer IS NULL
    ) AS q
    WHERE s.agency_id = ANY (ARRAY(SELECT id FROM store_agency WHERE uscc = ANY (%(agencies)s))) AND s.full AND q.rows > 0
    UNION ALL
    SELECT 'approval', a.id, c.item, c.id, NULL, NULL, (c.asked_at AT TIME ZONE 'Asia/Shanghai')::date, NULL, 1
    FROM store_correction c JOIN store_agency a ON a.uscc = c.agency JOIN store_user u ON u.id = c.asked_by_id
    WHERE c.agency = ANY (%(approves)s) AND c.state = 'asked' AND %(name)s NOT IN (u.username, c.on_behalf_of)
        AND NOT jsonb_exists(c.covers_for, %(name)s)
    UNION ALL
    SELECT 'stop', NULL, '', p.id, NULL, NULL, NULL, (last.at AT TIME ZONE 'Asia/Shanghai' + interval '24 hours')::date, 1
    FROM store_stop p
    CROSS JOIN LATERAL (SELECT x.kind, x.at, x.by_id FROM store_stopstep x WHERE x.stop_id = p.id ORDER BY x.id DESC LIMIT 1) AS last
    JOIN store_user u ON u.id = last.by_id
    WHERE %(confirms)s AND last.kind IN ('asked', 'lift-asked') AND last.at > %(at)s - interval '24 hours' AND u.username <> %(name)s
) AS work
LEFT JOIN store_agency a ON a.id = work.agency_id
