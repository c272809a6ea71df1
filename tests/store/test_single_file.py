"""A session is one file: what was written is in it as soon as the writer is gone, whoever still reads."""

import shutil
from pathlib import Path

from tpviewer.store.session import Session


def test_a_copy_of_the_file_alone_has_it_all_while_a_reader_is_open(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.tpv", tmp_path / "copy.tpv"
    writer = Session(path, writable=True)
    with writer.transaction():
        writer.meta.put("test", {"value": 1})
    with Session(path) as reader:
        assert reader.meta.get("test") == {"value": 1}
        writer.close()
        shutil.copy(path, copy)
    with Session(copy) as session:
        assert session.meta.get("test") == {"value": 1}
