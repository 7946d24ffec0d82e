"""Fields of a form (表单): one part for every form of the desk, with what is wrong at the field, and again on top of the form."""

from __future__ import annotations

from dataclasses import dataclass

from xinheng.core.errors import Text

KINDS = frozenset({"text", "area", "choice", "radio", "check", "day", "file"})
NOTHING = Text("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A field as it is shown: ``name`` in the form, ``title``, what it holds, whether it must be filled, and what is wrong with it.

    ``conditional`` is a field that must be filled in some cases, which its hint tells. ``choices`` are pairs of value and words; ``errors`` stop
    the form, ``notes`` do not; ``code`` is its code in the catalogue. ``form`` names its form on a page where another form has a field of this name.
    """

    name: str
    title: Text
    kind: str = "text"
    value: str = ""
    required: bool = False
    conditional: bool = False
    hint: Text = NOTHING
    choices: tuple[tuple[str, Text], ...] = ()
    errors: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    length: int | None = None
    code: str = ""
    form: str = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a kind that the part does not know: it would be shown as another."""
        if self.kind not in KINDS:
            raise ValueError(f"a field is one of {sorted(KINDS)}, not {self.kind!r}")

    @property
    def id(self) -> str:
        """Return the id of its control, to which the summary on top leads."""
        return f"field-{self.form}-{self.name}" if self.form else f"field-{self.name}"

    @property
    def optional(self) -> bool:
        """Tell whether it may always be left empty."""
        return not self.required and not self.conditional

    @property
    def described_by(self) -> str:
        """Return the ids of what describes it, with blanks between."""
        parts = (("hint", self.hint.zh), ("errors", self.errors), ("notes", self.notes))
        return " ".join(f"{self.id}-{name}" for name, there in parts if there)
