"""A made-up province (样例数据) of any size: register, agencies, penalty files with defects, and the truth beside them.

For tests, benchmarks and first looks. Legal basis: none is needed, because nothing here is about anybody: divisions are
those of Jiangsu (GB/T 2260), every organisation, code, person and decision is invented. Layout of the penalty files:
发改办财金〔2018〕424号. A row is a function of the seed and of its number, so the same seed gives the same bytes
whatever the block size, and memory stays flat. No tables of its own; the command is ``xinheng sample``.
"""
