-- What a screening told, and what officials said they did with it, are facts: appended, never changed.
CREATE TRIGGER screening_row_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON store_screeningrow FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER screening_feedback_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON store_screeningfeedback FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER screening_kept BEFORE DELETE OR TRUNCATE ON store_screening FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
