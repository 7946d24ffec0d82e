-- The terms of a record on a day: as the law computed them when it was taken, with what persons confirmed and what its past says laid over them.
-- A confirmed severity sets the terms of the revision it was confirmed for; a later revision has the milder of both until it is confirmed itself.
-- What came in as history is published only where its past was told, from its old first day to whichever end comes first; a live correction of
-- it has the same first day and end. What its past says changes nothing of a revision that was live before.
CREATE FUNCTION standing_terms(
    of_subject bigint, of_record uuid, of_revision smallint, law_published boolean, law_instrument text, law_first date, law_shortest date,
    law_last date, of_channel text, on_day date)
RETURNS TABLE (stands boolean, stands_by text, stands_from date, stands_at_least_to date, stands_to date, severity text)
LANGUAGE sql STABLE AS $$
    SELECT
        CASE WHEN NOT confirmed.held THEN r.published
             WHEN confirmed.same THEN (confirmed.detail ->> 'published')::boolean
             ELSE r.published AND (confirmed.detail ->> 'published')::boolean END
            AND (past.told OR r.channel <> 'history'),
        CASE WHEN confirmed.held AND confirmed.same THEN confirmed.detail ->> 'instrument' ELSE r.instrument END,
        GREATEST(CASE WHEN confirmed.held AND confirmed.same THEN (confirmed.detail ->> 'first_day')::date ELSE r.first_day END,
                 past.first_day),
        CASE WHEN confirmed.held AND confirmed.same THEN (confirmed.detail ->> 'shortest_last_day')::date ELSE r.shortest_last_day END,
        LEAST(CASE WHEN NOT confirmed.held THEN r.last_day
                   WHEN confirmed.same THEN (confirmed.detail ->> 'last_day')::date
                   ELSE LEAST(r.last_day, (confirmed.detail ->> 'last_day')::date) END,
              past.last_day),
        CASE WHEN confirmed.held AND confirmed.same THEN confirmed.detail ->> 'severity' END
    FROM (SELECT $1 AS subject_id, $2 AS record_key, $3 AS revision, $4 AS published, $5 AS instrument, $6 AS first_day,
        $7 AS shortest_last_day, $8 AS last_day, $9 AS channel, $10 AS day) AS r
    LEFT JOIN LATERAL (
        SELECT e.detail, e.revision = r.revision AS same, e.kind = 'severity-confirmed' AS held FROM store_recordevent e
        WHERE e.subject_id = r.subject_id AND e.record_key = r.record_key
            AND e.kind IN ('severity-confirmed', 'severity-undone') AND e."on" <= r.day
        ORDER BY e.id DESC LIMIT 1
    ) AS newest ON true
    CROSS JOIN LATERAL (SELECT newest.detail, coalesce(newest.same, false) AS same, coalesce(newest.held, false) AS held) AS confirmed
    CROSS JOIN LATERAL (
        SELECT coalesce(bool_or(e.revision = r.revision AND (e.detail ->> 'published')::boolean), false) AS told,
            max((e.detail ->> 'first_day')::date) AS first_day, min((e.detail ->> 'last_day')::date) AS last_day
        FROM store_recordevent e
        WHERE e.subject_id = r.subject_id AND e.record_key = r.record_key AND e.kind = 'past-state' AND e.revision <= r.revision
    ) AS past
$$;
