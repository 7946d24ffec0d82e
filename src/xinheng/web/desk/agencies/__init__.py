"""Agencies at the desk (单位管理): the tree of administrations, one agency, and what a region's manager or the centre changes in it.

Use cases: ``usecases.agencies``, ``usecases.places``, ``usecases.agency_details``; pages: ``templates/desk/agencies``.
"""
