-- Stops are facts: what was asked for and each step are kept.
CREATE TRIGGER stop_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON store_stop FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stop_step_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON store_stopstep FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Two people, whatever a program forgets to ask: who confirms or lifts is not the one who asked for it last.
CREATE FUNCTION need_second_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind IN ('confirmed', 'lifted') AND NEW.by_id IS NOT DISTINCT FROM (
        SELECT s.by_id FROM store_stopstep s
        WHERE s.stop_id = NEW.stop_id AND s.kind = CASE NEW.kind WHEN 'confirmed' THEN 'asked' ELSE 'lift-asked' END
        ORDER BY s.id DESC LIMIT 1) THEN
        RAISE EXCEPTION 'a stop takes two people' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER stop_step_second_person BEFORE INSERT ON store_stopstep FOR EACH ROW EXECUTE FUNCTION need_second_person();

-- The stops that hide: confirmed and not lifted. An index that the steps keep, in their own transaction, so that every public read asks one small
-- table; no clock is asked, for a stop ends by two people only.
CREATE TABLE stop_in_force (
    scope text NOT NULL,
    target text NOT NULL,
    stop_id bigint NOT NULL,
    PRIMARY KEY (scope, target, stop_id)
);
CREATE FUNCTION keep_stop_in_force() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind = 'confirmed' THEN
        INSERT INTO stop_in_force SELECT p.scope, p.target, p.id FROM store_stop p WHERE p.id = NEW.stop_id;
    ELSIF NEW.kind = 'lifted' THEN
        DELETE FROM stop_in_force WHERE stop_id = NEW.stop_id;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER stop_step_in_force AFTER INSERT ON store_stopstep FOR EACH ROW EXECUTE FUNCTION keep_stop_in_force();
