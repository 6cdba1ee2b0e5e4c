"""Tests of reading: one file for each stage, and the corpus."""
