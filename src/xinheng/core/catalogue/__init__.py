"""The catalogue of public credit information (公共信用信息目录): what may be collected, from whom, in which layout.

Nothing outside a published version of the catalogue is collected (design §1, principle 2), and what law forbids to
collect cannot even be defined: :mod:`.check` refuses the definition, :mod:`.load` defines nothing that it refuses.

Legal basis: 全国公共信用信息基础目录 (发改财金规〔2024〕203号); GB/T 39440-2020 (编制指南); for the content of an entry
Shenzhen's regulation (深圳经济特区社会信用条例) article 34; for the lists of what may never be collected
征信业管理条例 article 14.

Where things are: one item is one YAML in ``definitions/``, a Frictionless Table Schema with the credit terms of
:mod:`.terms` added; its codes are explained in ``codes/``; what may not be collected stands in ``prohibited/``; a city's
own items are in a folder of the city (:mod:`.supplement`), an example in ``supplements/``. :mod:`.compare` says what
differs between versions, :mod:`.template` writes the workbook that a department fills in.
Rules that depend on more than one field (V01–V14) are in ``core/intake``, not here. Commands: ``xinheng catalogue
list|show|check|diff|template|cycle``; pages: ``/desk/catalogue/``, ``docs/reference/catalogue.md``.
What changes from year to year is drafted (:mod:`.draft`), answered and signed (:mod:`.cycle`): ``usecases.catalogue``, ``store.models.catalogue``.
"""
