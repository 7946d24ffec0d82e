"""Delivery profiles (报送配置): an agency's own columns, words and units mapped onto an item of the catalogue, as data.

What it is: one YAML file per source in ``definitions/``, read strictly: every column of a file is used, or ignored with
a reason, or the file is unusable. A few structured verbs (``verbs``, ``phrases``) are compiled into one SELECT for
``core.engine``; nobody writes SQL in a profile. What a profile cannot read it hands on as it was written, so that the
item's own rules explain it to the department.

Legal basis: 发改办财金〔2018〕424号 fixes the fields; how a source's columns become them is our choice, and each
doubtful choice carries its reason in the profile. A source without the day of decision, the legal basis or the deciding
authority is taken and not published (design §1, principle 3).

A layout that was once everybody's is recognised by its headings (``recognise``): ``legacy-permit`` and ``legacy-penalty``, 2015–2018.
Before it is used a profile is tried on a sample (``preview``, told in words by ``telling``).

Those of agencies themselves are kept version by version (``store.models.profiles``; written from a table by ``guided``).
Use cases: ``usecases.intake.profile_making``, ``usecases.intake.submit``. Commands: ``xinheng submit`` with a profile, ``xinheng profile``.
Pages: ``/desk/profiles/``.
How to write one: ``docs/how-to/write-a-delivery-profile.md``.
"""

from __future__ import annotations

from xinheng.core.intake.profiles.load import define, load_profile, profile_names
from xinheng.core.intake.profiles.problem import ProfileError
from xinheng.core.intake.profiles.profile import Profile
from xinheng.core.intake.profiles.recognise import recognisable, recognise

__all__ = ["Profile", "ProfileError", "define", "load_profile", "profile_names", "recognisable", "recognise"]
