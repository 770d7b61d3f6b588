"""config.toml: what is read, what refuses the start, and that the user's own words in it survive."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from discretion.gateway._address import (
    AddressNotUsable,
    checked_upstream,
    is_open_to_the_network,
    without_endpoint,
)
from discretion.gateway._config import (
    Config,
    ConfigError,
    NamedUpstream,
    NoSuchUpstream,
    add_upstream,
    read_config,
    remove_upstream,
)

OWN = """\
# Mine. Do not touch.
[gateway.upstreams.home]   # the box in the cellar
# it sleeps at night
url = "http://192.168.1.20:11434/v1"

# what follows is for work

[gateway.upstreams.router]
url = "https://openrouter.example/api/v1"
# the end
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder / "config.toml"


def write(path: Path, text: str | bytes) -> None:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    path.chmod(0o600)


def test_no_file_is_no_upstream(config: Path) -> None:
    assert read_config(config) == Config()
    with pytest.raises(NoSuchUpstream, match="known: none"):
        remove_upstream("home", config)
    assert not config.exists()


def test_an_upstream_is_added_and_removed_and_comments_survive(config: Path) -> None:
    write(config, OWN)
    add_upstream("new", "https://api.provider.example/v1/", config)
    assert config.read_text() == OWN + '\n[gateway.upstreams.new]\nurl = "https://api.provider.example/v1"\n'
    assert config.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in read_config(config).upstreams] == ["home", "router", "new"]
    remove_upstream("new", config)
    assert config.read_text() == OWN, "adding and removing leaves no trace"
    remove_upstream("home", config)
    left = config.read_text()
    assert "# Mine. Do not touch." in left
    assert "# what follows is for work" in left
    assert "cellar" not in left
    remove_upstream("router", config)
    assert read_config(config) == Config()
    assert "# the end" in config.read_text()


def test_the_first_upstream_makes_folder_and_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    assert add_upstream("a", "https://a.example", path) == NamedUpstream("a", "https://a.example")
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_without_a_last_newline_or_with_windows_lines(config: Path) -> None:
    for text in ("# mine", "# mine\r\n[gateway.upstreams.b]\r\nurl = 'https://b.example'\r\n"):
        write(config, text)
        add_upstream("a", "https://a.example", config)
        assert config.read_bytes().startswith(text.encode())
        assert read_config(config).upstream("a").url == "https://a.example"
        remove_upstream("a", config)
        assert config.read_bytes().rstrip() == text.encode().rstrip()


REFUSED: list[tuple[str | bytes, str, str]] = [
    (
        "[gateway.upstreams.a]\nurll = 'https://a.example'",
        r"gateway\.upstreams\.a\.urll is not known",
        "typo",
    ),
    (
        "[gateway.upstreams.a]\nurl = 'https://a.example'\nkey = 'x'",
        r"upstreams\.a\.key is not known",
        "a key",
    ),
    ("[gateway]\nport = 1", r"gateway\.port is not known", "a setting that is a flag"),
    ("[gatway.upstreams.a]\nurl = 'https://a.example'", "gatway is not known", "a misspelt section"),
    ("'a\\tb\u202e' = 1", r"is not known", "a key that moves the cursor"),
    ("gateway = 3", "gateway is no section", "a number for a section"),
    ("[gateway]\nupstreams = []", r"gateway\.upstreams is no section", "a list for a section"),
    ("[gateway.upstreams]\na = 'https://a.example'", r"upstreams\.a is no section", "a text for a section"),
    ("[gateway.upstreams.a]", r"upstreams\.a\.url is missing", "no address"),
    ("[gateway.upstreams.a]\nurl = 5", r"upstreams\.a\.url is missing", "a number for an address"),
    ("[gateway.upstreams.a]\nurl = 'ftp://a.example'", r"upstreams\.a\.url: that is no address", "no web"),
    (
        "[gateway.upstreams.'A b']\nurl = 'https://a.example'",
        r'upstreams\."A b": call',
        "a name with a space",
    ),
    ("[gateway", r"not TOML \(", "half a header"),
    ("a = 1\na = 2", "not TOML", "twice"),
    ("x = " + "[" * 5000, "not TOML", "deep"),
    (b"\xff\xfe", "not UTF-8", "another encoding"),
    ("#" * 300_000, "larger than 256 KiB", "a file that is none of ours"),
]


@pytest.mark.parametrize(("text", "says", "why"), REFUSED)
def test_what_is_not_known_refuses_and_names_its_path(
    config: Path, text: str | bytes, says: str, why: str
) -> None:
    write(config, text)
    before = config.read_bytes()
    for use in (
        lambda: read_config(config),
        lambda: add_upstream("b", "https://b.example", config),
        lambda: remove_upstream("a", config),
    ):
        with pytest.raises(ConfigError, match=says) as raised:
            use()
        assert str(raised.value).isprintable(), why
    assert config.read_bytes() == before, why


def test_others_may_not_say_where_chats_go(config: Path) -> None:
    write(config, OWN)
    config.chmod(0o622)
    with pytest.raises(ConfigError, match="others can change"):
        read_config(config)
    config.chmod(0o644)
    assert read_config(config).upstreams, "others may read: nothing in it is secret"


def test_a_pipe_and_a_folder_are_refused(config: Path) -> None:
    os.mkfifo(config)
    with pytest.raises(ConfigError, match="no plain file"):
        read_config(config)
    config.unlink()
    config.mkdir()
    with pytest.raises(ConfigError, match="no plain file"):
        read_config(config)


