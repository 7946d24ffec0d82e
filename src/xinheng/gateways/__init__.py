"""The world outside: sealed files now; department databases, mail, signing keys and the national platform later."""
