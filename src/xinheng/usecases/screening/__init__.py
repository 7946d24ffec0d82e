"""Screening (信用审查): checks one by one and in lists, again, with feedback and watches; its rules are in ``core.screening``.

``checking`` (one), ``lists`` (many), ``viewing`` (what was screened, through today's rules), ``workbook``, ``again`` (增量复查), ``feedback``, ``watching``,
``coverage`` (obligatory matters), ``sampling`` (a re-checked sample).
"""
