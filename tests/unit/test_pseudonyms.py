"""Pseudonyms: the same for the same, another for anything else, and a key that is not mistaken."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_reviews import pseudonyms
from care_reviews.errors import ConfigurationError

KEY, OTHER = bytes(32), bytes(31) + b"\1"


def test_the_same_identifier_gets_the_same_pseudonym():
    name = pseudonyms.pseudonym(KEY, "child", "E10000030", "11")
    assert name == pseudonyms.pseudonym(KEY, "child", "E10000030", "11")
    assert len(name) == 32
    assert int(name, 16) >= 0


def test_key_kind_authority_and_identifier_each_make_another():
    names = {
        pseudonyms.pseudonym(*words)
        for words in product((KEY, OTHER), ("child", "period"), ("E10000030", "E09000001"), ("11", "12"))
    }
    assert len(names) == 16


@given(st.tuples(st.text(), st.text(), st.text()), st.tuples(st.text(), st.text(), st.text()))
def test_no_two_identifiers_run_into_each_other(one, other):
    same = pseudonyms.pseudonym(KEY, *one) == pseudonyms.pseudonym(KEY, *other)
    assert same == (one == other)


def test_words_are_kept_apart():
    assert pseudonyms.pseudonym(KEY, "a", "b1", "1") != pseudonyms.pseudonym(KEY, "a", "b", "11")


def test_a_fingerprint_tells_keys_apart_and_is_no_pseudonym():
    assert pseudonyms.fingerprint(KEY) != pseudonyms.fingerprint(OTHER)
    assert KEY.hex() not in pseudonyms.fingerprint(KEY)


def test_a_key_is_made_kept_and_known_again(home):
    assert pseudonyms.read_key() is None
    key = pseudonyms.make_key()
    assert len(key) == 32
    assert pseudonyms.read_key() == key == pseudonyms.known_key(pseudonyms.fingerprint(key))
    assert pseudonyms.key_file().stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", ["", "zz", "ab" * 31, "ab" * 33])
def test_a_file_that_holds_no_key_is_not_taken_for_one(home, content):
    pseudonyms.make_key()
    pseudonyms.key_file().write_text(content)
    with pytest.raises(ConfigurationError, match="holds no pseudonym key") as caught:
        pseudonyms.read_key()
    assert not content or content not in str(caught.value)


def test_another_a_missing_and_an_unknown_key_are_noticed(home):
    with pytest.raises(ConfigurationError, match="run `care-reviews deploy`"):
        pseudonyms.known_key(None)
    with pytest.raises(ConfigurationError, match="missing: restore it"):
        pseudonyms.known_key(pseudonyms.fingerprint(KEY))
    key = pseudonyms.make_key()
    with pytest.raises(ConfigurationError, match="not the key of this warehouse"):
        pseudonyms.known_key(pseudonyms.fingerprint(KEY))
    assert pseudonyms.known_key(pseudonyms.fingerprint(key)) == key
