"""Defaults from a file and the environment."""

import os
from pathlib import Path

import pytest

from planlog import ConfigurationError, config
from planlog.config import Defaults, from_locale, load, spoken
from planlog.render import style


class TestLoad:
    def test_nothing_said(self, tmp_path: Path) -> None:
        """Without a file, a folder or variables nothing is set."""
        assert Defaults() == load(tmp_path, {}) == load(None, {})

    def test_file(self, tmp_path: Path) -> None:
        """Everything may stand in the file."""
        (tmp_path / "planlog.toml").write_text(
            'on = "today"\nby = "Quartiersbüro"\nsource = "Protokoll"\nlang = "de"\n'
            'format = "csv"\ncolor = false\n'
            'internal = ["note", "attributes.Thema", "field:Wohnen"]\n',
            "utf-8",
        )
        expected = Defaults(
            on="today",
            by="Quartiersbüro",
            source="Protokoll",
            lang="de",
            format="csv",
            color=False,
            internal=("note", "attributes.Thema", "field:Wohnen"),
        )
        assert expected == load(tmp_path, {})

    def test_environment_comes_first(self, tmp_path: Path) -> None:
        """What the environment says is stronger than the file; what it leaves empty is not."""
        (tmp_path / "planlog.toml").write_text('by = "A"\nsource = "B"\n')
        found = load(
            tmp_path,
            {
                "PLANLOG_BY": "C",
                "PLANLOG_SOURCE": "",
                "PLANLOG_FORMAT": "json",
                "PLANLOG_INTERNAL": "x",
            },
        )
        assert Defaults(by="C", source="B", format="json") == found

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ("by = 7", "by: expected a text, got 7"),
            ('by = ""', "by: expected a text, got ''"),
            ('by = " "', "by: expected a text, got ' '"),
            ('lang = "fr"', "lang: expected one of de, en, got 'fr'"),
            ('format = ["csv"]', r"format: expected one of table, .*, got \['csv'\]"),
            ('color = "yes"', "color: expected true or false, got 'yes'"),
            ('internal = "note"', "internal: expected a list of level, .*, got 'note'"),
            ("internal = [7]", r"internal: expected a list of .*, got \[7\]"),
            ('internal = ["title"]', r"internal: .*, attributes.KEY, field:FIELD, got \['title'\]"),
            ('internal = ["attributes."]', "internal: expected"),
            ('internal = ["field: "]', "internal: expected"),
            ('internal = ["note.x"]', "internal: expected"),
            ('author = "x"', "author: expected one of the keys on, by, .*, got 'x'"),
            ("[by]", r"by: expected a text, got \{\}"),
            ("by = ", "-: expected TOML, got"),
            ("by = " + "[" * 10_000, "-: expected TOML, got"),
        ],
    )
    def test_unusable(self, tmp_path: Path, line: str, message: str) -> None:
        """What cannot be used is refused with file, key and value."""
        (tmp_path / "planlog.toml").write_text(line)
        with pytest.raises(ConfigurationError, match=rf"planlog\.toml: {message}"):
            load(tmp_path, {})

    def test_unusable_variable(self) -> None:
        """So is a variable, by its name."""
        with pytest.raises(
            ConfigurationError, match="environment: PLANLOG_FORMAT: expected one of"
        ):
            load(None, {"PLANLOG_FORMAT": "xml"})

    def test_other_encoding(self, tmp_path: Path) -> None:
        """A file in another encoding is refused."""
        (tmp_path / "planlog.toml").write_bytes("by = 'Büro'".encode("latin-1"))
        with pytest.raises(ConfigurationError, match="expected UTF-8"):
            load(tmp_path, {})

    def test_no_file(self, tmp_path: Path) -> None:
        """Something else of that name is refused, and nobody waits for a fifo."""
        os.mkfifo(tmp_path / "planlog.toml")
        with pytest.raises(ConfigurationError, match="expected a file, got 'something else'"):
            load(tmp_path, {})

    @pytest.mark.parametrize("target", ["nowhere", "planlog.toml", "planlog.toml/x", "there"])
    def test_link(self, tmp_path: Path, target: str) -> None:
        """A link is refused: not followed, and not taken for no settings at all."""
        (tmp_path / "there").write_text('by = "A"\n')
        (tmp_path / "planlog.toml").symlink_to(target)
        with pytest.raises(ConfigurationError, match="expected a file, got 'something else'"):
            load(tmp_path, {})

    def test_unreadable(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that the platform does not let us read is refused with its reason."""
        (tmp_path / "planlog.toml").write_text("")

        def refused(*_: object) -> str:
            raise PermissionError(13, "Permission denied")

        for module, asking in ((os, "open"), (Path, "lstat")):
            monkeypatch.setattr(module, asking, refused)
            with pytest.raises(ConfigurationError, match="expected a readable file, got 'Perm"):
                load(tmp_path, {})

    def test_swapped(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What was a file when it was found, and is none when it is opened, is refused as well."""
        (tmp_path / "file").write_text("")
        os.mkfifo(tmp_path / "planlog.toml")
        monkeypatch.setattr(Path, "lstat", lambda _: os.stat(tmp_path / "file"))
        with pytest.raises(ConfigurationError, match="expected a file, got 'something else'"):
            load(tmp_path, {})

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("#" * 65_537, "a file of at most 65536 bytes, got 65537"),
            ("by = 1" + "_1" * 5_000, "TOML, got 'Exceeds the limit"),
            ("by." * 10_000 + "by = 1", "TOML, got 'more than 100 dots"),
        ],
    )
    def test_bombs(self, tmp_path: Path, text: str, told: str) -> None:
        """What would take the reader for ever, or break it, is refused."""
        (tmp_path / "planlog.toml").write_text(text)
        with pytest.raises(ConfigurationError, match=f"expected {told}"):
            load(tmp_path, {})


class TestLanguage:
    @pytest.mark.parametrize(
        ("tag", "expected"),
        [
            ("de", "de"),
            ("DE", "de"),
            ("de-AT", "de"),
            ("de_DE.UTF-8", "de"),
            ("en_GB", "en"),
            ("der", None),
            ("fr", None),
            ("", None),
            (None, None),
        ],
    )
    def test_spoken(self, tag: str | None, expected: str | None) -> None:
        """A tag is understood by what it begins with."""
        assert expected == spoken(tag)

    @pytest.mark.parametrize(
        ("environ", "expected"),
        [
            ({"LANG": "de_DE.UTF-8"}, "de"),
            ({"LANG": "de_DE", "LC_ALL": "C"}, None),
            ({"LANG": "en_US", "LC_MESSAGES": "de_DE"}, "de"),
            ({"LANG": "", "LC_ALL": ""}, None),
            ({}, None),
        ],
    )
    def test_from_locale(self, environ: dict[str, str], expected: str | None) -> None:
        """The locale is asked as every program asks it."""
        assert expected == from_locale(environ)


def test_formats_are_those_that_are_rendered() -> None:
    """What can be set is what can be written."""
    assert config.Format == style.Format
