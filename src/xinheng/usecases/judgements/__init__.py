"""Judgements (判定): officials see whose a waiting row may be, say so, and take it back; nothing is judged by itself."""
