"""Reading (读取): a department's file becomes a table of text with its row numbers kept; nothing is judged yet.

What it is: the first step of intake (归集). CSV (UTF-8, GB18030, UTF-16; comma, tab, semicolon, bar; quotes), XLSX, XLS
and WPS ``.et``, JSON lines (or one array of objects) and XML ``ROWDATA`` are laid out as one text column per heading, cut
into chunks that are read one after the other and parsed side by side in threads; text stays flat in memory in the size
of the file. The form is told from the bytes, never from the name. A file that cannot be laid out as a whole is an
:class:`~xinheng.core.errors.UnusableFile`; a row that cannot is a :class:`BadRow` with one of the codes S06, S08, S09.
What each form may look like: ``docs/reference/forms.md``.

Legal basis: 424号 (双公示 data standard) fixes what a department reports, not the form of the file; the forms accepted
here are those that departments use (design §6, step 2).

Tables: none. Use cases: ``usecases.intake`` (submit). Pages: none of its own; its sentences appear on the desk and in
the command line. The workbook of rejected rows (退回表) is written by ``core.intake.rejects``.
"""

from __future__ import annotations

from xinheng.core.intake.read.bad_rows import BAD_ROW_CODES
from xinheng.core.intake.read.chunk import BadRow, Chunk, RawChunk, TableReader
from xinheng.core.intake.read.form import Form, sniff
from xinheng.core.intake.read.opening import open_table

__all__ = ["BAD_ROW_CODES", "BadRow", "Chunk", "Form", "RawChunk", "TableReader", "open_table", "sniff"]
