import contextlib
import csv
import io
from email.message import Message
from email.utils import collapse_rfc2231_value

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.csvfile import BOM, CsvError, read_csv, write_csv
from prongsai.thai.encoding import EncodingError
from prongsai.thai.filenames import content_disposition, safe_download_name

ANY = st.text(st.characters()) | st.text("กีน้ำ./\\\"';%\r\n\u202e\x00CON ", max_size=120)


def read_header(value: str) -> str:
    """The file name as a client that knows RFC 8187 reads it (the standard library's mail parser is one)."""
    message = Message()
    message["Content-Disposition"] = value
    name = message.get_param("filename", header="content-disposition")
    assert isinstance(name, tuple), "the extended form must be the one that is read"
    return collapse_rfc2231_value(name)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("รายงานผู้ว่าฯ น้ำท่วม.pdf", "รายงานผู้ว่าฯ น้ำท่วม.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\temp\แผน.xlsx", "แผน.xlsx"),
        ("..", "file"),
        ("\x00\u202e", "file"),
        ("con.txt", "_con.txt"),
        ('a<b>:"c|?*.csv', "a_b___c___.csv"),
        (".htaccess", "htaccess"),
    ],
)
def test_safe_names(name: str, safe: str) -> None:
    assert safe_download_name(name) == safe


def test_a_long_name_keeps_its_ending_and_its_marks() -> None:
    for room in range(20, 60):
        short = safe_download_name("กี้" * 100 + ".pdf", max_bytes=room)
        assert short.endswith(".pdf")
        assert len(short.encode()) <= room
        assert short == "กี้" * ((room - 4) // 9) + ".pdf"


@given(ANY)
def test_G09_header_is_ascii_and_reads_back(name: str) -> None:
    safe = safe_download_name(name)
    assert safe == safe_download_name(safe)
    assert not set(safe) & set('/\\\x00\r\n"')
    assert 0 < len(safe.encode()) <= 200
    header = content_disposition(name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert read_header(header.replace(header.split("; ")[1] + "; ", "", 1)) == safe


def test_inline_header() -> None:
    header = content_disposition("แผน 2563.pdf", inline=True)
    assert header == "inline; filename=\"2563.pdf\"; filename*=UTF-8''%E0%B9%81%E0%B8%9C%E0%B8%99%202563.pdf"


def test_G01_csv_starts_with_a_bom() -> None:
    data = b"".join(write_csv([["น้ำ", 3000, None]], ["ชื่อ", "ราคา", "หมายเหตุ"]))
    assert data[:3] == b"\xef\xbb\xbf"
    assert data[3:].decode() == "ชื่อ,ราคา,หมายเหตุ\r\nน้ำ,3000,\r\n"


@pytest.mark.parametrize("cell", ["=1+1", "+66", "-cmd", "@SUM(A1)", "\t=1", " =1", "＝1", "'=1", "\r=1"])
def test_G05_formulas_are_escaped(cell: str) -> None:
    data = b"".join(write_csv([[cell]], ["ก"]))
    assert (
        next(iter(list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:]))[0] == "'" + cell
    )
    assert read_csv(data)[1] == [cell]


def test_negative_numbers_stay_numbers() -> None:
    assert b"".join(write_csv([[-5, "-5.25"]], ["ก", "ข"])).endswith(b"-5,-5.25\r\n")


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
            min_size=1,
            max_size=4,
        )
    )
)
def test_csv_round_trip(rows: list[list[str]]) -> None:
    header = ["ก", "ข"]
    assert read_csv(b"".join(write_csv(rows, header))) == [header, *rows]


def test_G03_the_bom_is_no_part_of_the_first_column() -> None:
    assert read_csv(BOM + "ชื่อ;ราคา\nน้ำ;5\n\nก;6".encode()) == [["ชื่อ", "ราคา"], ["น้ำ", "5"], [], ["ก", "6"]]
    assert read_csv("ชื่อ\tราคา\r\nน้ำ\t5".encode("cp874")) == [["ชื่อ", "ราคา"], ["น้ำ", "5"]]


@given(st.binary() | st.text('",\n\r=ก').map(str.encode))
def test_reading_never_fails_otherwise(data: bytes) -> None:
    with contextlib.suppress(CsvError, EncodingError):
        read_csv(data)


def test_broken_quotes_are_refused() -> None:
    with pytest.raises(CsvError):
        read_csv(b'a,"b\n')
