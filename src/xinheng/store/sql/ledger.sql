-- The ledger. A record is a revision of what an agency said about a subject; nothing here is updated.
-- Partitioned by subject: a subject's file is one partition. The primary key also keeps
-- one decision on one party one record, however many channels bring it.
CREATE TABLE record (
    subject_id bigint NOT NULL,
    record_key uuid NOT NULL,
    revision smallint NOT NULL,
    item text NOT NULL,
    version text NOT NULL,
    submission_id bigint NOT NULL,
    row_number bigint NOT NULL,
    source_agency text NOT NULL,
    deciding_authority text NOT NULL,
    decision_number text NOT NULL,
    decided_on date NOT NULL,
    content_digest uuid NOT NULL,
    published boolean NOT NULL,
    instrument text NOT NULL,
    first_day date,
    shortest_last_day date,
    last_day date,
    fields json NOT NULL,
    PRIMARY KEY (subject_id, record_key, revision),
    CHECK (NOT published OR (first_day IS NOT NULL AND last_day IS NOT NULL)),
    CHECK (last_day IS NULL OR last_day >= first_day)
) PARTITION BY HASH (subject_id);

DO $$
BEGIN
    FOR part IN 0..15 LOOP
        EXECUTE format('CREATE TABLE record_%s PARTITION OF record FOR VALUES WITH (MODULUS 16, REMAINDER %s)', part, part);
    END LOOP;
END
$$;

CREATE INDEX record_submission ON record USING brin (submission_id, row_number);

-- Facts are appended; whoever tries to change one is stopped by the database itself.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Rows that were never visible, of a submission that failed, may be taken back by the use case that says so.
    IF TG_TABLE_NAME = 'record' AND TG_OP = 'DELETE' AND current_setting('xinheng.undo', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER record_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON record FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON store_recordevent FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON store_receipt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON store_auditevent FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Nor through one of its partitions.
DO $$
BEGIN
    FOR part IN 0..15 LOOP
        EXECUTE format('CREATE TRIGGER record_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON record_%s FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', part);
    END LOOP;
END
$$;

-- Even while something is taken back, what was committed stays.
CREATE FUNCTION keep_committed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM store_submission WHERE id = OLD.submission_id AND committed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the table record is append-only: its submission was committed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER record_committed BEFORE DELETE ON record FOR EACH ROW EXECUTE FUNCTION keep_committed();
