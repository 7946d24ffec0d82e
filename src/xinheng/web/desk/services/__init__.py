"""Service accounts at the desk (服务账号): made, their secrets changed with an overlap, ended. A secret is shown once, and never again.

Use cases: ``usecases.services``; pages: ``templates/desk/services``.
"""
