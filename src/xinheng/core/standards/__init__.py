"""Standards (标准): the codes, calendars and forms of writing that every record of the platform is held against.

Identifiers: USCC (GB 32100-2015), organisation code (GB 11714-1997), registration number (GS 15-2006), resident id
(GB 11643-1999) and its kin; ``identify`` tells which of them a code is. Regions (GB/T 2260), industries (GB/T
4754-2017), working days, periods, dates, money as integer 分, names and decision numbers. What is judged row by row
also has an Arrow or a DuckDB form that means exactly the same. No tables, use cases or pages of its own: everything
else is built on it.
"""
