-- The yearly catalogue and agencies' profiles are facts: each step, draft, answer and version is kept as it was written.
CREATE TRIGGER catalogue_year_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON store_catalogueyear FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER catalogue_step_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON store_cataloguestep FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER catalogue_draft_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON store_cataloguedraft FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER catalogue_answer_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON store_catalogueanswer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER agency_profile_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON store_agencyprofile FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A signed or dropped year is closed: no draft and no step is added. Who signs drafted nothing of it, whatever a program forgets to ask.
CREATE FUNCTION keep_catalogue_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM store_cataloguestep s WHERE s.year_id = NEW.year_id AND s.kind IN ('signed', 'dropped')) THEN
        RAISE EXCEPTION 'the catalogue of this year is closed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION need_second_signer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind = 'signed' AND (
        EXISTS (SELECT FROM store_cataloguedraft d WHERE d.year_id = NEW.year_id AND d.by_id = NEW.by_id)
        OR EXISTS (SELECT FROM store_cataloguestep s WHERE s.year_id = NEW.year_id AND s.kind = 'opened' AND s.by_id = NEW.by_id)) THEN
        RAISE EXCEPTION 'a catalogue takes two people' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER catalogue_draft_open BEFORE INSERT ON store_cataloguedraft FOR EACH ROW EXECUTE FUNCTION keep_catalogue_closed();
CREATE TRIGGER catalogue_step_open BEFORE INSERT ON store_cataloguestep FOR EACH ROW EXECUTE FUNCTION keep_catalogue_closed();
CREATE TRIGGER catalogue_step_second_person BEFORE INSERT ON store_cataloguestep FOR EACH ROW EXECUTE FUNCTION need_second_signer();
