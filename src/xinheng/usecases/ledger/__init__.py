"""The ledger (信用档案): looking into a subject's file, searching, withdrawing what should not stand."""
