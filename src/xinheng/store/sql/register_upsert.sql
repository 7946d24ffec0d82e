-- Registrations into the register: the newest word on a subject counts, every name and code that was ever true stays.
-- The temporary table "incoming" holds one row a subject: uscc, kind, name, key, reg_no, org_code, address, status, established_on, as_of, searchable.
INSERT INTO store_subject (uscc, kind, name, status, address, established_on, registered_on)
SELECT uscc, kind, name, coalesce(status, ''), coalesce(address, ''), established_on, as_of FROM incoming
ON CONFLICT (uscc) DO UPDATE SET
    name = excluded.name, registered_on = excluded.registered_on,
    status = CASE WHEN excluded.status = '' THEN store_subject.status ELSE excluded.status END,
    address = CASE WHEN excluded.address = '' THEN store_subject.address ELSE excluded.address END,
    established_on = coalesce(excluded.established_on, store_subject.established_on)
WHERE excluded.registered_on >= store_subject.registered_on
    AND (store_subject.name, store_subject.registered_on, store_subject.status, store_subject.address, store_subject.established_on)
        IS DISTINCT FROM (excluded.name, excluded.registered_on, excluded.status, excluded.address, excluded.established_on);

ALTER TABLE incoming ADD COLUMN subject_id bigint, ADD COLUMN is_current boolean;
UPDATE incoming i SET subject_id = s.id, is_current = (s.name = i.name) FROM store_subject s WHERE s.uscc = i.uscc;

-- A current name that another one has replaced becomes a former name, until the day of the change.
UPDATE store_subjectname n SET current = false, valid_until = i.as_of
FROM incoming i WHERE n.subject_id = i.subject_id AND n.current AND i.is_current AND n.key <> i.key;

-- The name that replaced it is borne from that day on: what was decided before is not decided on whoever bears it now.
INSERT INTO store_subjectname (subject_id, name, key, valid_from, valid_until, current, searchable)
SELECT subject_id, name, key,
    CASE WHEN is_current AND EXISTS (
        SELECT 1 FROM store_subjectname o WHERE o.subject_id = i.subject_id AND o.key <> i.key AND o.valid_until = i.as_of) THEN i.as_of END,
    NULL, is_current, searchable FROM incoming i
ON CONFLICT (subject_id, key) DO UPDATE SET current = true, valid_until = NULL, name = excluded.name
WHERE excluded.current AND NOT store_subjectname.current;

INSERT INTO store_subjectname (subject_id, name, key, valid_from, valid_until, current, searchable)
SELECT DISTINCT ON (i.subject_id, f.key) i.subject_id, f.name, f.key, NULL::date, NULL::date, false, i.searchable
FROM former f JOIN incoming i USING (uscc)
ON CONFLICT (subject_id, key) DO NOTHING;

INSERT INTO store_subjectcode (subject_id, kind, code)
SELECT subject_id, 'uscc', uscc FROM incoming
UNION ALL SELECT subject_id, 'registration-number', reg_no FROM incoming WHERE reg_no IS NOT NULL
UNION ALL SELECT subject_id, 'organization-code', org_code FROM incoming WHERE org_code IS NOT NULL
ON CONFLICT (kind, code) DO NOTHING;

UPDATE store_registerstate SET version = version + 1;
