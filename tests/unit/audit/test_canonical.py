"""One spelling for one content, so that a digest proves what a receipt said."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinheng.core.audit import canonical, digest

CONTENTS = st.dictionaries(
    st.text(max_size=5),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), inner, max_size=3),
        max_leaves=8,
    ),
    max_size=5,
)  # fmt: skip


def test_the_spelling_is_fixed() -> None:
    assert canonical({"b": [1, None, True], "a": '信衡 "x"\n'}) == '{"a":"信衡 \\"x\\"\\n","b":[1,null,true]}'.encode()
    assert digest({}) == hashlib.sha256(b"{}").hexdigest()


@given(CONTENTS)
def test_the_order_of_writing_does_not_matter_and_nothing_is_lost(content: dict[str, object]) -> None:
    turned = dict(reversed(list(content.items())))
    assert canonical(turned) == canonical(content)
    assert digest(turned) == digest(content)
    assert json.loads(canonical(content)) == content


def test_another_content_has_another_digest() -> None:
    assert (
        len(
            {
                digest({"a": 1}),
                digest({"a": "1"}),
                digest({"a": [1]}),
                digest({"b": 1}),
                digest({"a": None}),
                digest({}),
            }
        )
        == 6
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_json_cannot_say_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"a": value})


@pytest.mark.parametrize("value", [dt.date(2026, 5, 6), b"x", {1}])
def test_what_is_not_text_yet_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        digest({"a": value})
