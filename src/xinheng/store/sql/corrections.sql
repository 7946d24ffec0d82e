-- What was asked for is not changed, and what was decided stays decided.
CREATE FUNCTION keep_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR OLD.state <> 'asked'
        OR (OLD.kind, OLD.subject_id, OLD.record_key, OLD.revision, OLD.agency, OLD.reason, OLD.cells, OLD.asked_at, OLD.asked_by_id, OLD.covers_for)
           IS DISTINCT FROM
           (NEW.kind, NEW.subject_id, NEW.record_key, NEW.revision, NEW.agency, NEW.reason, NEW.cells, NEW.asked_at, NEW.asked_by_id, NEW.covers_for)
    THEN
        RAISE EXCEPTION 'a correction is decided once, and what was asked for stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER correction_kept BEFORE UPDATE OR DELETE ON store_correction FOR EACH ROW EXECUTE FUNCTION keep_correction();
CREATE TRIGGER correction_told_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON store_correctiontold
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
