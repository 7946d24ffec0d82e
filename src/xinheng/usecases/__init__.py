"""Use cases: one verb, one function, grouped by concept; the only writers. Transaction, audit and receipt are made here."""
