-- Sightings: another submission said of a record what one of its revisions says already. A source of the record, and nothing new.
-- Found by record through the key; a submission's own lie together, as its records do.
CREATE TABLE store_sighting (
    subject_id bigint NOT NULL,
    record_key uuid NOT NULL,
    submission_id bigint NOT NULL,
    revision smallint NOT NULL,
    row_number bigint NOT NULL,
    source_agency text NOT NULL,
    PRIMARY KEY (subject_id, record_key, submission_id)
);
CREATE INDEX sighting_submission ON store_sighting USING brin (submission_id);

-- Appended like every fact; those of a submission that failed, which were never visible, may be taken back by the use case that says so.
CREATE FUNCTION keep_sighting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('xinheng.undo', true) = 'on'
        AND NOT EXISTS (SELECT 1 FROM store_submission WHERE id = OLD.submission_id AND committed_at IS NOT NULL) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER sighting_kept BEFORE DELETE ON store_sighting FOR EACH ROW EXECUTE FUNCTION keep_sighting();
CREATE TRIGGER sighting_appended BEFORE UPDATE OR TRUNCATE ON store_sighting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A question is answered once; what was asked, and the answer, are kept.
CREATE FUNCTION keep_question() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.answer IS NOT NULL OR NEW.answer IS NULL
        OR (OLD.kind, OLD.submission_id, OLD.subject_id, OLD.record_key, OLD.asked_at, OLD.untold)
            IS DISTINCT FROM (NEW.kind, NEW.submission_id, NEW.subject_id, NEW.record_key, NEW.asked_at, NEW.untold) THEN
        RAISE EXCEPTION 'the table % is append-only but for one answer', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER question_answered_once BEFORE UPDATE ON store_question FOR EACH ROW EXECUTE FUNCTION keep_question();
CREATE TRIGGER question_kept BEFORE DELETE OR TRUNCATE ON store_question FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
