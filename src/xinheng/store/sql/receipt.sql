-- A receipt and the event of the audit log that points to it.
WITH kept AS (
    INSERT INTO store_receipt (id, at, actor, on_behalf_of, action, asked, basis, ledger_position, versions, facts, result, digest)
    VALUES (%(id)s, %(at)s, %(actor)s, %(on_behalf_of)s, %(action)s, %(asked)s::jsonb, %(basis)s, %(ledger_position)s, %(versions)s::jsonb,
        %(facts)s::jsonb, %(result)s::jsonb, %(digest)s)
    RETURNING id, at, actor, on_behalf_of, action
)
INSERT INTO store_auditevent (at, actor, on_behalf_of, action, target, allowed, reasons, receipt_id)
SELECT at, actor, on_behalf_of, action, %(target)s, true, %(reasons)s::jsonb, id FROM kept
