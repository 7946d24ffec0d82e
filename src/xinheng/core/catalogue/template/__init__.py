"""The workbook that a department fills in (填报模板): the item's columns with its rules inside, so that most errors show before a file is sent.

What is written here is read back by our own reader: headings are the Chinese name with the code, codes are text, so that no digit is lost.
What a spreadsheet can hold of a rule is in the cell's validation (length, lists, days, amounts, the check digit of a code); what it cannot,
rows that lack a mandatory cell, is coloured. The rules themselves stay in ``core/intake/rules``; nothing is accepted because a workbook said so.

Legal basis: that of the item (发改办财金〔2018〕424号 for permits and penalties). Command: ``xinheng catalogue template``.
"""

from xinheng.core.catalogue.template.write import write_template

__all__ = ["write_template"]
