"""Natural persons (自然人): their keys, what is sealed and opened with them, who may look, and when it is destroyed.

Legal basis: 个人信息保护法 第十九条, 第三十四条, 第四十四至四十七条, 第五十一条. Tables: ``store.models.persons``; rows come in by
``usecases.intake.writing_persons``; commands: ``xinheng persons``, ``xinheng keys``, ``xinheng retention``. Pages: none yet.
"""
