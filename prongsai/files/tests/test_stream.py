"""Every size round-trips; every change on the disk is found."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.files.errors import BlobCorrupt, BlobMissing
from prongsai.files.stream import FRAME, SealedWriter, read_frames, sealed_size

EDGES = [0, 1, 2, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME - 1, 2 * FRAME, 2 * FRAME + 1]
OVERHEAD = 17


def written(path: Path, *chunks: bytes) -> SealedWriter:
    writer = SealedWriter(path)
    for chunk in chunks:
        writer.write(chunk)
    writer.finish()
    return writer


@pytest.mark.parametrize("size", EDGES)
def test_sizes_at_the_edges_of_frames(tmp_path: Path, size: int) -> None:
    plain = bytes(i * 7 % 251 for i in range(size))
    writer = written(tmp_path / "blob", plain)
    assert b"".join(read_frames(writer.path, writer.key)) == plain
    assert writer.path.stat().st_size == sealed_size(size) and writer.size == size
    assert writer.path.stat().st_mode & 0o777 == 0o600


@settings(max_examples=30)
@given(st.lists(st.integers(0, FRAME + 100), max_size=6))
def test_how_it_was_chopped_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int]
) -> None:
    chunks = [bytes([n % 256]) * size for n, size in enumerate(sizes)]
    writer = written(tmp_path_factory.mktemp("s") / "blob", *chunks)
    assert b"".join(read_frames(writer.path, writer.key)) == b"".join(chunks)


def damaged(blob: bytes) -> list[bytes]:
    header, first, second, rest = (
        blob[:24],
        *(blob[24 + n * (FRAME + OVERHEAD) : 24 + (n + 1) * (FRAME + OVERHEAD)] for n in range(3)),
    )
    flipped = bytearray(blob)
    flipped[len(blob) // 2] ^= 1
    return [
        bytes(flipped),
        blob[:-1],
        blob[: len(blob) - len(rest)],  # the last frame is gone
        blob + b"\0",
        blob + rest,
        header + second + first + rest,
        header + first + rest,
        header,
        b"",
    ]


def test_changed_cut_joined_and_reordered_files_are_refused(tmp_path: Path) -> None:
    writer = written(tmp_path / "blob", b"a" * FRAME, b"b" * FRAME, b"c" * 100)
    for bad in damaged(writer.path.read_bytes()):
        writer.path.write_bytes(bad)
        with pytest.raises(BlobCorrupt):
            list(read_frames(writer.path, writer.key))
    with pytest.raises(BlobMissing):
        read_frames(tmp_path / "nothing", writer.key)


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    one, other = written(tmp_path / "one", b"secret"), written(tmp_path / "other", b"secret")
    with pytest.raises(BlobCorrupt):
        list(read_frames(one.path, other.key))
    assert one.digest != other.digest  # the same content is not recognisable by its digest
