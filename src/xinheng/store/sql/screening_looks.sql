-- One event of the audit log for each subject that a screening looked at, so that each sees who looked; all with the screening's receipt.
INSERT INTO store_auditevent (at, actor, on_behalf_of, action, target, allowed, reasons, receipt_id)
SELECT %(at)s, %(actor)s, %(on_behalf_of)s, %(action)s, 'file ' || code, true, '[]'::jsonb, %(receipt)s::uuid FROM unnest(%(codes)s::text[]) AS code
