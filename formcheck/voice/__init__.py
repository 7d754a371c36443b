"""Spoken words and tones."""