INLINE = [
    ("[gateway.upstreams]\na = {url = 'https://a.example'}\n", "an inline table"),
    ("gateway.upstreams.a.url = 'https://a.example'\n", "dotted keys"),
    ("gateway = {upstreams = {a = {url = 'https://a.example'}}}\n", "all inline"),
    ("x = '''\n[gateway.upstreams.a]\n'''\n", "a header in a text"),
]


@pytest.mark.parametrize(("text", "why"), INLINE)
def test_what_its_writer_wrote_otherwise_is_left_to_them(config: Path, text: str, why: str) -> None:
    write(config, text)
    with pytest.raises(ConfigError):
        remove_upstream("a", config)
    assert config.read_text() == text, why


def test_an_inline_section_takes_no_other_beside_it(config: Path) -> None:
    text = "gateway = {upstreams = {a = {url = 'https://a.example'}}}\n"
    write(config, text)
    with pytest.raises(ConfigError, match="only its writer"):
        add_upstream("b", "https://b.example", config)
    assert config.read_text() == text


def test_a_header_in_other_notations_is_removed(config: Path) -> None:
    write(config, "[ gateway . upstreams . \"a\" ] # x\nurl = 'https://a.example'\n[gateway.upstreams.'b']\n"
                  "url = 'https://b.example'\n")  # fmt: skip
    remove_upstream("a", config)
    remove_upstream("b", config)
    assert not config.exists(), "of an empty file nothing stays"


@pytest.mark.parametrize("name", ["", "A", "a b", "a.b", "-a", "a" * 41, "ä", "a\n", "../a", "a]"])
def test_a_name_that_is_none(config: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="call the platform"):
        add_upstream(name, "https://a.example", config)
    assert not config.exists()


def test_a_name_that_is_taken_stays(config: Path) -> None:
    write(config, OWN)
    with pytest.raises(ConfigError, match="called that already"):
        add_upstream("home", "https://other.example", config)
    assert config.read_text() == OWN


ADDRESSES: list[tuple[str, str | None, str]] = [
    ("https://api.provider.example/v1", "https://api.provider.example/v1", "as providers write it"),
    (" https://api.provider.example/v1/ ", "https://api.provider.example/v1", "blanks and a slash"),
    ("https://api.provider.example:8443", "https://api.provider.example:8443", "a port"),
    ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1", "this machine"),
    ("http://[::1]:8080", "http://[::1]:8080", "this machine, IPv6"),
    ("http://localhost:1234/v1", "http://localhost:1234/v1", "this machine by name"),
    ("http://192.168.1.20:11434", "http://192.168.1.20:11434", "a machine at home"),
    ("http://api.provider.example/v1", None, "plain http over the internet"),
    ("http://203.0.113.9/v1", None, "plain http to a public number"),
    ("http://169.254.169.254/latest", None, "a cloud's metadata is no model"),
    ("http://localhost.evil.example/", None, "a name that only begins like this machine"),
    ("https://user:key@api.provider.example", None, "a key in the URL"),
    ("https://api.provider.example/v1?key=abc", None, "a key behind the question mark"),
    ("https://api.provider.example/#x", None, "a fragment"),
    ("ftp://files.example", None, "another protocol"),
    ("javascript:alert(1)", None, "a script"),
    ("file:///etc/passwd", None, "a file"),
    ("https://", None, "no host"),
    ("https://a b.example", None, "a blank"),
    ('https://a.example/"x', None, "a quotation mark, which would end the text in config.toml"),
    ("https://a.example/\\x", None, "a backslash"),
    ("https://a.example:99999", None, "a port that is none"),
    ("https://[::1", None, "half an address"),
    ("openrouter.example", None, "no beginning"),
    ("openrouter.example/api/v1", None, "no beginning, a path"),
    ("localhost:11434", None, "no beginning, a port that reads as a path"),
    ("127.0.0.1:11434/v1", None, "no beginning, a number"),
    ("https://a.example/\x1b[31m", None, "an escape"),
    ("https://" + "a" * 600 + ".example", None, "a long name"),
    ("", None, "nothing"),
]


@pytest.mark.parametrize(("url", "kept", "why"), ADDRESSES)
def test_addresses(url: str, kept: str | None, why: str) -> None:
    if kept is not None:
        assert checked_upstream(url) == kept, why
        return
    with pytest.raises(AddressNotUsable) as raised:
        checked_upstream(url)
    typed = url.partition("://")[2]
    assert not typed or typed not in str(raised.value), "no message holds what was typed"


ENDPOINTS: list[tuple[str, str, str, str]] = [
    ("https://a.example/v1", "https://a.example/v1", "", "a base URL"),
    ("https://a.example/v1/chat/completions", "https://a.example/v1", "/chat/completions", "of a chat"),
    ("https://a.example/v1/Completions/", "https://a.example/v1", "/Completions", "a slash, a capital"),
    ("https://a.example/v1/messages", "https://a.example/v1", "/messages", "Anthropic's"),
    ("https://a.example/v1/models", "https://a.example/v1", "/models", "the list"),
    ("https://messages", "https://messages", "", "a machine of that name"),
    ("https://a.example/mychat/completionsx", "https://a.example/mychat/completionsx", "", "another path"),
]


@pytest.mark.parametrize(("url", "base", "cut", "why"), ENDPOINTS)
def test_an_endpoint_is_cut(url: str, base: str, cut: str, why: str) -> None:
    left, gone = without_endpoint(url)
    assert (left, gone.lower()) == (base, cut.lower()), why


def test_what_can_be_read_on_the_way_is_told() -> None:
    assert is_open_to_the_network("http://192.168.1.20:11434")
    assert not is_open_to_the_network("http://127.0.0.1:11434")
    assert not is_open_to_the_network("https://api.provider.example")
