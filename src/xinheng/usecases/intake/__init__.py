"""Intake (归集): a department's file is handed in, checked, written; rows that wait are resolved by themselves later."""
