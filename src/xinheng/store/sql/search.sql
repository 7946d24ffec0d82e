-- What searching takes besides the names: records by the number of their document, subjects by the organisation code inside their unified code.

-- A document number without what departments write in different ways: brackets, blanks, 第 and 号, folded to eight bytes. It is coarser than the key
-- of core.standards.decision_numbers: whatever it meets is compared by its key. Built-in functions only, for it is worked out for every row written.
CREATE FUNCTION number_mark(text) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT hashtextextended(translate($1, '〔〕（）()[] 第号【】', '') COLLATE "C", 0)
$$;
CREATE INDEX record_number ON record (number_mark(decision_number)) WHERE decision_number <> '';

CREATE INDEX subject_organization_code ON store_subject (substr(uscc, 9, 9));
