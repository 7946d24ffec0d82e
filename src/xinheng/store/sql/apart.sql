-- The three administrators are kept apart: from each other, and from all who work with records, on every day on which one person holds roles.
-- The user's row is locked first, so that two assignments at once see each other.
CREATE FUNCTION role_sphere(role text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN role IN ('system-administrator', 'security-administrator', 'audit-administrator') THEN role ELSE 'business' END
$$;
CREATE FUNCTION keep_apart() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    other text;
BEGIN
    PERFORM 1 FROM store_user WHERE id = NEW.user_id FOR NO KEY UPDATE;
    SELECT a.role INTO other FROM store_roleassignment a
    WHERE a.user_id = NEW.user_id AND a.id <> NEW.id AND role_sphere(a.role) <> role_sphere(NEW.role)
        AND (a.valid_until IS NULL OR a.valid_until > NEW.valid_from) AND (NEW.valid_until IS NULL OR NEW.valid_until > a.valid_from)
        AND a.valid_until IS DISTINCT FROM a.valid_from AND NEW.valid_until IS DISTINCT FROM NEW.valid_from -- one that ended on its first day never held
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'one user cannot hold the roles % and %', NEW.role, other USING ERRCODE = 'check_violation', CONSTRAINT = 'roles_apart';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER roles_apart BEFORE INSERT OR UPDATE ON store_roleassignment FOR EACH ROW EXECUTE FUNCTION keep_apart();

-- Agencies that were there: level and kind as their region and code tell them.
UPDATE store_agency SET
    level = CASE WHEN region_code = '' THEN '' WHEN region_code LIKE '__0000' THEN 'province' WHEN region_code LIKE '____00' THEN 'city' ELSE 'county' END,
    kind = CASE left(uscc, 2) WHEN '11' THEN 'department' WHEN '12' THEN 'public-body' ELSE 'authorised-organisation' END;
