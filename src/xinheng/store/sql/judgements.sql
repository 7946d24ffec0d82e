-- A judgement is appended and ended once: what it says never changes, and what ended it stays. Its outcome is filled in the transaction that made it.
CREATE FUNCTION keep_judgement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL
        AND (OLD.receipt_id IS NULL OR OLD.receipt_id = NEW.receipt_id)
        AND (OLD.receipt_id IS NULL OR (OLD.became, OLD.record_key, OLD.revision) IS NOT DISTINCT FROM (NEW.became, NEW.record_key, NEW.revision))
        AND (OLD.id, OLD.row_id, OLD.subject_id, OLD.verdict, OLD.name_key, OLD.reason, OLD.evidence, OLD.along_id, OLD.by_id, OLD.at)
            IS NOT DISTINCT FROM
            (NEW.id, NEW.row_id, NEW.subject_id, NEW.verdict, NEW.name_key, NEW.reason, NEW.evidence, NEW.along_id, NEW.by_id, NEW.at) THEN
        RETURN NEW;
    END IF;
    -- The receipt of what ended it is written after it ended, in the same transaction.
    IF TG_OP = 'UPDATE' AND OLD.ended_receipt_id IS NULL AND NEW.ended_receipt_id IS NOT NULL
        AND to_jsonb(OLD) - 'ended_receipt_id' = to_jsonb(NEW) - 'ended_receipt_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a judgement is ended once and never changed' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER judgement_kept BEFORE UPDATE OR DELETE ON store_judgement FOR EACH ROW EXECUTE FUNCTION keep_judgement();
CREATE TRIGGER judgement_appended BEFORE TRUNCATE ON store_judgement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_note_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON store_receiptnote FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER subject_change_appended BEFORE DELETE OR TRUNCATE ON store_subjectchange FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER subject_branch_appended BEFORE DELETE OR TRUNCATE ON store_subjectbranch FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
