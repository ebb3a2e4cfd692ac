"""Measures a pipeline against labelled articles, by the definitions of the benchmarks it is compared on."""
