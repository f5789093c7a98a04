"""Benchmarks: how fast it is beside what it could be at best; prints figures, and is no test."""
