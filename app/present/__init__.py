"""Rows of the library to what people see."""
