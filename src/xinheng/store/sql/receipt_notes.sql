-- Remarks on the receipts that told of a record since a moment: the file as officials, the subject and the public saw it. One row each: receipt, actor.
INSERT INTO store_receiptnote (about_id, judgement_id, at)
SELECT DISTINCT e.receipt_id, %(judgement)s::bigint, %(at)s::timestamptz
FROM store_auditevent e JOIN store_receipt r ON r.id = e.receipt_id
WHERE e.target = ANY(%(targets)s) AND e.at >= %(since)s AND e.allowed AND strpos(r.result::text, %(record)s) > 0
ON CONFLICT DO NOTHING
RETURNING about_id
