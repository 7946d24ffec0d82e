-- Natural persons: what the database itself holds. The tables are made by the migration; here are what may change in them, and when.
-- What stands in a sealed column begins with the number of its algorithms and is longer than nonce and tag: clear text does not fit.
ALTER TABLE store_person
    ADD CONSTRAINT person_lookup_digest CHECK (lookup IS NULL OR octet_length(lookup) = 32),
    ADD CONSTRAINT person_is_sealed CHECK (sealed IS NULL OR (get_byte(sealed, 0) IN (1, 2) AND octet_length(sealed) > 29));
ALTER TABLE store_personrecord
    ADD CONSTRAINT person_record_is_sealed CHECK (get_byte(sealed, 0) IN (1, 2) AND octet_length(sealed) > 29),
    ADD CONSTRAINT person_record_key_is_wrapped CHECK (wrapped_key IS NULL OR (get_byte(wrapped_key, 0) IN (1, 2) AND octet_length(wrapped_key) = 61));
-- Nobody waits in the organisations' room.
ALTER TABLE store_waitingrow ADD CONSTRAINT waiting_is_no_person CHECK (fields::text NOT LIKE '%XDR_LB": "自然人"%');
CREATE INDEX person_record_submission ON store_personrecord USING brin (submission_id);

-- A record changes in one of two ways only: its key is renewed, or destroyed for good. Of a submission that failed it is taken back.
CREATE FUNCTION keep_person_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF current_setting('xinheng.undo', true) = 'on'
            AND NOT EXISTS (SELECT 1 FROM store_submission WHERE id = OLD.submission_id AND committed_at IS NOT NULL) THEN
            RETURN OLD;
        END IF;
    ELSIF (OLD.id, OLD.person_id, OLD.record_key, OLD.revision, OLD.item, OLD.version, OLD.submission_id, OLD.row_number, OLD.source_agency,
            OLD.deciding_authority, OLD.decided_on, OLD.content_digest, OLD.sealed, OLD.retention_until)
        IS NOT DISTINCT FROM (NEW.id, NEW.person_id, NEW.record_key, NEW.revision, NEW.item, NEW.version, NEW.submission_id, NEW.row_number,
            NEW.source_agency, NEW.deciding_authority, NEW.decided_on, NEW.content_digest, NEW.sealed, NEW.retention_until)
        AND OLD.wrapped_key IS NOT NULL
        AND ((current_setting('xinheng.retention', true) = 'on' AND NEW.wrapped_key IS NULL)
            OR (current_setting('xinheng.renewal', true) = 'on' AND NEW.wrapped_key IS NOT NULL)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER person_record_kept BEFORE UPDATE OR DELETE ON store_personrecord FOR EACH ROW EXECUTE FUNCTION keep_person_record();
CREATE TRIGGER person_record_appended BEFORE TRUNCATE ON store_personrecord FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A person is erased or sealed anew, never changed otherwise; one of whom nothing came in goes with the submission that failed.
CREATE FUNCTION keep_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF current_setting('xinheng.undo', true) = 'on' THEN
            RETURN OLD;
        END IF;
    ELSIF OLD.id = NEW.id AND OLD.erased_at IS NULL
        AND ((current_setting('xinheng.retention', true) = 'on' AND NEW.erased_at IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM store_personrecord WHERE person_id = OLD.id AND erased_at IS NULL))
            OR (current_setting('xinheng.renewal', true) = 'on' AND NEW.erased_at IS NULL)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER person_kept BEFORE UPDATE OR DELETE ON store_person FOR EACH ROW EXECUTE FUNCTION keep_person();

CREATE TRIGGER person_sighting_kept BEFORE DELETE ON store_personsighting FOR EACH ROW EXECUTE FUNCTION keep_sighting();
CREATE TRIGGER person_sighting_appended BEFORE UPDATE OR TRUNCATE ON store_personsighting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
