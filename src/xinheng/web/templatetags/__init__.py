"""Template tags: ``say`` for the two languages, ``parts`` for the few parts that all pages are made of."""
