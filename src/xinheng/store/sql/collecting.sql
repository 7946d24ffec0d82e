-- A zero report is a fact: only that it was contradicted, and then settled, is added, each once.
CREATE FUNCTION keep_zero_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.task_id, OLD.reason, OLD.declared_at, OLD.declared_on, OLD.declared_by_id)
            IS DISTINCT FROM (NEW.task_id, NEW.reason, NEW.declared_at, NEW.declared_on, NEW.declared_by_id)
        OR (OLD.contradicted_at IS NOT NULL
            AND (OLD.contradicted_at, OLD.contradicted_by_id) IS DISTINCT FROM (NEW.contradicted_at, NEW.contradicted_by_id))
        OR (OLD.settled_at IS NOT NULL
            AND (OLD.settled_at, OLD.settled_by_id, OLD.settled_why) IS DISTINCT FROM (NEW.settled_at, NEW.settled_by_id, NEW.settled_why)) THEN
        RAISE EXCEPTION 'the table % is append-only but for what contradicts it', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER zero_report_kept BEFORE UPDATE ON store_zeroreport FOR EACH ROW EXECUTE FUNCTION keep_zero_report();
CREATE TRIGGER zero_report_appended BEFORE DELETE OR TRUNCATE ON store_zeroreport FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reminder_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON store_reminder FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
