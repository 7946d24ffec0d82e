"""Intake (归集): a department's file is read, checked, standardised and resolved, row by row, with a reason for each cell.

Legal basis: 发改办财金〔2018〕424号 (layout and rules of the publication of administrative permits and penalties). Pure functions here;
tables in ``store.models.intake``, use cases in ``usecases.intake``, command ``xinheng submit``.
Pages: none yet.
"""
