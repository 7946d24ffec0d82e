"""Subjects (信用主体): the register learns of organisations from registrations and from seed files."""
