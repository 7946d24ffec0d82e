"""The catalogue at the desk (目录): its items and versions, the yearly cycle, and grants of items to agencies."""
