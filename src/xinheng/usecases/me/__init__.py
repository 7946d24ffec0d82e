"""The subject's own side (主体端): who acts for a subject, its file as it sees it, who looked.

Legal basis: design principle 5 (the subject sees what others see); 个人信息保护法 第四十五条 for one-person businesses; 社会信用条例 on the rights of
subjects (text to be verified). Tables: ``store.models.me``; decisions: ``core.access``; pages: ``web/me``.
"""
