"""What is being sent stands in memory, or encrypted in a file without a name, and is read as it was written."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from xinheng.gateways.spooling import Spool, SpooledUploads

SECRET = "身份证号 110101199003070011，".encode()


@pytest.mark.parametrize("in_memory", [0, 1, 100, 1 << 20], ids=["in_a_file", "almost_in_a_file", "moved", "in_memory"])
def test_it_reads_anywhere_what_was_written_in_pieces_of_any_size(in_memory: int) -> None:
    draw = random.Random(7)
    whole = draw.randbytes(5000)
    with Spool(in_memory) as spool:
        rest = whole
        while rest:
            size = draw.randint(0, 37)
            assert spool.write(rest[:size]) == len(rest[:size])
            rest = rest[size:]
        assert (spool.size, spool.tell()) == (5000, 5000)
        assert spool.read() == b""
        for _ in range(200):
            start, size = draw.randint(0, 5100), draw.randint(0, 300)
            assert spool.seek(start) == start
            assert spool.read(size) == whole[start : start + size]
        assert spool.seek(-10, io.SEEK_END) == 4990
        assert spool.readall() == whole[-10:]


def test_nothing_of_it_stands_on_the_disk_in_clear() -> None:
    with Spool(100) as spool:
        for _ in range(50):
            spool.write(SECRET)
        spool._held.seek(0)
        written = spool._held.read()
        assert isinstance(spool._held.fileno(), int), "it is a file by now"
        assert len(written) == 50 * len(SECRET)
        assert b"110101199003070011" not in written
        assert len({written[place : place + 16] for place in range(0, len(written), 16)}) == -(-len(written) // 16)
        spool.seek(0)
        assert spool.read() == SECRET * 50


def test_what_was_written_is_not_written_again() -> None:
    with Spool() as spool:
        spool.write(b"abc")
        spool.seek(0)
        with pytest.raises(io.UnsupportedOperation):
            spool.write(b"x")


def test_a_workbook_can_be_read_from_it() -> None:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("sheet.xml", SECRET * 99)
    with Spool(10) as spool:
        spool.write(book.getvalue())
        with zipfile.ZipFile(io.BufferedReader(spool)) as archive:
            assert archive.read("sheet.xml") == SECRET * 99


def test_a_file_of_a_form_is_spooled() -> None:
    uploads = SpooledUploads()
    uploads.new_file("file", "a.csv", "text/csv", None, None, None)
    assert uploads.receive_data_chunk(b"a,b\n", 0) is None, "no other handler keeps it"
    file = uploads.file_complete(4)
    assert (file.name, file.size, file.read()) == ("a.csv", 4, b"a,b\n")
    assert isinstance(file.file, Spool)
    uploads.upload_interrupted()
    assert file.file.closed
