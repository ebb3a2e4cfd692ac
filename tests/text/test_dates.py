import datetime as dt

import pytest

from app.domain import DatePrecision
from app.text.dates import read_date

DAY, MONTH, YEAR = DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR


@pytest.mark.parametrize(
    ("value", "date", "precision"),
    [
        ("2024-05-16", (2024, 5, 16), DAY),
        ("2024-05-16T23:59:00+02:00", (2024, 5, 16), DAY),
        ("20240516", (2024, 5, 16), DAY),
        ("2024-05", (2024, 5, 1), MONTH),
        ("2024", (2024, 1, 1), YEAR),
        ("16 May 2024", (2024, 5, 16), DAY),
        ("Published on Thursday, May 16th, 2024 at 10", (2024, 5, 16), DAY),
        ("Thu, 16 May 2024 10:00:00 GMT", (2024, 5, 16), DAY),
        ("March 2023", (2023, 3, 1), MONTH),
        ("16. März 2023", (2023, 3, 16), DAY),
        ("1er août 2023", (2023, 8, 1), DAY),
        ("3 de mayo de 2023", (2023, 5, 3), DAY),
        ("16.05.2024", (2024, 5, 16), DAY),
        ("05/16/2024", (2024, 5, 16), DAY),
    ],
)
def test_a_date_is_read_with_what_is_known_of_it(
    value: str, date: tuple[int, int, int], precision: DatePrecision
) -> None:
    assert read_date(value) == (dt.date(*date), precision)


@pytest.mark.parametrize(
    "value", ["", "soon", "03/04/2024", "31 February 2024", "2024-13-01", "May", "1234567", "99 May 20245"]
)
def test_what_is_no_date_or_two_is_none(value: str) -> None:
    assert read_date(value) is None
