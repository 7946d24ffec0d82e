-- Who is signed in with a session, and in which roles on a day: all that a page asks of its reader before it begins, in one statement.
-- "kept" tells whether the session itself is still there.
SELECT u.username, u.display_name, u.is_active, s.id, s.signed_in_at, s.last_seen_at, s.ended_at, s.why,
    coalesce((SELECT p.username FROM store_user p WHERE p.id = s.acts_for_id), '') AS acts_for,
    EXISTS (SELECT FROM django_session d WHERE d.session_key = %(key)s AND d.expire_date > now()) AS kept,
    coalesce((SELECT json_agg(json_build_array(a.role, coalesce(g.uscc, ''), a.region_code) ORDER BY a.id)
        FROM store_roleassignment a LEFT JOIN store_agency g ON g.id = a.agency_id
        WHERE a.user_id = u.id AND a.valid_from <= %(on)s AND (a.valid_until IS NULL OR a.valid_until > %(on)s)), '[]')::text AS roles,
    coalesce((SELECT json_agg(json_build_array(g.role, b.uscc) ORDER BY g.id)
        FROM store_subjectgrant g JOIN store_subject b ON b.id = g.subject_id
        WHERE g.user_id = u.id AND g.ended_at IS NULL AND g.valid_from <= %(on)s AND (g.valid_until IS NULL OR g.valid_until > %(on)s)), '[]')::text
        AS subjects
FROM store_signin s JOIN store_user u ON u.id = s.user_id
WHERE s.session = %(digest)s
